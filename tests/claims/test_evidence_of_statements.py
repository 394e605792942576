"""What references beside a statement do to the findings in it: from the document to the engine."""

from __future__ import annotations

from typing import Any

import pytest

from health_content.claims import Severity, check_page
from health_content.claims.facts import (
    Block,
    Certainty,
    Direction,
    EvidenceFacts,
    EvidenceKind,
    Page,
    Role,
)
from health_content.claims.findings import Finding, Profile
from health_content.claims_page import page_of_document

ENDORPHINS = "Acupuncture stimulates the release of endorphins."
MAY = "Acupuncture may stimulate the release of endorphins."


def evidence(kind: str = "systematic_review", **facts: Any) -> dict[str, Any]:
    return {"number": 1, "key": "k", "kind": kind, "certainty": "high", "direction": None, "retracted": False} | facts  # fmt: skip


def read(*body: dict[str, Any]) -> tuple[Block, ...]:
    return page_of_document({"locale": "en", "body": list(body)}).blocks


def listed(text: str, *found: dict[str, Any], kind: str = "mechanism_list", **item: Any) -> dict[str, Any]:  # fmt: skip
    value = {"id": "i", "title": None, "body": {"html": f"<p>{text}</p>"}, "evidence": list(found)}  # fmt: skip
    return {"type": kind, "id": "b", "items": [value | item]}


def findings(*body: dict[str, Any], profile: Profile = Profile.EDITORIAL) -> list[Finding]:  # fmt: skip
    page = page_of_document({"locale": "en", "body": list(body)})
    return list(check_page(page, profile=profile).findings)


def outcome(found: list[Finding]) -> list[tuple[str, Severity, tuple[str, ...]]]:
    return [(each.category.value, each.severity, each.notes) for each in found]


def test_the_evidence_of_an_item_reaches_the_engine() -> None:
    found = (
        evidence("rct", certainty="low", direction="against", retracted=True),
        evidence("animal", certainty=None),
        evidence("hearsay"),
    )

    (block,) = read(listed("It helps.", *found))

    assert block.evidence == (
        EvidenceFacts(
            kind=EvidenceKind.RCT,
            certainty=Certainty.LOW,
            direction=Direction.AGAINST,
            is_retracted=True,
        ),
        EvidenceFacts(kind=EvidenceKind.ANIMAL),
    )


def test_good_evidence_lowers_a_finding_to_info() -> None:
    assert outcome(findings(listed(ENDORPHINS, evidence()))) == [
        ("mechanism", Severity.INFO, ("evidence",))
    ]


@pytest.mark.parametrize(
    "unusable",
    [
        evidence(retracted=True),
        evidence("animal"),
        evidence("in_vitro"),
        evidence(direction="against"),
        evidence(direction="mixed"),
    ],
)
def test_evidence_that_carries_nothing_leaves_the_finding(unusable: Any) -> None:
    assert outcome(findings(listed(ENDORPHINS, unusable))) == [
        ("mechanism", Severity.WARN, ("evidence_unusable",))
    ]


def test_a_plain_verb_is_stronger_than_low_certainty() -> None:
    low = evidence(certainty="low")

    assert outcome(findings(listed(ENDORPHINS, low))) == [
        ("mechanism", Severity.WARN, ("verb_stronger_than_evidence",))
    ]
    assert outcome(findings(listed(MAY, low))) == [
        ("mechanism", Severity.INFO, ("hedged", "evidence"))
    ]


def test_evidence_counts_for_its_own_statement_only() -> None:
    body = [listed("It helps.", evidence()), listed(ENDORPHINS, kind="benefit_list")]

    assert outcome(findings(*body)) == [("mechanism", Severity.WARN, ())]


# Traditional beliefs.


def test_a_traditional_belief_says_whose_it_is() -> None:
    item = listed("Needles move qi.", status="traditional_belief")

    (found,) = findings(item)

    assert (found.rule, found.severity, found.notes) == ("MEC-020", Severity.WARN, ())
    assert found.text == "Needles move qi."


def test_an_attributed_belief_is_info() -> None:
    text = "In traditional Chinese medicine, needles are said to move qi. Each has a place."

    found = findings(listed(text, status="traditional_belief"))

    assert {each.severity for each in found} == {Severity.INFO}
    assert "MEC-020" in {each.rule for each in found}


