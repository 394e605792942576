"""What risks, care cards, stories, findings and the evidence of statements are to the gate of a real page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from health_content.errors import PublishBlocked
from health_content.gate_facts import Level
from health_content.selectors import page_document
from health_content.selectors.gate import gate_facts, page_decision
from health_content.services.reviews import review_record
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.gated, pytest.mark.django_db]

ENDORPHINS = "<p>Acupuncture stimulates the release of endorphins.</p>"


@pytest.fixture
def page(home: Any, doctor: Any) -> Callable[..., Any]:
    """Return `page(*blocks)`: a reviewed draft of a page with these blocks."""

    def make(*blocks: Any, **fields: Any) -> Any:
        made = factories.article(live=False, body=json.dumps(blocks), **fields)
        made.save_revision()
        review_record(made.latest_revision.as_object(), reviewer=doctor)
        return made

    return make


def listed(kind: str, html: str, *references: Any, **item: Any) -> Any:
    evidence = [factories.item(ref.pk, f"evidence-{ref.pk}") for ref in references]
    value = {"title": "", "body": html, "evidence": evidence} | item
    items = [factories.item(value, f"{kind}-item")]
    return factories.block(kind, {"heading": "", "introduction": "", "items": items})


def reasons(page: Any) -> set[tuple[str, str, str]]:
    return {
        (o.check.value, o.level.value, o.reason.code)
        for o in page_decision(page).outcomes
    }


def of(page: Any, check: str) -> list[tuple[str, str]]:
    return sorted((level, code) for c, level, code in reasons(page) if c == check)


# G09, G10, G11: the evidence of a statement.


def test_a_claim_with_good_evidence_is_answered_for(page: Any) -> None:
    review = factories.reference(kind="systematic_review", certainty="high")
    made = page(listed("mechanism_list", ENDORPHINS, review))

    (claim,) = gate_facts(made, ["editorial"]).claims

    assert (claim.severity, claim.is_about_certainty) == (Level.INFO, False)
    assert (of(made, "G09"), of(made, "G10"), of(made, "G11")) == ([], [], [])


def test_a_claim_without_evidence_is_not(page: Any) -> None:
    made = page(listed("mechanism_list", ENDORPHINS))

    assert of(made, "G09") == [("warn", "claim")]
    assert of(made, "G10") == [("block", "references_missing")]


def test_a_verb_stronger_than_its_evidence_is_a_matter_of_certainty(page: Any) -> None:
    review = factories.reference(kind="systematic_review", certainty="low")
    made = page(listed("mechanism_list", ENDORPHINS, review))

    assert (of(made, "G09"), of(made, "G11")) == ([], [("warn", "claim")])


@pytest.mark.parametrize(
    ("facts", "gap"),
    [
        ({"kind": "animal", "certainty": "high"}, []),
        (
            {"kind": "rct", "certainty": "high", "retracted_at": timezone.localdate()},
            [("block", "reference_retracted"), ("block", "references_missing")],
        ),
        (
            {"kind": "rct", "certainty": "high", "live": False},
            [("block", "citation_dangling"), ("block", "references_missing")],
        ),
    ],
)
def test_evidence_that_carries_nothing_answers_nothing(
    page: Any, facts: Any, gap: list[tuple[str, str]]
) -> None:
    made = page(listed("mechanism_list", ENDORPHINS, factories.reference(**facts)))

    assert of(made, "G09") == [("warn", "claim")]
    assert (of(made, "G10"), of(made, "G11")) == (gap, [])


def test_a_retraction_reaches_the_statement(page: Any) -> None:
    trial = factories.reference(kind="systematic_review", certainty="high")
    made = page(listed("benefit_list", ENDORPHINS, trial))
    trial.retracted_at = timezone.localdate()
    trial.save()

    document = page_document(made)

    (item,) = document["body"][0]["items"]  # type: ignore[index,call-overload]
    assert item["evidence"][0]["retracted"] is True
    assert of(made, "G10") == [
        ("block", "reference_retracted"),
        ("block", "references_missing"),
    ]


def test_a_finding_of_research_sounds_as_sure_as_it_is(page: Any) -> None:
    review = factories.reference(kind="systematic_review")

    def summary(finding: str) -> Any:
        value = {"question": "Does heat help?", "finding": finding, "certainty": "low", "evidence": [review.pk]}  # fmt: skip
        return factories.block("evidence_summary", value)

    assert of(page(summary("Heat helps.")), "G11") == [("warn", "finding_overstated")]
    assert of(page(summary("Heat may help.")), "G11") == []


def test_references_of_statements_come_after_those_of_the_page(page: Any) -> None:
    first, second, third = (factories.reference(name) for name in ("A", "B", "C"))
    made = page(
        listed("benefit_list", "<p>x</p>", third, first),
        listed("risks", "<p>y</p>", second, frequency="rare"),
        references=json.dumps([factories.block("reference", {"reference": first.pk})]),
    )

    document: Any = page_document(made)

    titles = [r["csl"]["title"] for r in document["references"]]
    assert titles == ["A", "C", "B"]
    assert document["references"][1]["key"] == factories.block_id(
        f"evidence-{third.pk}"
    )
    used = [[e["number"] for e in b["items"][0]["evidence"]] for b in document["body"]]
    assert used == [[2, 1], [3]]
    assert [e["key"] for e in document["body"][0]["items"][0]["evidence"]] == [
        r["key"] for r in (document["references"][1], document["references"][0])
    ]
    article = document["seo"]["jsonld"]["@graph"][1]
    assert [node["name"] for node in article["citation"]] == ["A", "C", "B"]


# Traditional beliefs.


def test_a_traditional_belief_is_attributed(page: Any) -> None:
    def belief(html: str) -> Any:
        return page(listed("mechanism_list", html, status="traditional_belief"))

    plain = belief("<p>Each point belongs to an organ.</p>")
    said = belief("<p>In traditional Chinese medicine, each point is said to belong to an organ.</p>")  # fmt: skip

    assert of(plain, "G09") == [("warn", "claim")]
    assert of(said, "G09") == []


# G12, G14.


def test_risks_answer_benefits(page: Any) -> None:
    benefits = listed("benefit_list", "<p>Less pain for some.</p>")
    risks = listed("risks", "<p>Bruises.</p>", frequency="common")

    assert of(page(benefits), "G12") == [("warn", "risks_missing")]
    assert of(page(benefits, risks), "G12") == []


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("emergency", []),
        ("urgent", []),
        ("non_urgent", [("warn", "urgent_care_missing")]),
        ("self_care", [("warn", "urgent_care_missing")]),
    ],
)
def test_an_urgent_card_says_when_to_seek_help(
    page: Any, level: str, expected: list[tuple[str, str]]
) -> None:
    card = {"level": level, "title": "Call if", "criteria": ["weak legs"], "action": ""}

    made = page(factories.block("care_card", card), content_kind="symptom")

    assert of(made, "G14") == expected


# G18.

STORY = {"body": "<p>I walked a little every day.</p>", "person": "Sam"}
AGREED = {"consent_given_on": "2026-01-02", "consent_note": "register, entry 12"}


def publish(page: Any) -> Any:
    page.latest_revision.publish()
    page.refresh_from_db()
    return page


def test_a_story_without_consent_is_not_published(page: Any) -> None:
    made = page(factories.block("personal_story", STORY))

    with pytest.raises(PublishBlocked) as caught:
        publish(made)

    made.refresh_from_db()
    assert not made.live
    assert "A person is shown or quoted without a note of consent: Sam." in str(
        caught.value
    )


@pytest.mark.parametrize("known", [AGREED, {"is_fictional": True}])
def test_a_story_with_consent_is_published_and_nobody_reads_the_note(
    page: Any, client: Any, known: Any
) -> None:
    made = publish(page(factories.block("personal_story", STORY | known)))

    html = client.get(made.url).content.decode()
    assert made.live
    assert "Individual experience" in html
    assert "entry 12" not in html
    assert "entry 12" not in json.dumps(page_document(made))


def test_a_picture_of_a_patient_needs_consent(page: Any) -> None:
    chosen = {"image": factories.image().pk, "alt_text": "A man walks", "decorative": False}  # fmt: skip
    picture = {"image": chosen, "caption": "After a week", "shows_patient": True}

    without = page(factories.block("image", picture))
    agreed = page(factories.block("image", picture | AGREED))

    assert of(without, "G18") == [("block", "consent_missing")]
    assert of(agreed, "G18") == []


def test_a_video_of_a_patient_needs_consent_captions_and_a_transcript(
    page: Any,
) -> None:
    film = {"url": "https://vimeo.com/1", "title": "Her walk", "shows_patient": True}
    heard = {"has_captions": True, "transcript": "<p>She walks.</p>"}

    without = page(factories.block("video", film))
    good = page(factories.block("video", film | heard | AGREED))

    assert of(without, "G18") == [("block", "consent_missing")]
    assert of(without, "G16") == [
        ("warn", "captions_missing"),
        ("warn", "transcript_missing"),
    ]
    assert (of(good, "G16"), of(good, "G18")) == ([], [])


# G08: doses.


def test_a_dose_is_for_pages_about_medicines(page: Any) -> None:
    medicine = {"generic_name": "Ibuprofen", "dose": "<p>Follow the leaflet.</p>"}
    block = factories.block("medicine_info", medicine)

    assert of(page(block, content_kind="treatment"), "G08") == [
        ("block", "dose_misplaced")
    ]
    assert of(page(block, content_kind="medicine"), "G08") == []
