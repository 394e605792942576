"""Careful articles are not flagged: sentences of our own demonstration articles that once were, and why they were."""

from __future__ import annotations

import pytest

from health_content.claims import Severity, find_claims
from health_content.claims.blocks import check_block
from health_content.claims.facts import Block, Role
from health_content.claims.findings import Finding, Profile
from health_content.claims.loader import load_rule_base

SOBER = {
    "what is advised instead": "How acupuncture might ease back pain, what a session is like, what large reviews and guidelines found, and when back pain needs a doctor instead.",
    "lie is also a posture": "The needles are placed: You lie or sit comfortably.",
    "damage as what is not found": "No. In about 90 in 100 cases no specific disease or damage explains the pain (reference 2).",
    "an authority with a reference": "It can be combined with other care: WHO lists needling as one part of a wider plan, next to exercise, education and psychological support (reference 10).",
    "going on": "Arrange how you will judge, after a few sessions, whether it is worth going on.",
    "a reader's question": "Can I have acupuncture instead of seeing a doctor?",
    "words far apart": "Ask for an urgent appointment if you also have a high temperature, weight loss that you cannot explain, a lump in your back, or pain that is worse at night (reference 1).",
    "home as a place": "Readings at home help you and your clinic to see what your blood pressure is on ordinary days.",
    "one word for two": "A Cochrane review of nine trials with 1,117 people found that heat wraps gave a small, short-term reduction in pain of recent onset.",
    "agent after its effect": "Wind down: Leave at least an hour to relax before bed, without bright screens.",
    "a college is no celebrity": "The American College of Physicians recommends cognitive behavioral therapy for insomnia (CBT-I) as the first treatment for adults with long-term insomnia (reference 3).",
    "sold says nothing of haste": "Melatonin and herbal products are sold for sleep in many countries.",
}


def above_info(text: str, role: Role = Role.BODY) -> list[Finding]:
    """Return what is said of *text* beyond information."""
    block = Block(id="", text=text, role=role)
    findings = check_block(block, load_rule_base(), Profile.EDITORIAL)
    return [finding for finding in findings if finding.severity is not Severity.INFO]


@pytest.mark.parametrize("text", SOBER.values(), ids=SOBER.keys())
def test_sober_sentence_is_at_most_informed_about(text: str) -> None:
    assert above_info(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Forget the doctor and try needling instead.",
        "Why see a doctor when needles can do it instead?",
        "WHO recommends our needling.",
        "Vaccines are poison, and doctors lie about it.",
        "Hurry, our sessions are almost sold out.",
    ],
)
def test_claim_beside_it_is_still_found(text: str) -> None:
    assert above_info(text)


def test_question_of_a_reader_is_informed_about_and_not_silent() -> None:
    found = find_claims("Can I have acupuncture instead of seeing a doctor?")

    assert [str(each.severity) for each in found] == ["info"]


def test_question_of_a_seller_is_still_flagged() -> None:
    assert above_info("Can you afford to wait until it is too late?")


def test_reference_lowers_an_endorsement() -> None:
    claim = "WHO lists needling as a treatment"

    assert above_info(f"{claim}.")
    assert not above_info(f"{claim} (reference 10).")


@pytest.mark.parametrize(
    "text",
    [
        "If you do not want to suffer, our needles cure back pain.",
        "Because nobody told you, arthritis is cured by our tea.",
        "No diet, no gym, just one capsule and the fat melts away.",
        "No knife, no waiting, simply a tea that cures arthritis.",
        "Our peel has no downtime, no redness and no risk.",
        "Forget the scan: our healer can tell you whether the lump is harmless.",
    ],
)
def test_negator_or_doubt_that_is_not_about_the_claim_leaves_it(text: str) -> None:
    assert above_info(text)


@pytest.mark.parametrize(
    "text",
    [
        "If you have arthritis, our tea does not cure it.",
        "If the tea does not cure your arthritis see your doctor.",
        "No tea, including ours, cures back pain.",
        "No treatment has zero risk.",
        "Researchers asked whether needles cure back pain.",
    ],
)
def test_negator_or_doubt_about_the_claim_silences_it(text: str) -> None:
    assert above_info(text) == []


def test_category_can_keep_all_its_rules_silent() -> None:
    silences = load_rule_base().rule("VAX-011").unless

    assert "injury ..1 scheme" in " ".join(frame.source for frame in silences)
    assert above_info("Some countries have a vaccine injury scheme.") == []
    assert above_info("Vaccine injury is everywhere.")
