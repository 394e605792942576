"""The small Markdown: what it reads, what it leaves as typed, where it stops."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.markdown import MAX_DEPTH, MAX_TAGS, markdown_html
from comments.markdown_inline import MAX_LINKS, MarkupBudgetError

LINK = '<a href="https://e.org">{}</a>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\nb\n\nc", "<p>a<br>b</p><p>c</p>"),
        ("", ""),
        ("  a  \n\tb", "<p>a<br>b</p>"),
        # Quotes
        ("> a\n> b\nc", "<blockquote><p>a<br>b</p></blockquote><p>c</p>"),
        ("a\n>b", "<p>a</p><blockquote><p>b</p></blockquote>"),
        (">\n> ", ""),
        ("> > a", "<blockquote><blockquote><p>a</p></blockquote></blockquote>"),
        # Lists
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("* a\n\n* b", "<ul><li>a</li><li>b</li></ul>"),
        ("• a", "<ul><li>a</li></ul>"),
        ("- a\n* b", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("1) a\n1) b", "<ol><li>a</li><li>b</li></ol>"),
        ("1. a\n1985. b", "<ol><li>a</li></ol><p>1985. b</p>"),
        ("3. a", "<p>3. a</p>"),
        ("born\n1985. Then", "<p>born<br>1985. Then</p>"),
        ("a\n- b", "<p>a</p><ul><li>b</li></ul>"),
        ("- a\nb", "<ul><li>a</li></ul><p>b</p>"),
        ("- a\n  b", "<ul><li>a<br>b</li></ul>"),
        ("- a\n\n  b", "<ul><li><p>a</p><p>b</p></li></ul>"),
        ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("1. a\n   - b", "<ol><li>a<ul><li>b</li></ul></li></ol>"),
        ("- a\n\t- b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("- > a", "<ul><li><blockquote><p>a</p></blockquote></li></ul>"),
        ("- ```\n  a\n  ```", "<ul><li><pre><code>a</code></pre></li></ul>"),
        ("-\n- ", "<p>-<br>-</p>"),
        ("-a", "<p>-a</p>"),
        # Code
        ("```py\n<b>\n  x\n```\na", "<pre><code>&lt;b>\n  x</code></pre><p>a</p>"),
        ("~~~\n```\n~~~~", "<pre><code>```</code></pre>"),
        ("a\n```\nb", "<p>a</p><pre><code>b</code></pre>"),
        ("```", "<pre><code></code></pre>"),
        ("```a`b", "<p>```a`b</p>"),
        ("    a", "<p>a</p>"),
        # Off: headings, rules, tables, references
        (
            "# a\nb\n---\n***\n* * *\n- - -",
            "<p># a<br>b<br>---<br>***<br>* * *<br>- - -</p>",
        ),
        ("[a]: https://e.org", f"<p>[a]: {LINK.format('https://e.org')}</p>"),
        ("[a][b] [a][]", "<p>[a][b] [a][]</p>"),
        ("| a |\n|---|", "<p>| a |<br>|---|</p>"),
    ],
)
def test_blocks(text: str, html: str) -> None:
    assert markdown_html(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        # Emphasis
        (
            "**a** __b__ *c* _d_",
            "<strong>a</strong> <strong>b</strong> <em>c</em> <em>d</em>",
        ),
        ("***a***", "<em><strong>a</strong></em>"),
        ("**a *b* c**", "<strong>a <em>b</em> c</strong>"),
        ("*a **b** c*", "<em>a <strong>b</strong> c</em>"),
        ("**a*", "*<em>a</em>"),
        ("*a**", "<em>a</em>*"),
        ("*a _b* c_", "<em>a _b</em> c_"),
        ("a_b_c 2*3*4 a * b", "a_b_c 2<em>3</em>4 a * b"),
        ("_(a)_ (_a_)", "<em>(a)</em> (<em>a</em>)"),
        ('a*"b"*', 'a*"b"*'),
        ("*foo**bar*", "<em>foo**bar</em>"),
        ("foo***bar***baz", "foo<em><strong>bar</strong></em>baz"),
        ("*a *b* *c", "*a <em>b</em> *c"),
        ("**a\nb**", "<strong>a<br>b</strong>"),
        (r"\*a\* \<b> \a", r"*a* &lt;b> \a"),
        ("** a **", "** a **"),
        # Code
        (
            "`a<b` ``a`b`` `` ` ``",
            "<code>a&lt;b</code> <code>a`b</code> <code>`</code>",
        ),
        ("`**a**`", "<code>**a**</code>"),
        ("`a\nb`", "<code>a b</code>"),
        ("`a ``b`", "<code>a ``b</code>"),
        ("``a`", "``a`"),
        ("`  `", "<code>  </code>"),
        # Links
        ("[a](https://e.org)", LINK.format("a")),
        ("[**a**](https://e.org 't')", LINK.format("<strong>a</strong>")),
        ('[a]( <https://e.org> "t" )', LINK.format("a")),
        ("[a](https://e.org (t))", LINK.format("a")),
        (r"[a](https://e\.org)", LINK.format("a")),
        ("[a](https://e.org/(b))", '<a href="https://e.org/(b)">a</a>'),
        ("[a](https://e.org?b&c)", '<a href="https://e.org?b&amp;c">a</a>'),
        ("[a](javascript:b) [a](/b) [a](b)", "a a a"),
        ("[**a](javascript:b)**", "**a**"),
        ("[a](https://e.org", f"[a]({LINK.format('https://e.org')}"),
        ("[](https://e.org) [ ](x)", f"[]({LINK.format('https://e.org')}) [ ](x)"),
        ("[a] b] (c)", "[a] b] (c)"),
        (
            "[a [b](https://e.org) c](https://e.org)",
            f"[a {LINK.format('b')} c]({LINK.format('https://e.org')})",
        ),
        ("[https://f.org](https://e.org)", LINK.format("https://f.org")),
        ("[a *b](https://e.org) c*", f"{LINK.format('a *b')} c*"),
        # Images leave their text
        ("![a](https://e.org/i.png)", "a"),
        ("![*a*](x)", "<em>a</em>"),
        ("![](x)", "![](x)"),
        ("[![a](x)](https://e.org)", LINK.format("a")),
        ("![[a](https://e.org)](x)", LINK.format("a")),
        # Bare addresses
        ("https://e.org.", f"{LINK.format('https://e.org')}."),
        (
            "(https://e.org/a_(b))",
            '(<a href="https://e.org/a_(b)">https://e.org/a_(b)</a>)',
        ),
        ("**https://e.org**", f"<strong>{LINK.format('https://e.org')}</strong>"),
        ("<https://e.org>", LINK.format("https://e.org")),
        ("<https://e>", "&lt;https://e>"),
        (
            "https://e xhttps://e.org https://españa.es/",
            "https://e xhttps://e.org https://españa.es/",
        ),
        ("http://!!! http://", "http://!!! http://"),
        ("`https://e.org`", "<code>https://e.org</code>"),
        ("HTTPS://E.org", '<a href="https://e.org">HTTPS://E.org</a>'),
        # As typed
        ("<b>&amp;&#60; \"'>", "&lt;b>&amp;amp;&amp;#60; \"'>"),
    ],
)
def test_inline(text: str, html: str) -> None:
    assert markdown_html(text) == f"<p>{html}</p>"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[a](https://e.org) " * (MAX_LINKS + 1), "markup.too_many_links"),
        ("https://e.org " * (MAX_LINKS + 1), "markup.too_many_links"),
        ("https://e.org\n\n" * (MAX_LINKS + 1), "markup.too_many_links"),
        ("https://e.org/" + "a" * 1_000, "markup.url_too_long"),
        ("[a](https://e.org/" + "a" * 1_000 + ")", "markup.url_too_long"),
        ("[a](<" + "a" * 1_001 + ">)", "markup.url_too_long"),
        (">" * MAX_DEPTH + "a", "markup.too_deep"),
        ("- " * 500 + "a", "markup.too_deep"),
        (">" * 4_999 + "a", "markup.too_deep"),
        ("**a *b " * 12 + "c* d**" * 12, "markup.too_deep"),
        ("*a* " * (MAX_TAGS // 2), "markup.too_many_tags"),
    ],
)
def test_too_much_markup_is_named(text: str, reason: str) -> None:
    with pytest.raises(MarkupBudgetError) as caught:
        markdown_html(text)

    assert caught.value.reason == reason


def test_the_deepest_quote_is_read() -> None:
    html = markdown_html(">" * (MAX_DEPTH - 1) + "a")

    assert html.count("<blockquote>") == MAX_DEPTH - 1


MARKUP = st.text(
    alphabet=st.sampled_from("ab *_`[]()!<>&\\\n->1.\t~#\"':/"), max_size=80
)


@given(MARKUP)
def test_words_are_kept(text: str) -> None:
    """Markup characters may go, letters may not, but for the address of a link or an image."""
    try:
        html = markdown_html(text)
    except MarkupBudgetError:
        return

    if "](" not in text:
        plain = html.replace("&lt;", "<").replace("&amp;", "&")
        for tag in (
            "p",
            "br",
            "strong",
            "em",
            "code",
            "pre",
            "blockquote",
            "ul",
            "ol",
            "li",
        ):
            plain = plain.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
        fences = ("```", "~~~")
        if not any(fence in text for fence in fences):
            kept = [character for character in plain if character in "ab"]
            assert kept == [character for character in text if character in "ab"]
