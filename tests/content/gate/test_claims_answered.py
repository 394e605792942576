"""Every claim that the engine warns of or blocks is a reason of the gate, whatever stands beside it and is permitted."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.claims.engine import check_page
from health_content.claims.facts import (
    Block,
    Certainty,
    EvidenceFacts,
    EvidenceKind,
    Page,
    PermittedClaimFacts,
    Stance,
)
from health_content.claims.findings import Profile, Severity
from health_content.gate import decide
from health_content.gate_facts import Policy
from health_content.selectors.claims import gravest_claims
from tests.content.gate.test_decide import FINE, NOW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from health_content.claims.findings import Finding, Report

MIGRAINE = "Acupuncture treats migraine."
BACK = "Acupuncture relieves back pain."
IMMUNE = "Vitamin C boosts your immune system."
SUBJECTS = {
    MIGRAINE: ("acupuncture", "migraine"),
    BACK: ("acupuncture", "back pain"),
    IMMUNE: ("vitamin c", "immune system"),
}
WEAK = EvidenceFacts(kind=EvidenceKind.SYSTEMATIC_REVIEW, certainty=Certainty.VERY_LOW)
STRONG = EvidenceFacts(kind=EvidenceKind.SYSTEMATIC_REVIEW, certainty=Certainty.HIGH)
PROFILES = [profile for profile in Profile if profile is not Profile.REPLY]
ROWS = [*chain.from_iterable(combinations(Stance, size) for size in range(3))]


def row(text: str, stance: Stance, jurisdiction: str) -> PermittedClaimFacts:
    treatment, condition = SUBJECTS[text]
    return PermittedClaimFacts(
        treatments=(treatment,),
        conditions=(condition,),
        jurisdiction=jurisdiction,
        stance=stance,
        wording=f"short-term relief of {condition}",
    )


def report(
    text: str,
    profile: Profile,
    evidence: tuple[EvidenceFacts, ...] = (),
    permitted: tuple[PermittedClaimFacts, ...] = (),
) -> Report:
    block = Block(id="b", text=text, evidence=evidence)
    page = Page(locale="en", blocks=(block,), permitted=permitted)
    return check_page(page, profile=profile)


def checks(reports: Sequence[Report], profiles: Sequence[Profile]) -> dict[str, str]:
    """Return the check that each claim of *reports* fails, and how: fingerprint to `G08 block two_people`."""
    claims = gravest_claims(reports)
    facts = replace(FINE, claims=claims, is_clinic=Profile.UK_CLINIC in profiles)
    return {
        o.reason.sentence: f"{o.check} {o.level} {o.waiver}"
        for o in decide(facts, Policy(), (), now=NOW).outcomes
    }


def fingerprint(finding: Finding) -> str:
    return f"{finding.rule}:{finding.sentence_sha}"


@given(
    st.sampled_from([*SUBJECTS]),
    st.sampled_from([(), (WEAK,), (STRONG,)]),
    st.sampled_from(ROWS),
    st.sampled_from(["uk", "us", "eu", "au"]),
    st.lists(st.sampled_from(PROFILES), min_size=1, unique=True),
)
def test_no_claim_is_lost(
    text: str,
    evidence: tuple[EvidenceFacts, ...],
    stances: tuple[Stance, ...],
    jurisdiction: str,
    profiles: list[Profile],
) -> None:
    rows = tuple(row(text, stance, jurisdiction) for stance in stances)
    reports = [report(text, profile, evidence, rows) for profile in profiles]
    bare = [report(text, profile, evidence) for profile in profiles]

    found = checks(reports, profiles)

    serious = {
        fingerprint(f): f
        for each in reports
        for f in each.findings
        if f.severity is not Severity.INFO
    }
    assert serious.keys() <= found.keys()
    permitted = {
        fingerprint(f)
        for each in reports
        for f in each.findings
        if "permitted_claim" in f.notes
    }
    grave = {
        fingerprint(f)
        for each in bare
        for f in each.findings
        if f.severity is Severity.BLOCK
    }
    for name in grave - permitted:
        assert found[name] == "G08 block two_people"


@pytest.mark.parametrize("evidence", [(), (WEAK,)])
@pytest.mark.parametrize(
    ("text", "profile", "jurisdiction", "rule", "expected"),
    [
        # It blocks by itself there.
        (MIGRAINE, Profile.UK_CLINIC, "uk", "DZC-001", "G08 block two_people"),
        (MIGRAINE, Profile.US_COMMERCE, "us", "DZC-001", "G08 block two_people"),
        (IMMUNE, Profile.EU_FOOD, "eu", "FUD-011", "G08 block two_people"),
        # Only the regulator speaks against it.
        (MIGRAINE, Profile.EDITORIAL, "uk", "DZC-001", "G21 warn lead"),
        (BACK, Profile.UK_CLINIC, "uk", "DZC-002", "G21 block lead"),
    ],
)
def test_a_regulators_no_makes_no_claim_lighter(
    evidence: tuple[EvidenceFacts, ...],
    text: str,
    profile: Profile,
    jurisdiction: str,
    rule: str,
    expected: str,
) -> None:
    rows = (row(text, Stance.NOT_PERMITTED, jurisdiction),)

    found = checks([report(text, profile, evidence, rows)], [profile])

    assert {n: c for n, c in found.items() if n.startswith(rule)} == {
        f"{rule}:{_sha(text)}": expected
    }


def test_the_gravest_profile_counts_whichever_table_speaks() -> None:
    rows = (row(MIGRAINE, Stance.NOT_PERMITTED, "us"),)
    profiles = [Profile.EDITORIAL, Profile.EU_FOOD]

    found = checks([report(MIGRAINE, p, (), rows) for p in profiles], profiles)

    assert found[f"DZC-001:{_sha(MIGRAINE)}"] == "G08 block two_people"


def _sha(text: str) -> str:
    return report(text, Profile.EDITORIAL).findings[0].sentence_sha
