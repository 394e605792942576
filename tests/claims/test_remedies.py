"""What the editor is offered in place of a claim: never what the checker would warn of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from health_content.claims.engine import check_page, check_text
from health_content.claims.facts import Block, Page, PermittedClaimFacts, Stance
from health_content.claims.findings import Profile, Severity
from health_content.claims.loader import load_rule_base
from health_content.claims.remedies import (
    PermittedWording,
    Remedies,
    Subject,
    find_remedies,
)

BASE = load_rule_base()
CURE = "Acupuncture cures back pain for good."
BALANCE = "Acupuncture restores the balance of energy."
PERMITTED = "Acupuncture may offer short-term relief of chronic low back pain."
FACTS = PermittedClaimFacts(
    treatments=("Acupuncture",),
    conditions=("Chronic low back pain", "Back pain"),
    jurisdiction="uk",
    stance=Stance.PERMITTED,
    wording="short-term relief of chronic low back pain",
)
WORDING = PermittedWording(facts=FACTS, qualifier="Short-term.")
MIGRAINE = replace(FACTS, conditions=("Migraine",))
PAGE = Page(locale="en", blocks=(), treatments=("Acupuncture",), permitted=(FACTS,))
SUBJECT = Subject(
    page=PAGE,
    profiles=(Profile.EDITORIAL,),
    wordings=(WORDING,),
    traditions=frozenset({"TraditionalChinese"}),
)


def remedies(rule: str, sentence: str, subject: Subject = SUBJECT) -> Remedies:
    return find_remedies(sentence, BASE.rule(rule), subject, BASE.phrases)


def test_a_cure_may_be_said_as_the_regulator_accepts_it() -> None:
    found = remedies("CUR-001", CURE)

    assert found == Remedies(
        wording=PERMITTED, qualifier="Short-term.", is_permitted=True
    )


@pytest.mark.parametrize(
    ("change", "wording"),
    [
        ({}, PERMITTED),
        ({"facts": MIGRAINE}, ""),
        ({"facts": MIGRAINE, "is_of_page": True}, PERMITTED),
        ({"facts": replace(FACTS, conditions=())}, PERMITTED),
        ({"facts": replace(FACTS, stance=Stance.NOT_PERMITTED)}, ""),
        ({"facts": replace(FACTS, wording="a cure that works for everyone")}, ""),
    ],
)
def test_a_wording_has_to_be_permitted_for_what_is_meant(
    change: dict[str, object], wording: str
) -> None:
    subject = replace(SUBJECT, wordings=(replace(WORDING, **change),))  # type: ignore[arg-type]

    assert remedies("CUR-001", CURE, subject).wording == wording


def test_of_two_wordings_nobody_knows_which_is_meant() -> None:
    other = replace(WORDING, facts=replace(FACTS, wording="relief"))

    assert remedies("CUR-001", CURE, replace(SUBJECT, wordings=(WORDING, other))).wording == ""  # fmt: skip


def test_a_wording_holds_where_its_regulator_does() -> None:
    at_home = replace(SUBJECT, profiles=(Profile.UK_CLINIC,))
    abroad = replace(SUBJECT, profiles=(Profile.US_COMMERCE,))

    assert remedies("CUR-001", CURE, at_home).is_permitted
    assert not remedies("CUR-001", CURE, abroad).is_permitted


def test_a_claim_of_no_effect_has_no_permitted_wording() -> None:
    found = remedies("SAF-003", "Acupuncture for back pain is painless.")

    assert found.wording == BASE.rule("SAF-003").wording
    assert not found.is_permitted


def test_a_rule_without_a_sentence_of_its_own_offers_none() -> None:
    subject = replace(SUBJECT, wordings=())

    assert remedies("CUR-001", CURE, subject).wording == ""


def test_a_language_without_phrases_offers_the_rules_own() -> None:
    phrases = replace(BASE.phrases, permitted="")

    found = find_remedies(CURE, BASE.rule("CUR-001"), SUBJECT, phrases)

    assert found.wording == ""


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        (BALANCE, "acupuncture restores the balance of energy."),
        ("A needle restores the balance of energy.", "a needle restores the balance of energy."),
        ("Chinese needling restores the balance of energy.", "Chinese needling restores the balance of energy."),
        ("TCM restores the balance of energy.", "TCM restores the balance of energy."),
    ],
)  # fmt: skip
def test_a_belief_is_attributed_to_the_tradition_of_the_treatment(
    sentence: str, claim: str
) -> None:
    found = remedies("MEC-011", sentence)

    assert found.attributed == f"In traditional Chinese medicine, it is believed that {claim}"  # fmt: skip


@pytest.mark.parametrize(
    "traditions",
    [set(), {"TraditionalChinese", "Ayurvedic"}, {"WesternConventional"}],
)
def test_nothing_is_attributed_to_nobody_in_particular(traditions: set[str]) -> None:
    subject = replace(SUBJECT, traditions=frozenset(traditions))

    assert remedies("MEC-011", BALANCE, subject).attributed == ""


def test_what_no_tradition_settles_is_not_attributed() -> None:
    assert remedies("CUR-001", CURE).attributed == ""


def test_an_attribution_that_helps_nothing_is_not_offered() -> None:
    sentence = "Acupuncture restores the balance of energy and cures cancer for good."

    assert remedies("MEC-011", sentence).attributed == ""


def test_a_source_may_settle_what_its_rule_says() -> None:
    assert remedies("MEC-011", BALANCE).takes_reference
    assert not remedies("STP-001", "Stop taking your tablets.").takes_reference


@pytest.mark.parametrize("rule", [r for r in BASE.rules if r.wording], ids=lambda r: r.id)  # fmt: skip
@pytest.mark.parametrize("profile", list(Profile))
def test_the_checker_minds_no_wording_of_its_own(
    rule: object, profile: Profile
) -> None:
    report = check_text(rule.wording, profile=profile)  # type: ignore[attr-defined]

    assert report.worst in {None, Severity.INFO}


@pytest.mark.parametrize("rule", [r for r in BASE.rules if r.is_attributable], ids=lambda r: r.id)  # fmt: skip
def test_an_attributed_belief_is_a_hint_at_most(rule: object) -> None:
    phrases = BASE.phrases
    for claim in rule.positive:  # type: ignore[attr-defined]
        for tradition in phrases.traditions.values():
            text = phrases.attributed.format(tradition=tradition, claim=claim)
            blocks = (Block(id="", text=text),)
            findings = check_page(replace(PAGE, blocks=blocks)).findings
            graver = [f for f in findings if f.rule == rule.id and f.severity is not Severity.INFO]  # type: ignore[attr-defined] # fmt: skip
            assert graver == [], text
