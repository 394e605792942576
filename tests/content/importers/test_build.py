"""The step from a document to what an article page stores, without a database."""

from __future__ import annotations

from uuid import UUID

import pytest

from health_content.importers.build import ArticleValues, build_article
from health_content.importers.document import DocumentError
from health_content.importers.richtext import text_html, to_html, to_text
from health_content.importers.text import read_text


def build(source: str, *, key: str = "page") -> ArticleValues:
    return build_article(read_text(source.encode()), key=key, fallback="From the file")


SOURCE = """Warm Feet

Feet <are> far & cold.

How Socks Help

They help in two ways:

3. Air: It keeps warm.
4. Wool

   - soft
   - dry

Benefits of Socks

• Dry feet

Steps

1. Put on one.

Ways to Go On

Tip: Buy two pairs.

1. Shoes: They help.

Text first.

- a
- b

Q: Why?
A: So.

Disclaimer: No advice.

Leave a Reply
"""


def test_blocks_are_stream_values_by_the_names_of_the_page() -> None:
    body = build(SOURCE).body

    assert [(block["type"], block["value"].get("heading")) for block in body] == [
        ("section", "How Socks Help"),
        ("section", "Benefits of Socks"),
        ("section", "Steps"),
        ("section", "Ways to Go On"),
        ("faq", ""),
    ]
    mechanisms = body[0]["value"]["blocks"][0]
    assert mechanisms["type"] == "mechanism_list"
    assert mechanisms["value"]["introduction"] == "<p>They help in two ways:</p>"
    assert mechanisms["value"]["start"] == 3
    assert [item["value"] for item in mechanisms["value"]["items"]] == [
        {"title": title, "body": body, "status": "", "evidence": []}
        for title, body in (
            ("Air", "<p>It keeps warm.</p>"),
            ("", "<p>Wool</p><ul><li>soft</li><li>dry</li></ul>"),
        )
    ]
    assert body[1]["value"]["blocks"][0]["type"] == "benefit_list"
    assert body[2]["value"]["blocks"][0]["value"]["items"][0]["value"] == {
        "title": "", "body": "<p>Put on one.</p>", "duration": "",
    }  # fmt: skip
    assert [(block["type"]) for block in body[3]["value"]["blocks"]] == [
        "callout",
        "approach_list",
        "rich_text",
    ]
    assert body[3]["value"]["blocks"][0]["value"] == {
        "tone": "info",
        "title": "Tip",
        "body": "<p>Buy two pairs.</p>",
    }
    assert (
        body[3]["value"]["blocks"][2]["value"]
        == "<p>Text first.</p><ul><li>a</li><li>b</li></ul>"
    )
    assert body[4]["value"]["items"][0]["value"] == {
        "question": "Why?",
        "answer": "<p>So.</p>",
    }


def test_the_rest_of_the_page() -> None:
    values = build(SOURCE)

    assert values.title == "Warm Feet"
    assert values.introduction == "<p>Feet &lt;are&gt; far &amp; cold.</p>"
    assert values.replies_mode == "open"
    assert [
        (found.label, found.body_html, found.text, found.placement)
        for found in values.disclaimers
    ] == [
        ("Disclaimer", "<p>No advice.</p>", "No advice.", "end"),
    ]
    assert (
        values.count("mechanism_list"),
        values.count("faq"),
        values.count("image"),
    ) == (2, 1, 0)


def test_the_report_names_every_block_with_its_lines() -> None:
    assert [
        (block.type, block.start, block.end, block.items)
        for block in build(SOURCE).blocks
    ] == [
        ("introduction", 3, 3, 0),
        ("section", 5, 13, 0),
        ("mechanism_list", 7, 13, 2),
        ("section", 15, 17, 0),
        ("benefit_list", 17, 17, 1),
        ("section", 19, 21, 0),
        ("step_list", 21, 21, 1),
        ("section", 23, 32, 0),
        ("callout", 25, 25, 0),
        ("approach_list", 27, 27, 1),
        ("rich_text", 29, 32, 0),
        ("faq", 34, 35, 1),
        ("disclaimer", 37, 37, 0),
    ]


def test_a_leading_disclaimer_stands_before_the_text_and_replies_are_closed() -> None:
    values = build("Warm Feet\n\nDisclaimer: No advice.\n\nText.\n")

    assert values.disclaimers[0].placement == "start"
    assert values.replies_mode == "closed"


