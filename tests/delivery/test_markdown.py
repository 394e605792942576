"""Documents as Markdown: no word lost, no text taken for markup, no envelope left behind."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any

import cmarkgfm
import pytest
import yaml
from cmarkgfm.cmark import Options
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from health_content.disclaimer_rules import Origin, Shown, Why
from health_content.document import build_document
from health_content.document_blocks import BUILDERS
from health_content.document_facts import (
    CitedReference,
    PageLink,
    QuestionFacts,
    Resources,
)
from health_content.document_hast import html_hast
from health_content.document_html import expand_html, html_text
from health_content.document_markdown import BLOCKS, document_markdown
from health_content.document_questions import AskedQuestion, QuestionChoice
from health_content.rich_markdown import (
    markdown_blocks,
    markdown_heading,
    markdown_image,
    markdown_line,
    markdown_link,
    markdown_list,
    markdown_text,
)
from tests.contracts.test_content_openapi import full_body

from .test_document import EXTRA, FACTS, GENERAL, RESOURCES

if TYPE_CHECKING:
    from collections.abc import Callable

COMMONMARK = MarkdownIt("commonmark", {"html": True})


def cmark(text: str) -> str:
    """Return the HTML that the reference implementation of CommonMark makes of *text*."""
    html: str = cmarkgfm.markdown_to_html(text, Options.CMARK_OPT_UNSAFE)
    return html


def github(text: str) -> str:
    """Return the HTML that GitHub's dialect gives: tables, bare addresses as links, strikethrough."""
    html: str = cmarkgfm.github_flavored_markdown_to_html(
        text, Options.CMARK_OPT_UNSAFE
    )
    return html


READERS: list[Callable[[str], str]] = [cmark, github, COMMONMARK.render]


def letters(html: str) -> str:
    """Return the text of *html* without white space, which blocks and lines have more or less of."""
    return "".join(html_text(html).split())


def rich(html: str) -> str:
    return "\n\n".join(markdown_blocks(html_hast(expand_html(html, Resources()))))


# HTML that an editor, or an importer, may have made: nested at random, of characters that mean something somewhere.


def element(tag: str, attributes: str = "") -> Callable[[list[str]], str]:
    return lambda children: f"<{tag}{attributes}>{''.join(children)}</{tag}>"


def elements(children: st.SearchStrategy[str], *tags: str) -> st.SearchStrategy[str]:
    return st.one_of(
        *(st.lists(children, max_size=3).map(element(tag)) for tag in tags)
    )


CHARACTERS = list(" \n*_`[]()<>#-+=.:!&|~\\1a9bé“”\u00a0😀/w;")
WORDS = st.text(st.sampled_from(CHARACTERS), min_size=1, max_size=8)
LEAF = st.one_of(WORDS.map(lambda text: escape(text, quote=False)), st.just("<br>"))
LINK = element("a", ' href="/x(1)_y/?a=1&amp;copy;=`"')
INLINE = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        elements(inner, "b", "i", "em", "strong", "sup", "s", "code", "abbr"),
        st.lists(inner, max_size=3).map(LINK),
    ),
    max_leaves=8,
)
BLOCK = st.recursive(
    st.one_of(elements(INLINE, "p", "h2", "h3", "dt", "pre"), st.just("<hr>"), INLINE),
    lambda inner: st.one_of(
        elements(inner, "blockquote", "dd"),
        elements(inner.map(lambda html: f"<li>{html}</li>"), "ul", "ol"),
    ),
    max_leaves=6,
)
HTML = st.lists(BLOCK, max_size=4).map("".join)


@given(HTML)
def test_rich_text_says_the_same_to_every_reader(html_raw: str) -> None:
    html = expand_html(html_raw, Resources())

    text = rich(html)

    for reader in READERS:
        assert letters(reader(text)) == letters(html), reader


