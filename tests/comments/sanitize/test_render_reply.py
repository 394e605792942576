"""A reply from what a reader typed to what everybody sees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from comments import sanitize
from comments.errors import ReplyTooLong
from comments.sanitize import (
    FALLBACK_REASONS,
    LINK_REL,
    MAX_CHARACTERS,
    RENDERER_VERSION,
    render_reply,
    sanitize_html,
)

from .corpus import words
from .policy import html5_tree, libxml_tree, violations

if TYPE_CHECKING:
    from comments.sanitize import Rendered


def test_script_is_text_link_is_dropped_bold_is_bold() -> None:
    source = "Hello <script>alert(1)</script> [x](javascript:alert(1)) **bold**"

    rendered = render_reply(source)

    assert rendered.html == (
        "<p>Hello &lt;script&gt;alert(1)&lt;/script&gt; x <strong>bold</strong></p>"
    )
    assert rendered.text == "Hello <script>alert(1)</script> x bold"
    assert rendered.version == RENDERER_VERSION
    assert rendered.is_fallback is False
    assert rendered.reasons == ()


def test_a_long_honest_reply_keeps_its_shape() -> None:
    source = (
        "I had the same pain for **three years**.\n"
        "What helped:\n\n- walking & rest\n- a firm mattress\n\n"
        "> it takes six weeks\n\nFor me *ten*: https://www.example.org/back?a=1&b=2."
    )

    rendered = render_reply(source)

    assert rendered.html == (
        "<p>I had the same pain for <strong>three years</strong>.<br>What helped:</p>"
        "<ul><li>walking &amp; rest</li><li>a firm mattress</li></ul>"
        "<blockquote><p>it takes six weeks</p></blockquote>"
        "<p>For me <em>ten</em>: "
        f'<a href="https://www.example.org/back?a=1&amp;b=2" rel="{LINK_REL}">'
        "https://www.example.org/back?a=1&amp;b=2</a>.</p>"
    )
    assert rendered.text == (
        "I had the same pain for three years.\nWhat helped:\n\n"
        "walking & rest\na firm mattress\n\nit takes six weeks\n\n"
        "For me ten: https://www.example.org/back?a=1&b=2."
    )


@pytest.mark.parametrize(
    "source", ["", " \n\t", "\u200b\u202e", "\ud800", ">", "\n> \n"]
)
def test_nothing_visible_gives_nothing(source: str) -> None:
    rendered = render_reply(source)

    assert (rendered.html, rendered.text) == ("", "")


def test_every_link_is_marked_for_search_engines_and_keeps_the_page_private() -> None:
    html = render_reply(
        "[a](https://e.org) https://e.org <https://e.org> [m](mailto:a@e.org)"
    ).html

    assert re.findall('rel="([^"]*)"', html) == [LINK_REL] * 4
    assert {"nofollow", "ugc", "noopener"} <= set(LINK_REL.split())


# Injection: the cases that have to be there by name.


@pytest.mark.parametrize(
    "raw",
    [
        "<img src=x onerror=alert(1)>",
        "<b>bold</b>",
        "</p></div></main>",
        "<!-- x -->",
        "<a href='https://e.org'>x</a>",
        "<p style='position:fixed'>x</p>",
    ],
)
def test_raw_html_is_shown_as_typed(raw: str) -> None:
    rendered = render_reply(raw)

    assert rendered.text == raw
    assert set(re.findall("<[^>]*>", rendered.html)) <= {"<p>", "</p>"} | {
        '<a href="https://e.org" rel="' + LINK_REL + '">',
        "</a>",
    }


@pytest.mark.parametrize("scheme", ["javascript", "data", "vbscript"])
@pytest.mark.parametrize(
    "disguise",
    [
        "{s}:x",
        "{S}:x",
        "&#{o};{r}:x",
        "&#{o}{r}:x",
        "{s}&colon;x",
        "{s}&#58x",
        "{f}\t{r}:x",
        "{f}\n{r}:x",
        "{f}\x00{r}:x",
        "\x01{s}:x",
        "{f}&#9;{r}:x",
        "{f}&#0;{r}:x",
        "{f}\u200b{r}:x",
    ],
)
def test_no_script_scheme_in_any_spelling(scheme: str, disguise: str) -> None:
    address = disguise.format(
        s=scheme, S=scheme.upper(), f=scheme[0], r=scheme[1:], o=ord(scheme[0])
    )

    for source in (f"[x]({address})", f"[x](<{address}>)", f"<{address}>", address):
        assert "href" not in render_reply(source).html


@pytest.mark.parametrize("character", words()["invisible"])
def test_no_invisible_character_survives(character: str) -> None:
    rendered = render_reply(f"<{character}script> a{character}b")

    kept = "\t\n\xa0\u1680 "
    dropped = character not in kept + "\r\u2028\u2029"
    assert not dropped or character not in rendered.html + rendered.text


def test_no_markdown_reference_link() -> None:
    source = "[x]\n\n[x]: javascript:alert(1)\n[y]: https://e.org 'onclick=x'"

    html = render_reply(source).html

    assert html.count("<a ") == 1
    assert '<a href="https://e.org" rel=' in html


def test_no_link_in_a_link() -> None:
    html = render_reply("[a [b](https://b.org) https://c.org](https://a.org)").html

    assert libxml_tree(html) == html5_tree(html)
    assert list(re.findall('href="([^"]*)"', html)) == [
        "https://b.org",
        "https://c.org",
        "https://a.org",
    ]


@pytest.mark.parametrize(
    "name", ["id", "class", "name", "is", "slot", "data-x", "title"]
)
def test_nothing_can_clobber_the_document(name: str) -> None:
    raw = f'<a {name}="body" href="https://e.org">x</a><p {name}="body">x</p>'

    assert f"{name}=" not in sanitize_html(raw)
    assert f" {name}=" not in re.sub("[^<>]*(?=<|$)", "", render_reply(raw).html)


@pytest.mark.parametrize(
    "wrapper",
    [
        "svg",
        "math",
        "template",
        "noscript",
        "style",
        "title",
        "textarea",
        "xmp",
        "table",
    ],
)
def test_no_mutation_through_foreign_or_raw_text(wrapper: str) -> None:
    raw = f'<{wrapper}><a title="</{wrapper}><img src=x onerror=alert(1)>">'

    for html in (render_reply(raw).html, sanitize_html(raw)):
        assert violations(html, html5_tree(html)) == []
        assert "<img" not in html


def test_a_pixel_is_never_requested() -> None:
    html = render_reply("![x](https://e.test/p.gif) ![](https://e.test/p.gif)").html

    assert "<img" not in html
    assert "src" not in html


# Budgets: what is too much is kept as escaped text, never half-cleaned.


def fallback(source: str) -> Rendered:
    rendered = render_reply(source)
    assert rendered.is_fallback is True
    assert violations(rendered.html, html5_tree(rendered.html)) == []
    assert sanitize_html(rendered.html) == rendered.html
    return rendered


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<" * 251, "markup.too_many_angles"),
        ("&" * 501, "markup.too_many_ampersands"),
        ("https://e.org " * 21, "markup.too_many_links"),
        ("https://e.org/" + "a" * 1_000, "markup.url_too_long"),
        (">" * 13 + "a", "markup.too_deep"),
        ("*a* " * 300, "markup.too_many_tags"),
    ],
)
def test_too_much_markup_is_kept_as_text(source: str, reason: str) -> None:
    rendered = fallback(source)

    assert rendered.reasons == (reason,)
    assert reason in FALLBACK_REASONS
    assert rendered.text == source.strip()


def test_what_is_just_within_the_budgets_is_rendered() -> None:
    source = "<" * 250 + "&" * 500 + " https://e.org" * 20

    assert render_reply(source).is_fallback is False


def test_escaped_text_keeps_its_lines() -> None:
    rendered = fallback("<" * 251 + "\n**a**\xa0b\n\nc")

    assert rendered.html.endswith("&lt;<br>**a**&nbsp;b<br><br>c</p>")


def test_too_long_is_refused_with_its_figures() -> None:
    with pytest.raises(ReplyTooLong) as caught:
        render_reply("a" * (MAX_CHARACTERS + 1))

    assert caught.value.code == "reply.too_long"
    assert (caught.value.length, caught.value.limit) == (5_001, 5_000)


def test_length_is_that_of_the_normalized_text() -> None:
    assert len(render_reply("e\u0301" * 5_000).text) == 5_000
    with pytest.raises(ReplyTooLong):
        render_reply("\u200b" * 20_001)


# The output invariant: what it refuses is never published.


@pytest.mark.parametrize(
    "html",
    [
        "<p>a",
        "a",
        "<p>a</b></p>",
        "</p>",
        "<p><p>a</p></p>",
        "<p>a<br/></p>",
        "<P>a</P>",
        "<p class=x>a</p>",
        "<p>a > b</p>",
        "<p>a & b</p>",
        "<p>a\xa0b</p>",
        "<p>&copy;</p>",
        "<ul>a</ul>",
        "<ul><p>a</p></ul>",
        "<pre>a</pre>",
        "<pre><code><em>a</em></code></pre>",
        "<p><img></p>",
        "<p><!-- --></p>",
        '<p><a href="https://e.org">a</a></p>',
        f'<p><a href="javascript:x" rel="{LINK_REL}">a</a></p>',
        f'<p><a href="HTTPS://e.org" rel="{LINK_REL}">a</a></p>',
        f'<p><a href="https://e.org" rel="{LINK_REL}" id="x">a</a></p>',
        "<blockquote>" * 12 + "<p>a</p>" + "</blockquote>" * 12,
    ],
)
def test_html_outside_the_invariant_falls_back(
    html: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sanitize, "sanitize_html", lambda _: html)

    rendered = render_reply("a *b*")

    assert rendered.reasons == ("markup.not_canonical",)
    assert rendered.html == "<p>a *b*</p>"


def test_a_broken_first_sanitizer_is_caught_by_the_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Broken:
        def clean(self, _html: str) -> str:
            return '<p id=x>a<img src=x onerror=alert(1)><a href="data:x">b</a></p>'

    monkeypatch.setattr(sanitize._sanitizers, "bleach", Broken())

    assert sanitize_html("x") == "<p>a<a>b</a></p>"
    assert render_reply("x").reasons == ("markup.not_canonical",)


def test_a_broken_second_sanitizer_leaves_clean_html(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Broken:
        def clean(self, html: str) -> str:
            return html

    monkeypatch.setattr(sanitize._sanitizers, "nh3", Broken())
    raw = '<p id=x>a<img src=x onerror=alert(1)><a href="data:x">b</a></p><script>c</script>'

    assert sanitize_html(raw) == "<p>ab</p>c"


def test_sanitizers_write_an_address_in_its_one_form() -> None:
    raw = "<a href='HTTPS://españa.ES/?a=1&amp;b=&quot;2' onclick=x target=_blank>x</a>"

    assert sanitize_html(raw) == (
        f'<a href="https://xn--espaa-rta.es/?a=1&amp;b=%222" rel="{LINK_REL}">x</a>'
    )


# Properties.

TEXTS = st.one_of(
    st.text(max_size=300),
    st.text(alphabet="ab *_`[]()!<>&\\\n->1.\t~#\"':/;éx\u0301\u200d", max_size=200),
    st.lists(
        st.sampled_from(
            [
                "**",
                "*",
                "_",
                "`",
                "```\n",
                "[",
                "](",
                ")",
                "https://e.org/",
                "\n",
                "\n\n",
                "- ",
                "  ",
                "> ",
                "1. ",
                "<b>",
                "<!--",
                "&lt;",
                "&#60;",
                "\\",
                "javascript:",
                "a",
                "é",
                "漢",
                "\u202e",
                "�",
                "\xa0",
                '"',
                "'",
                "<",
                ">",
                "&",
            ]
        ),
        max_size=60,
    ).map("".join),
)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_any_text_renders_clean_stable_and_unambiguous(source: str) -> None:
    rendered = render_reply(source)

    tree = html5_tree(rendered.html)
    assert violations(rendered.html, tree) == []
    assert libxml_tree(rendered.html) == tree
    assert sanitize_html(rendered.html) == rendered.html
    assert "markup.not_canonical" not in rendered.reasons
    assert rendered == render_reply(source)


@settings(deadline=None)
@example("&a;")
@example("<a href='&a;'>&a;</a>")
@given(st.text(alphabet="ab<>/ =\"'!-&;#xs\n", max_size=120))
def test_any_html_is_sanitized_to_a_fixed_point(raw: str) -> None:
    html = sanitize_html(raw)

    assert violations(html, html5_tree(html)) == []
    assert sanitize_html(html) == html


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p><img></p>", "element img"),
        ("<p id=x>a</p>", "attributes ['id'] on p"),
        ("<p><a>a</a></p>", "attributes [] on a"),
        ("<!-- a -->", "declaration, comment or instruction"),
        ("<p>\u202ea</p>", "control character"),
        (
            f'<p><a href="ftp://e.org" rel="{LINK_REL}">a</a></p>',
            "scheme of 'ftp://e.org'",
        ),
    ],
)
def test_the_judge_of_these_tests_sees_what_is_wrong(html: str, fault: str) -> None:
    assert fault in violations(html, html5_tree(html))
