"""Blocks that state facts, and the evidence of statements: stored values to the document, and to Markdown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from health_content.document_blocks import build_blocks
from health_content.document_evidence import find_evidence
from health_content.document_facts import CitedReference, Resources
from health_content.document_markdown import BLOCKS
from health_content.natural_frequencies import natural_frequency

from .test_document import children, rich

REVIEW = CitedReference(
    number=2, key="r2", kind="systematic_review", certainty="low", direction="mixed"
)
MICE = CitedReference(number=1, key="r1", kind="animal", certainty="", direction="")
RESOURCES = Resources(references={5: REVIEW, 6: MICE}, locale="en-GB")
OF_REVIEW = {
    "number": 2, "key": "r2", "kind": "systematic_review", "certainty": "low", "direction": "mixed", "retracted": False,
}  # fmt: skip
OF_MICE = {"number": 1, "key": "r1", "kind": "animal", "certainty": None, "direction": None, "retracted": False}  # fmt: skip


def chosen(*identifiers: int) -> list[Any]:
    return [
        {"type": "item", "value": pk, "id": f"e{n}"} for n, pk in enumerate(identifiers)
    ]


def built(kind: str, value: Any, resources: Resources = RESOURCES) -> Any:
    return build_blocks([{"type": kind, "value": value, "id": "b"}], resources)[0]


def test_evidence_is_numbered_live_and_named_once() -> None:
    item = {"title": "A", "body": "x", "evidence": [*chosen(5, 7, 5), 6]}

    block = built("benefit_list", {"items": children(item)})

    assert block["items"][0]["evidence"] == [OF_REVIEW, OF_MICE]


def test_retracted_evidence_says_so() -> None:
    resources = Resources(references={5: replace(REVIEW, is_retracted=True)})

    block = built("stat", {"evidence": chosen(5)}, resources)

    assert block["evidence"] == [OF_REVIEW | {"retracted": True}]


def test_evidence_of_a_body_is_found_in_reading_order() -> None:
    listed = {"items": children({"evidence": chosen(3)}, {"evidence": "?"}, {})}
    stream = [
        {"type": "rich_text", "value": "<p>x</p>"},
        {"type": "section", "value": {"blocks": [{"type": "risks", "value": listed}]}},
        {"type": "stat", "value": {"evidence": [8, True, None, {"value": "8"}, {}]}},
    ]

    assert list(find_evidence(stream)) == [("e0", 3), ("reference-8", 8)]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"status": "traditional_belief"}, {"status": "traditional_belief"}),
        ({"status": "true"}, {"status": None}),
        ({"status": ["established"]}, {"status": None}),
    ],
)
def test_status_of_a_mechanism(item: Any, expected: Any) -> None:
    block = built("mechanism_list", {"items": children(item)})

    assert {"status": block["items"][0]["status"]} == expected


def test_risks_say_how_often() -> None:
    block = built(
        "risks",
        {
            "heading": "Risks",
            "items": children(
                {"title": "Bruise", "body": "b", "frequency": "common", "evidence": chosen(5)},
                {"title": "Other", "body": "c", "frequency": "sometimes"},
            ),
        },
    )  # fmt: skip

    assert block == {
        "type": "risks", "id": "b", "heading": "Risks", "introduction": None,
        "items": [
            {
                "position": 1, "id": "i0", "title": "Bruise", "body": rich("b"), "frequency": "common",
                "evidence": [OF_REVIEW],
            },
            {"position": 2, "id": "i1", "title": "Other", "body": rich("c"), "frequency": None, "evidence": []},
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (
            "care_card",
            {"level": "emergency", "title": "Call", "criteria": [*children("numb"), "weak", "", None, 3], "action": "a"},
            {"level": "emergency", "title": "Call", "criteria": ["numb", "weak"], "action": rich("a")},
        ),
        (
            "care_card",
            {"level": "now", "criteria": [{"type": "item", "value": " numb ", "id": "c"}], "action": "<p></p>"},
            {"level": "non_urgent", "title": "", "criteria": ["numb"], "action": None},
        ),
        (
            "stat",
            {
                "numerator": 3, "denominator": 10000, "population": "adults", "statement": "had it", "period": "in a year",
                "evidence": chosen(6),
            },
            {
                "numerator": 3, "denominator": 10000, "natural_frequency": "3 in 10,000", "population": "adults",
                "statement": "had it", "period": "in a year", "evidence": [OF_MICE],
            },
        ),
        (
            "stat",
            {"numerator": -3, "denominator": 0},
            {
                "numerator": None, "denominator": 0, "natural_frequency": None, "population": "", "statement": "",
                "period": None, "evidence": [],
            },
        ),
        (
            "stat",
            {"numerator": 0, "denominator": True},
            {
                "numerator": 0, "denominator": None, "natural_frequency": None, "population": "", "statement": "",
                "period": None, "evidence": [],
            },
        ),
        (
            "evidence_summary",
            {
                "question": "Q?", "finding": "It may.", "certainty": "low", "effect": "Small", "studies": 2,
                "participants": 90, "evidence": chosen(5),
            },
            {
                "question": "Q?", "finding": "It may.", "certainty": "low", "effect": "Small", "studies": 2,
                "participants": 90, "evidence": [OF_REVIEW],
            },
        ),
        (
            "evidence_summary",
            {"certainty": "sure", "studies": "2"},
            {
                "question": "", "finding": "", "certainty": None, "effect": None, "studies": None, "participants": None,
                "evidence": [],
            },
        ),
        (
            "personal_story",
            {"body": "b", "person": "Sam", "consent_given_on": "2026-01-02", "consent_note": "register 12"},
            {"experience": "individual", "person": "Sam", "is_fictional": False, "body": rich("b")},
        ),
        (
            "medicine_info",
            {"generic_name": "Ibuprofen", "form": "gel", "availability": "pharmacy", "dose": "<p>d</p>"},
            {"generic_name": "Ibuprofen", "form": "gel", "availability": "pharmacy", "dose": rich("<p>d</p>")},
        ),
        (
            "medicine_info",
            {"availability": "street"},
            {"generic_name": "", "form": None, "availability": None, "dose": None},
        ),
    ],
)  # fmt: skip
def test_a_stored_fact_becomes_a_typed_one(
    kind: str, value: Any, expected: Any
) -> None:
    assert built(kind, value) == {"type": kind, "id": "b"} | expected


def test_a_picture_does_not_say_who_agreed() -> None:
    block = built("image", {"shows_patient": True, "consent_note": "register 12"})

    assert "register 12" not in str(block)


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("en", "3 in 10,000"),
        ("en-GB", "3 in 10,000"),
        ("es", "3 de cada 10\u202f000"),
        ("de-AT", "3 von 10\u202f000"),
        ("fr", "3 sur 10\u202f000"),
        ("mi", "3 / 10\u202f000"),
        ("", "3 / 10\u202f000"),
    ],
)
def test_numbers_of_people(locale: str, expected: str) -> None:
    assert natural_frequency(3, 10_000, locale) == expected


def markdown(kind: str, value: Any, resources: Resources = RESOURCES) -> str:
    block = built(kind, value, resources)
    return "\n\n".join(text for text in BLOCKS[kind](block, 3) if text)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (
            "mechanism_list",
            {"items": children({"title": "Qi", "body": "x", "status": "traditional_belief", "evidence": chosen(6, 5)})},
            "1. **Qi**\n\n   *traditional belief*\n\n   x\n\n   \\[1\\] animal; \\[2\\] systematic review, certainty: low, direction: mixed",
        ),
        (
            "risks",
            {"items": children(
                {"title": "Bruise", "body": "b", "frequency": "very_rare"}, {"body": "c", "frequency": "not_known"}
            )},
            "- **Bruise**\n\n  *very rare (\\< 1/10000)*\n\n  b\n\n- *not known*\n\n  c",
        ),
        (
            "care_card",
            {"level": "self_care", "title": "Try", "criteria": ["walk", "rest"], "action": "<p>Go on.</p>"},
            "> [!SELF-CARE]\n>\n> ### Try\n>\n> - walk\n> - rest\n>\n> Go on.",
        ),
        (
            "stat",
            {"numerator": 3, "denominator": 100, "population": "adults", "statement": "had it", "evidence": chosen(6)},
            "**3 in 100** adults had it\n\n\\[1\\] animal",
        ),
        (
            "evidence_summary",
            {"question": "Q?", "finding": "It may.", "certainty": "very_low", "studies": 0},
            "### Q?\n\nIt may.\n\n*certainty: very low; studies: 0*",
        ),
        ("personal_story", {"body": "b", "person": "Sam"}, "> [!INDIVIDUAL-EXPERIENCE]\n>\n> b\n>\n> Sam"),
        ("personal_story", {"body": "b", "is_fictional": True}, "> [!FICTIONAL-EXPERIENCE]\n>\n> b"),
        (
            "medicine_info",
            {"generic_name": "Ibuprofen", "form": "gel", "availability": "general_sale"},
            "### Ibuprofen\n\ngel\n\n*general sale*",
        ),
    ],
)  # fmt: skip
def test_facts_as_markdown(kind: str, value: Any, expected: str) -> None:
    assert markdown(kind, value) == expected


def test_markdown_says_that_evidence_was_retracted() -> None:
    resources = Resources(references={6: replace(MICE, is_retracted=True)})

    assert markdown("stat", {"evidence": chosen(6)}, resources).endswith(
        "animal, RETRACTED"
    )
