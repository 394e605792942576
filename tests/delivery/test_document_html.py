"""Stored rich text to HTML for readers."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.document_facts import ImageFacts, ImageSourceFacts, Resources
from health_content.document_html import (
    ATTRIBUTES,
    ELEMENTS,
    GLOBAL_ATTRIBUTES,
    expand_html,
    find_references,
    html_text,
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
RESOURCES = Resources(
    pages={3: "/articles/sleep/", 4: "https://other.example/x/"},
    documents={5: "/documents/5/leaflet.pdf"},
    images={7: PICTURE},
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
            '<img src="/media/a.400.webp" alt="Back" width="400" height="300">',
        ),
        ('<embed embedtype="image" id="8" alt="Secret"/>', ""),
        (
            '<embed embedtype="media" url="https://video.example/1"/>',
            '<a href="https://video.example/1">https://video.example/1</a>',
        ),
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
        ]
    )

    assert (found.pages, found.documents, found.images) == ({3, 4}, {5}, {7})


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
