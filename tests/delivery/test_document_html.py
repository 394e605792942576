"""Stored rich text to HTML for readers."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.document_facts import (
    EmbedFacts,
    ImageFacts,
    ImageSourceFacts,
    Resources,
)
from health_content.document_html import (
    ATTRIBUTES,
    ELEMENTS,
    GLOBAL_ATTRIBUTES,
    PLACEHOLDER,
    HtmlReferences,
    expand_html,
    find_references,
    html_text,
    html_without_files,
    safe_href,
)

PICTURE = ImageFacts(
    id=7,
    alt="A spine",
    sources=(
        ImageSourceFacts(
            src="/media/a.400.webp", width=400, height=300, type="image/webp"
        ),
        ImageSourceFacts(
            src="/media/a.1200.webp", width=1200, height=900, type="image/webp"
        ),
    ),
)
WAITING = ImageFacts(
    id=9, alt="", sources=(), key="k9", width=1600, height=900, is_pending=True
)
LEGACY = ImageFacts(
    id=10,
    alt="",
    sources=(
        ImageSourceFacts(src="/a.avif", width=400, height=300, type="image/avif"),
        ImageSourceFacts(src="/a.png", width=400, height=300, type="image/png"),
        ImageSourceFacts(src="/b.png", width=800, height=600, type="image/png"),
        ImageSourceFacts(src="/c.png", width=1200, height=900, type="image/png"),
    ),
    key="k10",
)
VIDEO = EmbedFacts(
    kind="video",
    title="How to <lift>",
    provider='A "provider"',
    thumbnail_url="https://img.example/1.jpg",
    width=480,
    height=270,
)
BARE = EmbedFacts(
    kind="widget", title="", provider="", thumbnail_url="http://img.example/", width=0, height=99_999
)  # fmt: skip
RESOURCES = Resources(
    pages={3: "/articles/sleep/", 4: "https://other.example/x/"},
    documents={5: "/documents/5/leaflet.pdf"},
    images={7: PICTURE, 9: WAITING, 10: LEGACY, 11: replace(WAITING, is_pending=False)}
    | {12: replace(WAITING, width=0, key="")},
    embeds={"https://video.example/1": VIDEO, "https://video.example/2": BARE},
)


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("", ""),
        ("plain < text", "plain &lt; text"),
        ('<p data-block-key="a1b2c">Hi</p>', "<p>Hi</p>"),
        ('<p><a linktype="page" id="3">Sleep</a></p>', '<p><a href="/articles/sleep/">Sleep</a></p>'),
        ('<a linktype="page" id="4">Far</a>', '<a href="https://other.example/x/">Far</a>'),
        ('<p><a linktype="page" id="99">Secret</a> end</p>', "<p>Secret end</p>"),
        ("<a linktype='page' id='99'>Secret</a>", "Secret"),
        ('<a linktype="page">None</a>', "None"),
        ('<a linktype="widget" id="3">Odd</a>', "Odd"),
        ('<a linktype="document" id="5">Leaflet</a>', '<a href="/documents/5/leaflet.pdf">Leaflet</a>'),
        ('<a linktype="document" id="6">Gone</a>', "Gone"),
        ('<a href="https://who.int/a?b=1&amp;c=2">WHO</a>', '<a href="https://who.int/a?b=1&amp;c=2">WHO</a>'),
        ('<a href="javascript:alert(1)">x</a>', "x"),
        ('<a href="java\nscript:alert(1)">x</a>', "x"),
        ('<a href="#section">x</a>', '<a href="#section">x</a>'),
        ('<a href="mailto:a@example.org">x</a>', '<a href="mailto:a@example.org">x</a>'),
        ('<a href="/a"><a href="/b">x</a></a>', '<a href="/a">x</a>'),
        ("<script>alert(1)</script>ok", "ok"),
        ('<p onclick="x()" style="color:red" class="y">z</p>', "<p>z</p>"),
        ("<p>open", "<p>open</p>"),
        ("</p>closed", "closed"),
        ("<p><b>mixed</p></b>", "<p><b>mixed</b></p>"),
        ("a<br/>b<hr>c", "a<br>b<hr>c"),
        ("<b/>x", "<b></b>x"),
        ("<iframe/>x", "x"),
        ("<section>kept text</section>", "kept text"),
        ('<ol start="3"><li>x</li></ol>', '<ol start="3"><li>x</li></ol>'),
        ('<p lang="es">hola</p>', '<p lang="es">hola</p>'),
        ("<!-- note -->x<![CDATA[y]]>", "x"),
        (
            '<embed embedtype="image" id="7" alt="Back" format="left"/>',
            ('<img src="/media/a.400.webp" alt="Back" width="400" height="300" '
            'srcset="/media/a.400.webp 400w, /media/a.1200.webp 1200w" sizes="(min-width: 800px) 800px, 100vw">'),
        ),
        (
            "<embed embedtype='image' id='10' alt=''/>",
            ('<img src="/b.png" alt="" width="800" height="600" srcset="/a.png 400w, /b.png 800w, /c.png 1200w" '
            'sizes="(min-width: 800px) 800px, 100vw" data-key="k10">'),
        ),
        ('<embed embedtype="image" id="8" alt="Secret"/>', ""),
        ('<embed embedtype="image" id="11" alt="Broken"/>', ""),
        (
            '<embed embedtype="image" id="9" alt="A &quot;b&quot;"/>',
            f'<img src="{PLACEHOLDER}" alt="A &quot;b&quot;" width="1600" height="900" data-key="k9">',
        ),
        ('<embed embedtype="image" id="12" alt="x"/>', f'<img src="{PLACEHOLDER}" alt="x">'),
        (
            '<embed embedtype="media" url="https://video.example/0"/>',
            '<a href="https://video.example/0">https://video.example/0</a>',
        ),
        (
            "<embed embedtype='media' url='https://video.example/1'/>",
            ('<a href="https://video.example/1" data-embed="video" data-provider="A &quot;provider&quot;" '
            'data-thumbnail="https://img.example/1.jpg" data-width="480" data-height="270">How to &lt;lift&gt;</a>'),
        ),
        (
            '<embed embedtype="media" url="https://video.example/2"/>',
            '<a href="https://video.example/2">https://video.example/2</a>',
        ),
        ('<a href="/x"><embed embedtype="media" url="https://video.example/1"/></a>', '<a href="/x"></a>'),
        ('<embed embedtype="media"/><embed embedtype="other" id="7"/><embed/>', ""),
        ('<a href="tel:+34600000000">x</a>', '<a href="tel:+34600000000">x</a>'),
        ('<a href="ftp://a.example/">x</a>', "x"),
        ('<a href="intent://scan/#Intent">x</a>', "x"),
        (
            "<p><b>one <i>two <a linktype='page' id='3'>three <sub>4</sub></a></i></b></p>",
            '<p><b>one <i>two <a href="/articles/sleep/">three <sub>4</sub></a></i></b></p>',
        ),
        ("<a id='3' linktype='page'>x</a>", '<a href="/articles/sleep/">x</a>'),
        ('<embed embedtype="media" url="javascript:x"/>', ""),
    ],
)  # fmt: skip
def test_stored_rich_text_is_expanded(stored: str, expected: str) -> None:
    assert expand_html(stored, RESOURCES) == expected


def test_references_are_found_whatever_the_quotes() -> None:
    found = find_references(
        [
            """<a linktype="page" id="3">a</a><a linktype='page' id='4'>b</a>""",
            """<a linktype="document" id="5">c</a><embed embedtype="image" id="7" alt=""/>""",
            """<a href="/x" id="9">d</a><a linktype="page" id="x">e</a><a linktype="page" id="99999999999999999999">f</a>""",
            "<embed embedtype='media' url='https://v.example/?a=1&amp;b=2'/>",
        ]
    )

    assert (found.pages, found.documents, found.images) == ({3, 4}, {5}, {7})
    assert found.embeds == {"https://v.example/?a=1&b=2"}


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "words",
        "<p>An <b>id</b> and a <a href='#type'>link</a></p>",
        'type="page" id="3"',
        '<a linktype="other" id="3">x</a><embed embedtype="other" id="4"/>',
    ],
)
def test_text_that_names_nothing_of_ours_has_no_references(stored: str) -> None:
    assert find_references([stored]) == HtmlReferences()


@pytest.mark.parametrize(
    ("url", "is_ours"), [("https://e.org/v", True), ("javascript:x", False)]
)
def test_an_embed_may_be_of_ours(url: str, is_ours: bool) -> None:
    found = find_references([f'<embed embedtype="media" url="{url}"/>'])

    assert found.embeds == {url}
    assert found.addresses == ({url} if is_ours else set())


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://a.example/", "https://a.example/"),
        ("/a b", None),
        ("", None),
        ("data:text/html,x", None),
        ("JaVaScRiPt:alert(1)", None),
        ("\x01javascript:alert(1)", None),
        ("//host/x", "//host/x"),
        ("http://[::1", None),
        ("page/a:b", "page/a:b"),
        ("a:b", None),
        ("?q=1", "?q=1"),
    ],
)
def test_a_link_is_followed_only_where_it_is_safe(
    href: str, expected: str | None
) -> None:
    assert safe_href(href) == expected


def test_html_without_files_is_the_same_before_and_after_they_are_made() -> None:
    text = '<p>a src="x" <embed embedtype="image" id="7" alt="src=&quot;"/></p>'
    key = replace(PICTURE, key="k7")
    before = replace(key, sources=(), is_pending=True)

    plain = {
        html_without_files(expand_html(text, Resources(images={7: facts})))
        for facts in (key, before)
    }

    assert plain == {'<p>a src="x" <img alt="src=&quot;" data-key="k7"></p>'}


def test_text_of_html_separates_blocks() -> None:
    assert (
        html_text("<p>One</p><ul><li>two &amp; <b>three</b></li></ul>")
        == "One two & three"
    )


MARKUP = st.text(st.sampled_from("<>/=\"'& abpiltx!-:#;0"), max_size=60)


@given(st.one_of(st.text(max_size=80), MARKUP))
def test_expansion_is_idempotent_and_closed_over_its_policy(stored: str) -> None:
    html = expand_html(stored, Resources())

    assert expand_html(html, Resources()) == html
    checker = _Checker()
    checker.feed(html)
    checker.close()
    assert checker.faults == []
    assert checker.open == []


class _Checker(HTMLParser):
    """Collects what the policy does not allow, and what stays open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        allowed = ATTRIBUTES.get(tag, frozenset()) | GLOBAL_ATTRIBUTES
        self.faults += [tag] if tag not in ELEMENTS else []
        self.faults += [name for name, _ in attrs if name not in allowed]
        if tag not in {"br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.faults += [f"/{tag}"] if not self.open or self.open.pop() != tag else []


def test_only_what_can_be_ours_is_looked_up() -> None:
    html = (
        '<a href="/a/">x</a><a href="https://b.example/">x</a><a href="#c">x</a>'
        '<a linktype="page" id="3">x</a><A HREF="/d/">x</A><a href="javascript:x">x</a>'
    )

    found = find_references([html])

    assert found.addresses == {"/a/", "https://b.example/", "/d/"}
    assert found.pages == {3}


def test_the_target_of_an_address_keeps_what_stands_behind_the_path() -> None:
    resources = Resources(pages={3: "/new/"}, addresses={"/old/?a#b": 3, "/gone/": 4})

    html = expand_html(
        '<p><a href="/old/?a#b">x</a><a href="/gone/">y</a></p>', resources
    )

    assert html == '<p><a href="/new/?a#b">x</a>y</p>'