@pytest.mark.parametrize("status", ["plausible", "established", None])
def test_other_mechanisms_are_no_beliefs(status: str | None) -> None:
    assert findings(listed("Warm skin gets more blood.", status=status)) == []


def test_a_belief_without_words_is_nothing() -> None:
    block = Block(id="b", text=" ", is_tradition=True)

    assert check_page(Page(locale="en", blocks=(block,))).findings == ()


# The other blocks.


CARD = {"type": "care_card", "id": "c", "title": "Call an ambulance", "criteria": ["weak legs", 3], "action": {"html": "<p>Act now, before it is too late.</p>"}}  # fmt: skip


@pytest.mark.parametrize("level", ["urgent", "emergency"])
def test_signs_of_danger_may_press(level: str) -> None:
    card = CARD | {"level": level}

    assert [(b.role, b.text) for b in read(card)] == [
        (Role.CARE_CARD, "Call an ambulance"),
        (Role.CARE_CARD, "weak legs"),
        (Role.CARE_CARD, "Act now, before it is too late."),
    ]
    assert findings(card) == []


@pytest.mark.parametrize("level", ["self_care", "non_urgent"])
def test_other_cards_may_not(level: str) -> None:
    assert [f.category for f in findings(CARD | {"level": level})] == ["pressure"]


def test_signs_of_danger_may_not_promise() -> None:
    card = CARD | {"level": "urgent", "title": "Acupuncture cures back pain for good."}

    assert Severity.BLOCK in {f.severity for f in findings(card)}


def test_a_card_without_signs_is_read() -> None:
    card = {"type": "care_card", "id": "c", "title": "Call", "criteria": None}

    assert [b.text for b in read(card)] == ["Call"]


def test_a_finding_counts_by_its_own_certainty() -> None:
    block = {
        "type": "evidence_summary", "id": "e", "question": "Does it work?", "finding": ENDORPHINS, "certainty": "low",
        "evidence": [evidence(certainty="high")],
    }  # fmt: skip

    assert outcome(findings(block)) == [
        ("mechanism", Severity.WARN, ("verb_stronger_than_evidence",))
    ]
    assert outcome(findings(block | {"certainty": None})) == [
        ("mechanism", Severity.INFO, ("evidence",))
    ]


def test_the_size_of_an_effect_rests_on_what_the_finding_rests_on() -> None:
    block = {
        "type": "evidence_summary", "id": "e", "finding": "It may help.", "certainty": "low", "effect": ENDORPHINS,
        "evidence": [evidence(certainty="high")],
    }  # fmt: skip

    assert outcome(findings(block)) == [
        ("mechanism", Severity.WARN, ("verb_stronger_than_evidence",))
    ]


@pytest.mark.parametrize(
    ("retracted_at", "note"),
    [(None, "evidence"), ("2026-01-02", "evidence_unusable")],
)
def test_what_a_page_takes_from_a_reference_rests_on_it(
    retracted_at: str | None, note: str
) -> None:
    reference = {"key": "r", "note": ENDORPHINS, "kind": "rct", "certainty": "high", "direction": "supports", "retracted_at": retracted_at}  # fmt: skip
    page = page_of_document({"locale": "en", "references": [reference]})

    (found,) = check_page(page).findings

    assert (found.block_id, found.notes) == ("r", (note,))


def test_figures_stories_and_medicines_are_read() -> None:
    html = {"html": "<p>Words.</p>"}

    blocks = read(
        {"type": "stat", "id": "s", "population": "adults", "statement": "had it", "period": None},
        {"type": "personal_story", "id": "p", "body": html},
        {"type": "medicine_info", "id": "m", "dose": html},
        {"type": "video", "id": "v"},
    )  # fmt: skip

    assert [(b.id, b.role, b.text) for b in blocks] == [
        ("s", Role.BODY, "adults had it"),
        ("p", Role.TESTIMONIAL, "Words."),
        ("m", Role.BODY, "Words."),
    ]


def test_a_dose_has_its_place() -> None:
    text = {"html": "<p>Take 1000 mg four times a day.</p>"}

    placed = findings({"type": "medicine_info", "id": "m", "dose": text})
    loose = findings({"type": "rich_text", "id": "r", "body": text})

    assert outcome(loose) == [("dosage", Severity.WARN, ())]
    assert outcome(placed) == [("dosage", Severity.INFO, ("medicine_info",))]