def test_without_a_title_the_fallback_is_taken() -> None:
    assert build("Q: Why?\nA: So.\n").title == "From the file"


def test_a_title_that_does_not_fit_is_refused() -> None:
    assert len(build("x" * 255 + "\n\nText.").title) == 255
    with pytest.raises(
        DocumentError, match="the title in line 2 has 256 characters; 255 fit"
    ):
        build("\n" + "x" * 256 + "\n\nText.")


def test_a_fallback_that_does_not_fit_is_refused() -> None:
    with pytest.raises(DocumentError, match="256 characters"):
        build_article(read_text(b"Q: Why?\nA: So."), key="page", fallback="x" * 256)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        (
            "How It Works\n\n" + "".join(f"{n}. Part: x.\n" for n in range(1, 121)),
            "mechanism_list",
        ),
        ("FAQ\n\n" + "".join(f"Q: Why {n}?\nA: So.\n" for n in range(120)), "faq"),
    ],
)
def test_a_list_too_long_for_one_block_becomes_several(source: str, kind: str) -> None:
    values = build("Title\n\nText.\n\n" + source)

    made = [
        block for block in values.body[0]["value"]["blocks"] if block["type"] == kind
    ]
    assert [len(block["value"]["items"]) for block in made] == [50, 50, 20]
    assert [block["value"].get("start") for block in made] in ([1, 51, 101], [None] * 3)
    assert values.count(kind) == 120


def ids(value: object) -> list[str]:
    """Return the ids in a raw stream, in order."""
    if isinstance(value, list):
        return [found for child in value for found in ids(child)]
    if isinstance(value, dict):
        own = [value["id"]] if "id" in value else []
        return own + [found for child in value.values() for found in ids(child)]
    return []


def test_ids_are_uuids_and_never_equal() -> None:
    twice = SOURCE.replace("Leave a Reply\n", "").replace(
        "Warm Feet\n\nFeet", "Feet", 1
    )
    found = ids(build(SOURCE.replace("Leave a Reply\n", "") + "\n" + twice).body)

    assert len(set(found)) == len(found) > 20
    assert all(str(UUID(text)) == text for text in found)


def test_ids_stay_when_other_text_changes() -> None:
    before = build(SOURCE)
    after = build(
        SOURCE.replace("Warm Feet", "Very Warm Feet").replace(
            "How Socks", "New Part\n\nText.\n\nHow Socks"
        )
    )

    assert build(SOURCE).body == before.body
    assert set(ids(before.body)) < set(ids(after.body))
    assert set(ids(before.body)).isdisjoint(ids(build(SOURCE, key="other").body))


HTML = [
    ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
    ("“smart” it's", "“smart” it's"),
    ("line\nbreak", "line<br/>break"),
    ("**bold** words, **two**", "<b>bold</b> words, <b>two</b>"),
    ("2 ** 3 ** 4", "2 ** 3 ** 4"),
    ("**<script>**", "<b>&lt;script&gt;</b>"),
    ("**open\nend**", "**open<br/>end**"),
]


@pytest.mark.parametrize(("text", "html"), HTML)
def test_text_becomes_html(text: str, html: str) -> None:
    assert text_html(text) == html


def test_lists_become_html_and_text() -> None:
    document = read_text(b"Title\n\nText.\n\n1. one\n\n   more\n   (a) deep\n2. two\n")

    assert (
        to_html(document.blocks)
        == "<ol><li>one<br/>more<ol><li>deep</li></ol></li><li>two</li></ol>"
    )
    assert to_text(document.blocks) == "one\nmore\ndeep\ntwo"


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("Smith J. Heat. 2001. doi:10.1000/182.", "10.1000/182"),
        ("Smith J. Heat (https://doi.org/10.1000/182).", "10.1000/182"),
        ("Smith J. Heat. 10.1016/S0140-6736(05)66804", "10.1016/S0140-6736(05)66804"),
        ("Smith J. Heat. 2001.", ""),
    ],
)
def test_references_keep_their_words_and_name_their_doi(text: str, doi: str) -> None:
    values = build(f"Heat\n\nText.\n\nReferences\n\n[1] {text}\n[2] Jones K. Cold.\n")

    (block,) = values.body[0]["value"]["blocks"]
    first, second = (item["value"] for item in block["value"]["items"])
    assert block["type"] == "references"
    assert (first["title"], first["doi"]) == (text, doi)
    assert (second["title"], second["doi"]) == ("Jones K. Cold.", "")
    assert values.count("references") == 2