@given(HTML)
def test_no_text_becomes_markup(html_raw: str) -> None:
    """There is no element that was not there before; the unwanted may have gone."""
    html = expand_html(html_raw, Resources())

    written = cmark(rich(html))

    for tag in ("a", "ul", "ol", "li", "blockquote", "hr", "h2", "h3", "pre", "sup", "img"):  # fmt: skip
        found, given_ = (re.findall(rf"<{tag}[\s>/]", text) for text in (written, html))
        assert len(found) <= len(given_), tag


@given(HTML)
def test_a_cell_of_a_table_stays_one_cell(html_raw: str) -> None:
    html = expand_html(html_raw, Resources())
    cell = markdown_line(html_hast(html))

    written = github(f"| head | {cell} |\n| --- | --- |\n| row | {cell} |")

    assert letters(written) == f"head{letters(html)}row{letters(html)}"
    assert written.count("<td>") == written.count("<th>") == 2


@given(
    st.text(
        st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=60
    )
)
def test_plain_text_is_never_markup(text: str) -> None:
    for reader in READERS:
        shown = reader(markdown_text(text))
        # A reader may show what is no character of XML differently; words it may not.
        assert words(html_text(shown)) == words(html_text(escape(text)))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>Some <b>bold</b> and <i>italic</i> text.</p>", "Some **bold** and *italic* text."),
        ("<p>a<b> b </b>c</p>", "a **b** c"),
        ("<p>un<b>believ</b>able</p>", "un**believ**able"),
        ("<p>a<b>(b)</b>c</p>", "a<strong>(b)</strong>c"),
        ("<p>(<b>b</b>)</p>", "(**b**)"),
        ("<p><b><i>both</i></b></p>", "<strong><em>both</em></strong>"),
        ("<p><b><code>a</code></b> x<i><code>b</code></i></p>", "**`a`** x<em>`b`</em>"),
        ("<p><b>(a)</b><br><i>(b)</i></p>", "**(a)**\\\n*(b)*"),
        ('<p><i><a href="/a/">b</a></i> x<i><a href="/c/">d</a></i></p>', "*[b](/a/)* x<em>[d](/c/)</em>"),
        ('<p><a href="/a/">a</a><b>b</b><a href="/c/"><b>c</b></a></p>', "[a](/a/)**b**[**c**](/c/)"),
        ("<p>10<sup>5</sup><b>x</b><sub>2</sub></p>", "10<sup>5</sup>**x**<sub>2</sub>"),
        ("<p><b><sup>5</sup></b> a<b><sup>5</sup></b></p>", "**<sup>5</sup>** a<strong><sup>5</sup></strong>"),
        ('<p><span lang="es">a <b>b</b></span>c<small>d</small></p>', "a **b**cd"),
        ("<p><b>a <b>b</b></b></p>", "**a b**"),
        ("<p><b></b><i> </i>x</p>", "x"),
        ("<p>10<sup>5</sup></p>", "10<sup>5</sup>"),
        ("<p>one<br>two</p>", "one\\\ntwo"),
        ("<p><br>one<br></p>", "one"),
        ("<p>1. no list<br>- nor here<br># nor here<br>&gt; nor</p>", "1\\. no list\\\n\\- nor here\\\n\\# nor here\\\n\\> nor"),
        ("<p>5 - 3 = 2, 1.5 mg</p>", "5 - 3 = 2, 1.5 mg"),
        ("<p>*a* _b_ [c](d) `e` &lt;f&gt; ~g~ |h|</p>", "\\*a\\* \\_b\\_ \\[c\\](d) \\`e\\` \\<f> \\~g\\~ \\|h\\|"),
        ("<p>AT&amp;T &amp;copy;</p>", "AT&T \\&copy;"),
        ("<p>http://a_b.example www.c_d.example</p>", "http\\://a\\_b.example www\\.c\\_d.example"),
        ('<p><a href="/a/">b</a></p>', "[b](/a/)"),
        ('<p>See!<a href="/a/">b</a></p>', "See\\![b](/a/)"),
        ('<p><a href="/a/"></a>x</p>', "x"),
        ('<p><a href="/(a)?b=1&amp;c">b</a></p>', "[b](/\\(a\\)?b=1&c)"),
        ("<p><code>a`b</code> <code>c</code><code>`</code></p>", "``a`b`` `` c` ``"),
        ("<p><code> </code>x</p>", "x"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ('<ol start="3"><li>a</li></ol>', "3. a"),
        ('<ol start="x"><li>a</li></ol>', "1. a"),
        ("<ol><li>a</li></ol><ol><li>b</li></ol><ol><li>c</li></ol>", "1. a\n\n1) b\n\n1. c"),
        ("<ul><li>a</li></ul> <ul><li>b</li></ul>", "- a\n\n* b"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n\n  - b"),
        ("<ul><li></li></ul><ul>stray</ul>", "- stray"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<blockquote></blockquote><h2></h2><pre> </pre>", ""),
        ("<h2>a <b>b</b> #</h2>", "## a **b** \\#"),
        ("<h2><p>a</p>b</h2>", "## a b"),
        ("<pre>a\n ```\n<br>b</pre>", "````\na\n ```\n\nb\n````"),
        ("a<hr>b", "a\n\n___\n\nb"),
        ("<p>&nbsp;</p>", ""),
        ("<b><p>a</p></b>", "a"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "a\n\nb"),
        ("", ""),
    ],
)  # fmt: skip
def test_markdown_is_what_an_author_would_write(html: str, markdown: str) -> None:
    assert rich(html) == markdown


def test_pictures_and_odd_addresses_are_kept() -> None:
    image = html_hast('<p>x <img src="/a b.png" alt="A [b]"></p>')

    assert markdown_blocks(image) == ["x ![A \\[b\\]](/ab.png)"]
    between = html_hast('<img src="/a"><b>b</b><img src="/c">')
    assert markdown_blocks(between) == ["![](/a)**b**![](/c)"]
    assert markdown_image("", "/a|b.png") == "![](/a%7Cb.png)"
    assert markdown_link("a", "/x") == "[a](/x)"
    assert markdown_heading(9, "a") == "###### a"
    assert markdown_list([["a"], []], start=10**9) == "999999999. a\n999999999."
    assert markdown_line(html_hast("<p>a|<code>b|c</code></p><p>d <code>e</code></p>")) == (
        "a\\|b\\|c<br>d `e`"
    )  # fmt: skip
    assert markdown_blocks({"type": "root"}) == []
    assert markdown_blocks({"type": "root", "children": [{"type": "element", "tagName": "img"}]}) == ["![]()"]  # fmt: skip


def test_depth_has_an_end() -> None:
    deep = "<blockquote>" * 5_000 + "x"

    assert rich(deep) == "> " * 32 + "x"


# The whole document.


def document(**changes: Any) -> Any:
    return build_document(replace(FACTS, **changes)) | {"replies": None}


CITED = CitedReference(
    number=4, key="k", kind="rct", certainty="low", direction="mixed"
)


def whole() -> Any:
    body = json.loads(full_body(1, 7, 9, 5))
    link = PageLink(id=5, title="Elsewhere", path="/e/", url="https://a.example/e/", locale="en")  # fmt: skip
    asked = AskedQuestion(id="a", question="Asked there?", answer="<p>Yes.</p>")
    choice = QuestionChoice(page=5, id="", words="Asked?")
    resources = replace(
        RESOURCES,
        references={9: CITED},
        locale="en",
        related={5: link},
        questions={choice: QuestionFacts(asked=asked, source=link)},
        videos=frozenset({"https://www.youtube.com/watch?v=x"}),
    )
    return document(
        body=body, summary="A *short* summary.", title="Sleep: [1]", resources=resources
    )


def parts(text: str) -> tuple[Any, str]:
    """Return the front matter, read as YAML, and the Markdown below."""
    _, front, content = text.split("---\n", 2)
    return yaml.safe_load(front), content


LIMITED = {"rare": "rare (\u2265 1/10000, < 1/1000)"}


def rests(value: Any) -> list[str]:
    """Return what is said of the evidence of a statement."""
    return [
        f"[{each['number']}] {each['kind']}, certainty: {each['certainty']}, direction: {each['direction']}"
        for each in value.get("evidence", ())
    ]


def said(value: Any) -> list[str]:  # noqa: C901 - one case a kind of block
    """Return the texts of a part of the document, in its order."""
    match value:
        case {"html": html}:
            return [html_text(html)]
        case {"type": "number", "value": number}:
            return [] if number is None else [str(number)]
        case {"type": "section"}:
            return [value["heading"], *said(value["blocks"])]
        case {"type": "table"}:
            heads = [column["heading"] for column in value["columns"]]
            return [*said(value["caption"]), *heads, *said(value["rows"]), *said(value["notes"])]  # fmt: skip
        case {"doi": doi, "pmid": pmid, "year": year, "url": url}:
            texts = [value["title"], value["authors"], value["publication"]]
            texts += [str(year) if year else "", f"doi:{doi}" if doi else ""]
            return [text for text in [*texts, f"PMID {pmid}" if pmid else "", url] if text]  # fmt: skip
        case {"position": _, "title": title, "body": body}:
            known = (value.get("duration"), value.get("frequency"), value.get("status"))
            words = [LIMITED.get(word, word) for word in known if word]
            return [*said(title), *words, *said(body), *rests(value)]
        case {"question": str(), "answer": _, "evidence": _}:
            return [value["question"], *said(value["answer"]), *rests(value)]
        case {"type": "care_card"}:
            return [f"[!{value['level'].upper()}]", value["title"], *value["criteria"], *said(value["action"])]  # fmt: skip
        case {"type": "stat"}:
            words = ("natural_frequency", "population", "statement", "period")
            return [*(value[word] for word in words), *rests(value)]
        case {"type": "evidence_summary"}:
            known = [f"{name}: {value[name]}" for name in ("certainty", "studies", "participants")]  # fmt: skip
            return [value["question"], value["finding"], value["effect"], "; ".join(known), *rests(value)]  # fmt: skip
        case {"type": "personal_story"}:
            return ["[!FICTIONAL-EXPERIENCE]", *said(value["body"]), value["person"]]
        case {"type": "medicine_info"}:
            return [value["generic_name"], value["form"], value["availability"], *said(value["dose"])]  # fmt: skip
        case {"type": "video"}:
            return ["[!VIDEO]", value["title"], *said(value["transcript"])]
        case {"type": "related"}:
            return [value["heading"], *(page["title"] for page in value["pages"])]
        case {"type": "faq_ref", "question": asked}:
            return [asked["question"], *said(asked["answer"]), asked["source"]["title"]]
        case {"type": "quote"}:
            return [value["text"], value["attribution"] or value["source_url"]]
        case {"type": "callout"}:
            return [f"[!{value['tone'].upper()}]", *said(value["title"]), *said(value["body"])]  # fmt: skip
        case {"kind": _, "placement": _}:
            return ["[!DISCLAIMER]", value["title"], *said(value["body"])]
        case dict():
            skipped = {"type", "id", "placement", "key", "kind", "image"}
            return [text for key, item in value.items() if key not in skipped for text in said(item)]  # fmt: skip
        case list():
            return [text for item in value for text in said(item)]
        case str():
            return [value]
    return []


@pytest.mark.parametrize("summary", ["Feet are cold.", "Feet are …"])
def test_a_summary_that_the_introduction_begins_with_is_said_once(summary: str) -> None:
    built = document(summary=summary, introduction="<p>Feet are <b>cold</b>. So.</p>")

    _, content = parts(document_markdown(built))

    assert content.count("Feet are") == 1


def test_no_word_of_a_document_is_lost() -> None:
    built = whole()
    expected = [
        built["title"], built["summary"], *said(built["introduction"]), *said(built["body"]),
    ]  # fmt: skip

    _, content = parts(document_markdown(built))

    assert letters(github(content)) == "".join("".join(expected).split())
    assert set(BLOCKS) == set(BUILDERS)
    for reader in READERS:
        assert built["title"] in html_text(reader(content))


@given(HTML, st.text(max_size=20), st.sampled_from(["start", "end", "inline"]))
def test_whatever_the_page_says_the_envelope_is_whole(
    html: str, title: str, placement: str
) -> None:
    disclaimer = {**whole()["safety"]["disclaimers"][0], "placement": placement}
    built = document(title=title, introduction=html, summary=html)
    built["safety"] |= {
        "disclaimers": [disclaimer],
        "withdrawn": {"at": None, "reason": title, "replacement": None},
        "attribution": {"publisher": title, "licence": None, "required_text": title},
    }

    front, content = parts(document_markdown(built))

    shown = re.sub("[\x00\ud800-\udfff]", "\ufffd", title)
    assert "No advice." in html_text(cmark(content))
    assert front["safety"]["review"] == built["safety"]["review"]
    assert words(front["safety"]["withdrawn"]["reason"]) == words(title)
    assert front["safety"]["disclaimers"] == [
        {"key": "general", "version": 2, "placement": placement}
    ]
    assert words(html_text(cmark(content)))[-len(words(shown)) :] == words(shown) or not words(shown)  # fmt: skip


def test_disclaimers_stand_where_readers_must_meet_them() -> None:
    chosen = (
        Shown(id=1, placement="start", why=Why(code=Origin.PAGE)),
        Shown(id=2, placement="end", why=Why(code=Origin.PAGE)),
    )
    text = document_markdown(
        document(
            disclaimers=chosen,
            summary="Summary.",
            resources=Resources(disclaimers={1: GENERAL, 2: EXTRA}),
        )
    )

    assert text == (
        '---\nid: 3\ntype: "article"\nlocale: "en"\ntitle: "Sleep"\nurl: "https://example.org/sleep/"\n'
        'first_published_at: "2026-11-19T11:00:00Z"\nlast_published_at: "2026-11-19T11:00:00Z"\nversion: 4\n'
        'safety:\n  audience: "public"\n'
        '  review: {"status": "none", "last_reviewed": null, "next_review": null, "reviewed_by": [], "overdue_action": null}\n'
        '  gate: "unchecked"\n'
        '  disclaimers: [{"key": "general", "version": 2, "placement": "start"}, '
        '{"key": "extra", "version": 1, "placement": "end"}]\n'
        '  attribution: {"publisher": "Harbour", "licence": null, "required_text": null}\n  withdrawn: null\n---\n\n'
        "# Sleep\n\n> [!DISCLAIMER]\n>\n> **General**\n>\n> No advice.\n\nSummary.\n\nAbout **sleep**.\n\n"
        "> [!DISCLAIMER]\n>\n> **Extra**\n>\n> Extra.\n"
    )


def test_an_inline_disclaimer_is_shown_once_and_never_lost() -> None:
    built = whole()
    assert [d["placement"] for d in built["safety"]["disclaimers"]] == ["end"]

    built["safety"]["disclaimers"][0]["placement"] = "inline"
    in_place = document_markdown(built).count("No advice.")
    built["body"] = []
    at_the_end = document_markdown(built)

    assert in_place == 2  # full_body has the block twice
    assert at_the_end.rstrip().endswith("> No advice.")


def test_half_filled_blocks_are_no_fault() -> None:
    kinds = [{"type": kind, "value": {}, "id": ""} for kind in sorted(BUILDERS)]
    pictures = [{"type": "image", "value": {"image": {"image": 7}, "caption": "C"}, "id": ""}]  # fmt: skip

    empty = document_markdown(document(body=kinds, introduction="", resources=Resources()))  # fmt: skip
    picture = document_markdown(document(body=pictures, resources=RESOURCES))

    assert parts(empty)[1] == "\n# Sleep\n"
    assert "![A spine](/m/a.webp)\n\nC" in picture


def test_what_no_text_file_holds_is_replaced() -> None:
    assert "# a\ufffdb\ufffd\n" in document_markdown(document(title="a\x00b\ud800"))


def test_the_front_matter_is_yaml_whatever_the_title() -> None:
    title = 'a: "b" --- # \x85\u2028\ufeff\\ {}'

    front, _ = parts(document_markdown(document(title=title)))

    assert front["title"] == title
