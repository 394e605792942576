"""Videos, links to other pages and questions of other pages: stored values to the document, to Markdown and to JSON-LD."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from health_content.claims.facts import Role
from health_content.claims_page import READERS
from health_content.document_blocks import build_blocks, find_stream_references
from health_content.document_facts import (
    CitedReference,
    EmbedFacts,
    PageLink,
    QuestionFacts,
    Resources,
)
from health_content.document_markdown import BLOCKS
from health_content.document_questions import (
    AskedQuestion,
    QuestionChoice,
    chosen_question,
    find_question,
)
from health_content.jsonld import build_jsonld

from .test_document import children, rich

URL = "https://video.example/1"
LINK = PageLink(
    id=7, title="Questions", path="/es/q/", url="https://a.example/es/q/", locale="es"
)
SOURCE = {"id": 7, "title": "Questions", "path": "/es/q/", "url": LINK.url}
CHOICE = QuestionChoice(page=5, id="i0", words="Hurts?")
ASKED = AskedQuestion(id="i0", question="¿Duele?", answer="<p>No.</p>")
FAQ = [
    {"type": "faq", "value": {"items": children({"question": "Does it  hurt?", "answer": "a"})}},
    {"type": "section", "value": {"blocks": [
        {"type": "faq", "value": {"items": children({"question": "How long?", "answer": "b"})}},
    ]}},
]  # fmt: skip


def built(kind: str, value: Any, **resources: Any) -> Any:
    stream = [{"type": kind, "value": value, "id": "b"}]
    return build_blocks(stream, Resources(**resources))[0]


def of_video(value: Any, facts: EmbedFacts | None = None) -> Any:
    embeds = {} if facts is None else {URL: facts}
    return built("video", value, videos=frozenset({URL}), embeds=embeds)


def told(**fields: Any) -> EmbedFacts:
    values = {"kind": "video", "title": "t", "provider": "", "thumbnail_url": ""}
    return EmbedFacts(**(values | fields))


def test_a_video_has_its_address_and_what_its_provider_says() -> None:
    facts = told(
        provider="Videos", thumbnail_url="https://i.example/1", width=9, height=5
    )
    value = {
        "url": URL, "title": "Stretching", "caption": " Slowly. ", "credit": "", "has_captions": True,
        "transcript": "<p>Bend.</p>", "shows_patient": True, "consent_note": "entry 12",
    }  # fmt: skip

    assert of_video(value, facts) == {
        "type": "video", "id": "b", "title": "Stretching", "caption": "Slowly.", "credit": None, "has_captions": True,
        "transcript": rich("<p>Bend.</p>"),
        "video": {"url": URL, "provider": "Videos", "thumbnail_url": "https://i.example/1", "width": 9, "height": 5},
    }  # fmt: skip


@pytest.mark.parametrize(
    "facts",
    [
        None,
        told(),
        told(thumbnail_url="http://i.example/1", width=0, height=10_001),
        told(thumbnail_url="https://i.example/a b", width=-1),
    ],
)
def test_of_a_video_only_what_is_sound_is_told(facts: EmbedFacts | None) -> None:
    assert of_video({"url": URL}, facts)["video"] == {
        "url": URL, "provider": None, "thumbnail_url": None, "width": None, "height": None,
    }  # fmt: skip


def test_a_video_on_a_host_that_is_not_allowed_has_no_address() -> None:
    block = built("video", {"url": URL, "title": "T", "transcript": "<p></p>"})

    assert block == {
        "type": "video", "id": "b", "title": "T", "video": None, "caption": None, "credit": None, "has_captions": False,
        "transcript": None,
    }  # fmt: skip


def test_related_pages_are_named_once_and_the_invisible_ones_not() -> None:
    pages = [{"type": "item", "value": pk, "id": str(pk)} for pk in (5, 6, 4)]

    block = built("related", {"heading": "", "pages": [*pages, 5, "x"]}, related={5: LINK, 4: LINK})  # fmt: skip

    assert block == {"type": "related", "id": "b", "heading": None, "pages": [SOURCE]}


def test_a_question_of_another_page_says_where_it_is_from() -> None:
    value = {"page": 5, "question": "Hurts?", "question_id": "i0"}
    facts = QuestionFacts(asked=ASKED, source=LINK)

    assert built("faq_ref", value, questions={CHOICE: facts})["question"] == {
        "anchor": "i0", "question": "¿Duele?", "answer": rich("<p>No.</p>"), "locale": "es", "source": SOURCE,
        "last_reviewed": None,
    }  # fmt: skip
    reviewed = replace(facts, reviewed_at=datetime(2026, 3, 1, 23, tzinfo=UTC))
    asked = built("faq_ref", value, questions={CHOICE: reviewed})["question"]
    assert asked["last_reviewed"] == "2026-03-01"


def test_an_approach_leads_to_a_page_about_it_while_that_is_public() -> None:
    items = children({"title": "Walk", "page": 5}, {"title": "Swim", "page": 6}, {})

    block = built("approach_list", {"items": items}, related={5: LINK})

    assert [item["page"] for item in block["items"]] == [SOURCE, None, None]
    assert [item["evidence"] for item in block["items"]] == [[], [], []]


def test_an_answer_says_what_it_is_about_and_rests_on() -> None:
    trial = CitedReference(number=1, key="r", kind="rct", certainty="low", direction="")
    evidence = [{"type": "item", "value": 9, "id": "e"}]
    items = children(
        {"question": "Hurts?", "answer": "No.", "health_aspect": "SafetyHealthAspect", "evidence": evidence},
        {"question": "Works?", "health_aspect": "Nonsense"},
    )  # fmt: skip

    block = built("faq", {"items": items}, references={9: trial})

    assert [item["health_aspect"] for item in block["items"]] == ["SafetyHealthAspect", None]  # fmt: skip
    assert [e["number"] for item in block["items"] for e in item["evidence"]] == [1]
    assert BLOCKS["faq"](block, 2)[1:4] == ["## Hurts?", "No.", r"\[1\] rct, certainty: low"]  # fmt: skip
    read = [*READERS["faq"]("b", "faq", block)]
    assert [(b.text, len(b.evidence)) for b in read if b.role is Role.ANSWER] == [("No.", 1)]  # fmt: skip


@pytest.mark.parametrize("value", [{}, None, {"page": 5, "question": "Hurts?"}])
def test_a_question_that_nobody_may_see_is_nothing(value: Any) -> None:
    block = built("faq_ref", value)

    assert block == {"type": "faq_ref", "id": "b", "question": None}


@pytest.mark.parametrize(
    ("item_id", "words", "expected"),
    [
        ("", " does it HURT?", "a"),
        ("", "How long?", "b"),
        ("i0", "How long?", "a"),
        ("gone", "How long?", None),
        ("", "Other?", None),
        ("", "", None),
    ],
)
def test_a_question_is_found_by_its_id_or_else_its_words(
    item_id: str, words: str, expected: str | None
) -> None:
    found = find_question(FAQ, QuestionChoice(page=1, id=item_id, words=words))

    assert (found and found.answer) == expected


def test_what_a_stream_refers_to_is_found() -> None:
    stream: Any = [
        {"type": "video", "value": {"url": URL, "transcript": "<p>t</p>"}},
        {"type": "video", "value": {}},
        {"type": "related", "value": {"pages": [{"type": "item", "value": 3}, None]}},
        {"type": "approach_list", "value": {"items": children({"page": 4, "body": "<p>a</p>"}, {})}},
        {"type": "faq_ref", "value": {"page": 5, "question": "Hurts?", "question_id": "i0"}},
        {"type": "faq_ref", "value": {"page": None}},
    ]  # fmt: skip

    found = find_stream_references(stream)

    assert (found.videos, found.html) == ({URL}, ("<p>t</p>", "<p>a</p>"))
    assert (found.related, found.questions) == ({3, 4}, {CHOICE})
    assert chosen_question("x") is None


VIDEO = {
    "type": "video", "id": "v", "title": "Stretching", "video": {"url": URL, "thumbnail_url": None}, "caption": "Slowly.",
    "credit": "Us", "has_captions": True, "transcript": {"html": "<p>Bend.</p>"},
}  # fmt: skip
QUESTION = {
    "type": "faq_ref", "id": "b",
    "question": {"anchor": "i0", "question": "Hurts?", "answer": {"html": "<p>No.</p>"}, "locale": "en", "source": SOURCE},
}  # fmt: skip
RELATED = {"type": "related", "id": "r", "heading": "Read on", "pages": [SOURCE]}


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (VIDEO, ["> [!VIDEO]\n>\n> [Stretching](https://video.example/1)\n>\n> Slowly.\n>\n> Us\n>\n> Bend."]),
        (VIDEO | {"title": "", "caption": None, "credit": None, "transcript": None}, ["> [!VIDEO]\n>\n> [https\\://video.example/1](https://video.example/1)"]),
        (VIDEO | {"video": None, "caption": None, "credit": None, "transcript": None}, ["> [!VIDEO]\n>\n> Stretching"]),
        (RELATED, ["## Read on", "- [Questions](https://a.example/es/q/)"]),
        (RELATED | {"pages": []}, []),
        ({"type": "approach_list", "items": [{"title": "Walk", "page": SOURCE}]}, ["1. **Walk**\n\n   [Questions](https://a.example/es/q/)"]),
        (QUESTION, ["## Hurts?", "No.", "[Questions](https://a.example/es/q/)"]),
        (
            QUESTION | {"question": QUESTION["question"] | {"last_reviewed": "2026-03-01"}},
            ["## Hurts?", "No.", "[Questions](https://a.example/es/q/)", "last\\_reviewed: 2026-03-01"],
        ),
        (QUESTION | {"question": None}, []),
    ],
)  # fmt: skip
def test_as_markdown(block: Any, expected: list[str]) -> None:
    shown = BLOCKS[block["type"]](block, 2)

    assert [text for text in shown if text] == expected


def test_as_json_ld() -> None:
    bare = VIDEO | {"id": "w", "caption": None, "has_captions": False, "transcript": None}  # fmt: skip
    body = [
        {"type": "section", "heading": "S", "blocks": [VIDEO, QUESTION]},
        bare,
        VIDEO | {"video": None},
        QUESTION | {"question": None},
        RELATED,
    ]
    document: Any = {
        "type": "faq", "url": "https://a.example/p/", "title": "P", "locale": "en", "body": body, "sources": [],
        "first_published_at": None, "last_published_at": None, "breadcrumbs": [], "topics": [],
        "safety": {
            "review": {"last_reviewed": None, "next_review": None, "reviewed_by": []}, "disclaimers": [],
            "attribution": {"publisher": "P", "licence": None, "required_text": None},
        },
    }  # fmt: skip

    page: Any = build_jsonld(document, "")["@graph"]

    place = "https://a.example/es/q/#i0"
    assert page[0]["mainEntity"] == [
        {
            "@type": "Question", "@id": place, "url": place, "name": "Hurts?",
            "acceptedAnswer": {"@type": "Answer", "text": "<p>No.</p>"},
        }
    ]  # fmt: skip
    assert page[0]["video"] == [
        {
            "@type": "VideoObject", "@id": "https://a.example/p/#v", "name": "Stretching", "url": URL,
            "description": "Slowly.", "transcript": "Bend.", "accessibilityFeature": ["captions", "transcript"],
        },
        {"@type": "VideoObject", "@id": "https://a.example/p/#w", "name": "Stretching", "url": URL},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (VIDEO, [("Stretching", Role.BODY), ("Slowly.", Role.BODY), ("Us", Role.BODY), ("Bend.", Role.BODY)]),
        (RELATED, [("Read on", Role.HEADING)]),
    ],
)  # fmt: skip
def test_as_the_claim_checker_reads_it(block: Any, expected: Any) -> None:
    read = READERS[block["type"]](block["id"], block["type"], block)

    assert [(each.text, each.role) for each in read] == expected
