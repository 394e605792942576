"""How sure a sentence sounds, what evidence carries it, and which row of the table of permitted wordings speaks of it."""

from __future__ import annotations

from typing import Any

import pytest

from health_content.claims.evidence import (
    Verb,
    best_certainty,
    is_verb_covered,
    verb_of,
)
from health_content.claims.facts import (
    Certainty,
    Direction,
    EvidenceFacts,
    EvidenceKind,
    PermittedClaimFacts,
    Stance,
)
from health_content.claims.findings import Profile
from health_content.claims.permitted import find_stance

WORDS = {
    Verb.PROBABLY: ("probably", "likely"),
    Verb.MAY: ("may", "might", "could", "possibly", "perhaps", "maybe"),
    Verb.UNCERTAIN: ("uncertain", "unclear", "unknown", "unsure"),
}


@pytest.mark.parametrize(
    ("word", "verb"), [(word, verb) for verb, words in WORDS.items() for word in words]
)
def test_each_word_says_how_sure_a_sentence_is(word: str, verb: Verb) -> None:
    assert verb_of(["it", word, "helps"]) is verb


def test_the_least_sure_word_counts() -> None:
    assert verb_of(["it", "probably", "may", "help"]) is Verb.MAY
    assert verb_of(["it", "is", "unclear", "if", "it", "may"]) is Verb.UNCERTAIN


def test_certainties_and_verbs_are_public_names() -> None:
    assert [str(verb) for verb in Verb] == ["does", "probably", "may", "uncertain"]


@pytest.mark.parametrize(
    ("verb", "least"),
    [
        (Verb.DOES, Certainty.HIGH),
        (Verb.PROBABLY, Certainty.MODERATE),
        (Verb.MAY, Certainty.LOW),
        (Verb.UNCERTAIN, Certainty.VERY_LOW),
    ],
)
def test_a_verb_needs_its_certainty_or_more(verb: Verb, least: Certainty) -> None:
    covered = [each for each in Certainty if is_verb_covered(verb, each)]

    assert covered == [each for each in Certainty if each.rank >= least.rank]
    assert not is_verb_covered(verb, None)


def evidence(**facts: Any) -> EvidenceFacts:
    return EvidenceFacts(**{"kind": EvidenceKind.RCT, **facts})


@pytest.mark.parametrize(
    ("given", "best"),
    [
        ([], None),
        ([evidence()], Certainty.LOW),
        ([evidence(certainty=Certainty.VERY_LOW)], Certainty.VERY_LOW),
        ([evidence(), evidence(certainty=Certainty.HIGH)], Certainty.HIGH),
        ([evidence(certainty=Certainty.HIGH, direction=Direction.MIXED)], None),
        ([evidence(certainty=Certainty.HIGH, is_retracted=True)], None),
        ([evidence(certainty=Certainty.HIGH, kind=EvidenceKind.IN_VITRO)], None),
        ([evidence(certainty=Certainty.HIGH, kind=EvidenceKind.OBSERVATIONAL)], None),
    ],
)
def test_the_best_usable_evidence_counts(
    given: list[EvidenceFacts], best: Certainty | None
) -> None:
    assert best_certainty(given) is best


def row(stance: Stance = Stance.PERMITTED, **facts: Any) -> PermittedClaimFacts:
    fields = {
        "treatments": ("Acupuncture", "Needling"),
        "conditions": ("Back pain", "Backache"),
        "jurisdiction": "uk",
        "wording": "may help with the short-term relief of back pain",
    }
    return PermittedClaimFacts(stance=stance, **{**fields, **facts})


SAID = ["acupuncture", "relieves", "back", "pain", "short", "term"]
NOT_SAID = ["acupuncture", "relieves", "back", "pain"]


def stance_of(
    words: list[str], *rows: PermittedClaimFacts, profile: Profile = Profile.UK_CLINIC
) -> Stance | None:
    found = find_stance(words, rows, profile)
    return found.stance if found else None


def test_a_permitted_wording_counts_where_it_says_all_that_matters() -> None:
    assert stance_of(SAID, row()) is Stance.PERMITTED
    assert stance_of(NOT_SAID, row()) is None
    assert stance_of(SAID, row(wording="")) is None
    assert stance_of(SAID, row(wording="relief of back pain")) is None


def test_a_row_that_forbids_wins_and_needs_no_wording() -> None:
    forbids = row(Stance.NOT_PERMITTED, wording="")
    against = row(Stance.GUIDELINE_AGAINST)

    assert stance_of(SAID, row(), forbids) is Stance.NOT_PERMITTED
    assert stance_of(NOT_SAID, against, forbids) is Stance.GUIDELINE_AGAINST


@pytest.mark.parametrize(
    ("profile", "own"),
    [
        (Profile.UK_CLINIC, "uk"),
        (Profile.US_COMMERCE, "us"),
        (Profile.EU_FOOD, "eu"),
        (Profile.AU_THERAPEUTIC, "au"),
    ],
)
def test_a_profile_looks_into_its_own_table(profile: Profile, own: str) -> None:
    for jurisdiction in ("uk", "us", "eu", "au"):
        found = stance_of(SAID, row(jurisdiction=jurisdiction), profile=profile)
        assert (found is not None) is (jurisdiction == own)
        assert stance_of(SAID, row(jurisdiction=jurisdiction), profile=Profile.EDITORIAL)  # fmt: skip


@pytest.mark.parametrize(
    ("words", "facts", "is_found"),
    [
        (SAID, {}, True),
        (SAID, {"treatments": ("cupping",)}, False),
        (SAID, {"treatments": ("", "Cupping", "Acupuncture")}, True),
        (SAID, {"conditions": ("headache",)}, False),
        (SAID, {"conditions": ("headache", "Back\u00a0pain")}, True),
        (SAID, {"conditions": ("pain back",)}, False),
        (["short", "term", "back", "pain", "acupuncture"], {}, True),
        (["short", "term", "backaches", "needling"], {}, True),
        (
            ["short", "term", "backache", "needling"],
            {"conditions": ("Backaches",), "wording": "short-term relief"},
            True,
        ),
        (["acupuncture", "for", "short", "term", "back"], {}, False),
        ([], {}, False),
    ],
)
def test_treatment_and_condition_are_named_word_by_word(
    words: list[str], facts: dict[str, str], is_found: bool
) -> None:
    assert (stance_of(words, row(**facts)) is not None) is is_found
