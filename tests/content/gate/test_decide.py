"""The gate's decision: every check both ways, who may waive it, and what holds for all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.gate import decide
from health_content.gate_checks import CHECKS, Reason
from health_content.gate_facts import (
    Check,
    ClaimState,
    DisclaimerState,
    Fault,
    GateFacts,
    Level,
    Override,
    Policy,
    Readability,
    ReferencesState,
    ReviewScope,
    ReviewState,
    RiskTier,
    TranslationState,
    Waiver,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
DIGEST = "a" * 64
REVIEW = ReviewState(
    digest=DIGEST,
    reviewed_at=NOW - DAY,
    expires_at=NOW + 365 * DAY,
    reviewer_user_id=7,
)
MEDICAL = DisclaimerState(title="General", kind="medical_information")
FINE = GateFacts(
    digest=DIGEST,
    writers=frozenset({1, 2}),
    disclaimers=(MEDICAL,),
    reviews=(REVIEW,),
    references=ReferencesState(count=3),
)
CLAIM = ClaimState(
    rule="CUR-001",
    severity=Level.BLOCK,
    sentence_sha="5e7",
    text="It cures backs.",
    suggestion="It may help.",
    block_id="b1",
)
WARNING = replace(CLAIM, rule="MEC-001", severity=Level.WARN)


def found(
    facts: GateFacts,
    policy: Policy | None = None,
    overrides: tuple[Override, ...] = (),
    *,
    now: datetime = NOW,
) -> list[tuple[str, str, str]]:
    decision = decide(facts, policy or Policy(), overrides, now=now)
    return [
        (str(o.check), str(o.level), o.reason.code)
        for o in decision.outcomes
        if o.override is None
    ]


def review(**changes: Any) -> dict[str, Any]:
    return {"reviews": (replace(REVIEW, **changes),)}


def disclaimer(**changes: Any) -> dict[str, Any]:
    return {"disclaimers": (replace(MEDICAL, **changes),)}


def test_a_page_that_nothing_speaks_against_passes() -> None:
    decision = decide(FINE, Policy(), (), now=NOW)

    assert (decision.is_open, decision.status) == (True, "passed")
    assert (decision.outcomes, decision.blockers, decision.warnings) == ((), (), ())


def test_every_check_has_a_definition_in_order() -> None:
    assert list(CHECKS) == list(Check)
    assert [str(check) for check in Check] == [f"G{n:02}" for n in range(1, 23)]


FAILURES: list[tuple[dict[str, Any], list[tuple[str, str, str]]]] = [
    ({"disclaimers": ()}, [("G01", "block", "disclaimer_missing")]),
    (disclaimer(kind="affiliate"), [("G01", "block", "disclaimer_missing")]),
    (disclaimer(kind="not_emergency"), [("G01", "block", "disclaimer_missing")]),
    (
        {"disclaimers": (replace(MEDICAL, kind="sponsored"), MEDICAL)},
        [],
    ),
    (disclaimer(is_live=False), [("G02", "block", "disclaimer_draft")]),
    (disclaimer(expires_at=NOW), [("G02", "block", "disclaimer_expired")]),
    (disclaimer(expires_at=NOW + DAY), []),
    (disclaimer(is_in_language=False), [("G02", "block", "disclaimer_language")]),
    (
        disclaimer(is_in_jurisdiction=False),
        [("G02", "block", "disclaimer_jurisdiction")],
    ),
    ({"reviews": ()}, [("G03", "block", "review_missing")]),
    ({"reviews": (), "risk_tier": RiskTier.LOW}, []),
    ({"reviews": (), "risk_tier": RiskTier.LOW, "is_risk_unconfirmed": True}, [("G03", "block", "risk_unconfirmed")]),
    ({"reviews": (), "is_risk_unconfirmed": True}, [("G03", "block", "risk_unconfirmed"), ("G03", "block", "review_missing")]),
    ({"reviews": (), "risk_tier": RiskTier.HIGH}, [("G03", "block", "review_missing")]),
    (review(expires_at=NOW), [("G04", "block", "review_overdue")]),
    ({**review(expires_at=NOW), "risk_tier": RiskTier.LOW}, []),
    (review(reviewer_user_id=2), [("G05", "block", "reviewer_wrote")]),
    (review(reviewer_user_id=None), [("G05", "block", "reviewer_unknown")]),
    (review(has_shared_interest=True), [("G05", "block", "reviewer_interest")]),
    (
        review(has_shared_interest=True, shared_interests=("Needle Works", "Qi")),
        [("G05", "block", "reviewer_interest_in")],
    ),
    (review(is_by_writer=True), [("G05", "block", "reviewer_wrote")]),
    ({**review(reviewer_user_id=2), "risk_tier": RiskTier.LOW}, []),
    # A confirmation is worth what the review is that it confirms.
    (review(rests_on=REVIEW), []),
    (
        review(rests_on=replace(REVIEW, is_by_writer=True)),
        [("G05", "block", "reviewer_wrote")],
    ),
    # Whoever reviewed the whole page may make the small change that another confirms.
    (review(rests_on=replace(REVIEW, reviewer_user_id=2)), []),
    (
        review(
            has_shared_interest=True, rests_on=replace(REVIEW, has_shared_interest=True)
        ),
        [("G05", "block", "reviewer_interest")],
    ),
    (
        review(
            reviewer_user_id=None, rests_on=replace(REVIEW, reviewer_user_id=None)
        ),
        [("G05", "block", "reviewer_unknown")],
    ),
    (
        review(rests_on=replace(REVIEW, credential_until=NOW, is_specialty_fit=False)),
        [
            ("G06", "block", "credential_expired"),
            ("G06", "warn", "credential_specialty"),
        ],
    ),
    (
        review(is_verified=False, rests_on=replace(REVIEW, is_verified=False)),
        [("G06", "block", "credential_unverified")],
    ),
    (review(credential_until=NOW), [("G06", "block", "credential_expired")]),
    (review(credential_until=NOW + DAY), []),
    (review(is_verified=False), [("G06", "block", "credential_unverified")]),
    (review(is_specialty_fit=False), [("G06", "warn", "credential_specialty")]),
    ({**review(is_verified=False), "risk_tier": RiskTier.LOW}, []),
    (review(digest="b"), [("G07", "block", "changed")]),
    (
        {**review(digest="b"), "is_change_minor": True},
        [("G07", "block", "changed_slightly")],
    ),
    ({**review(digest="b"), "risk_tier": RiskTier.LOW}, []),
    ({"claims": (CLAIM,)}, [("G08", "block", "claim")]),
    ({"claims": (WARNING,)}, [("G09", "warn", "claim")]),
    ({"claims": (replace(CLAIM, severity=Level.INFO),)}, []),
    (
        {"claims": (WARNING,), "references": ReferencesState()},
        [("G09", "warn", "claim"), ("G10", "block", "references_missing")],
    ),
    ({"are_claims_checked": False}, [("G09", "info", "claims_unchecked")]),
    ({"references": ReferencesState()}, []),
    (
        {"references": ReferencesState(count=1, dangling=("Lee",), retracted=("Ray",))},
        [
            ("G10", "block", "citation_dangling"),
            ("G10", "block", "reference_retracted"),
        ],
    ),
    (
        {"claims": (replace(WARNING, is_about_certainty=True),)},
        [("G11", "warn", "claim")],
    ),
    # A weak source beside what must not stand does not let it pass.
    (
        {"claims": (replace(CLAIM, is_about_certainty=True),)},
        [("G08", "block", "claim")],
    ),
    # Nor does what a regulator says of it, at a clinic or elsewhere.
    *(
        ({"claims": (claim,), "is_clinic": is_clinic}, [("G08", "block", "claim")])
        for claim in (
            replace(CLAIM, is_about_permitted_wording=True),
            replace(CLAIM, is_about_permitted_wording=True, is_about_certainty=True),
        )
        for is_clinic in (False, True)
    ),
    (
        {"overstated": (Fault(code="finding_overstated", text="It works."),)},
        [("G11", "warn", "finding_overstated")],
    ),
    (
        {"misplaced_doses": (Fault(code="dose_misplaced", text="Ibuprofen"),)},
        [("G08", "block", "dose_misplaced")],
    ),
    (
        {"missing_aspects": ("Effectiveness",)},
        [("G12", "warn", "aspects_missing")],
    ),
    ({"has_benefits": True}, [("G12", "warn", "risks_missing")]),
    ({"has_benefits": True, "has_risks": True}, []),
    (
        {"is_about_crisis": True, "are_replies_open": True},
        [("G13", "block", "helpline_missing"), ("G13", "block", "replies_open")],
    ),
    ({"is_about_crisis": True, "has_helpline": True}, []),
    ({"are_replies_open": True}, []),
    ({"risk_tier": RiskTier.CRISIS}, [("G13", "block", "helpline_missing")]),
    ({"needs_urgent_care": True}, [("G14", "warn", "urgent_care_missing")]),
    (
        {"needs_urgent_care": True, "risk_tier": RiskTier.HIGH},
        [("G14", "block", "urgent_care_missing")],
    ),
    ({"needs_urgent_care": True, "has_urgent_care": True}, []),
    ({"is_commercial": True}, [("G15", "block", "interests_undeclared")]),
    ({"is_commercial": True, "are_interests_declared": True}, []),
    ({"accessibility": (Fault(code="alt_missing"),)}, [("G16", "warn", "alt_missing")]),
    (
        {"readability": Readability(lix=56.3, long_sentences=14)},
        [("G17", "info", "text_complex"), ("G17", "info", "sentences_long")],
    ),
    ({"readability": Readability(lix=45.0, long_sentences=10)}, []),
    ({"without_consent": (Fault(code="x"),)}, [("G18", "block", "consent_missing")]),
    (
        {
            "translation": TranslationState(
                is_source_reviewed=True, is_reviewed=False, has_source_changed=True
            )
        },
        [
            ("G19", "block", "translation_unreviewed"),
            ("G19", "block", "translation_behind"),
        ],
    ),
    (
        {
            "translation": TranslationState(
                is_source_reviewed=False, is_reviewed=False, has_source_changed=False
            )
        },
        [],
    ),
    (
        {"contradictions": (Fault(code="procedure_type"),)},
        [("G20", "warn", "procedure_type")],
    ),
    (
        {"claims": (replace(WARNING, is_about_permitted_wording=True),)},
        [("G21", "warn", "claim")],
    ),
    (
        {
            "claims": (replace(WARNING, is_about_permitted_wording=True),),
            "is_clinic": True,
        },
        [("G21", "block", "claim")],
    ),
    # What a regulator does not accept is a lead's to answer for, however weak the source beside it is.
    (
        {
            "claims": (
                replace(
                    WARNING, is_about_permitted_wording=True, is_about_certainty=True
                ),
            ),
            "is_clinic": True,
        },
        [("G21", "block", "claim")],
    ),
    (
        {"has_ai_assistance": True, "reviews": (), "risk_tier": RiskTier.LOW},
        [("G22", "block", "ai_unreviewed")],
    ),
    (
        {"has_ai_assistance": True, **review(scope=ReviewScope.SECTION)},
        [("G22", "block", "ai_unreviewed")],
    ),
    ({"has_ai_assistance": True}, []),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), FAILURES)
def test_each_check_finds_its_reasons(
    changes: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    facts = replace(FINE, **changes)

    assert found(facts) == expected
    is_open = all(level != "block" for _, level, _ in expected)
    decision = decide(facts, Policy(), (), now=NOW)
    assert decision.is_open is is_open
    assert (decision.status == "blocked") is not is_open


@pytest.mark.parametrize(
    "changes",
    [
        {"claims": (WARNING,)},
        {"missing_aspects": ("Effectiveness",)},
        {"has_benefits": True},
        {"accessibility": (Fault(code="alt_missing"),)},
    ],
)
def test_a_policy_blocks_what_others_warn_of(changes: dict[str, Any]) -> None:
    facts = replace(FINE, **changes)
    (warned,) = found(facts)
    (blocked,) = found(facts, Policy(levels={Check(warned[0]): Level.BLOCK}))

    assert (warned[1], blocked[1]) == ("warn", "block")


def test_a_policy_sets_the_level_of_a_check() -> None:
    facts = replace(FINE, reviews=())

    warned = decide(
        facts, Policy(levels={Check.REVIEW_MISSING: Level.WARN}), (), now=NOW
    )
    off = decide(facts, Policy(levels={Check.REVIEW_MISSING: Level.OFF}), (), now=NOW)

    assert (warned.status, warned.is_open) == ("warned", True)
    assert (off.status, off.outcomes) == ("passed", ())


def test_what_a_policy_switched_off_is_said() -> None:
    policy = Policy(levels={Check.REVIEW_MISSING: Level.OFF, Check.COVERAGE: Level.OFF})

    decision = decide(replace(FINE, reviews=()), policy, (), now=NOW)

    assert decision.is_open
    assert decision.ignored == (Check.REVIEW_MISSING,)


def test_no_policy_softens_what_nobody_may_waive() -> None:
    facts = replace(FINE, is_commercial=True)
    policy = Policy(levels={Check.INTERESTS: Level.OFF})

    assert found(facts, policy) == [("G15", "block", "interests_undeclared")]


def test_claims_that_repeat_a_long_way_are_reported_with_their_place() -> None:
    (outcome,) = decide(replace(FINE, claims=(CLAIM,)), Policy(), (), now=NOW).outcomes

    assert outcome.reason.text == "It cures backs."
    assert outcome.reason.suggestion == "It may help."
    assert outcome.reason.block_id == "b1"
    assert outcome.reason.fingerprint == "CUR-001:5e7"


def test_a_reason_about_a_long_text_has_a_name_that_fits() -> None:
    titles = ("A" * 5_000, "A" * 4_999 + "B")
    facts = replace(FINE, references=ReferencesState(count=3, retracted=titles))

    names = [
        o.reason.fingerprint for o in decide(facts, Policy(), (), now=NOW).outcomes
    ]

    assert len(set(names)) == 2
    assert max(map(len, names)) < 100


# Overrides


def override(check: Check, fingerprint: str, **changes: Any) -> Override:
    fields = {
        "expires_at": NOW + DAY,
        "digest": DIGEST,
        "granted_by": Waiver.TWO_PEOPLE,
        **changes,
    }
    return Override(check=check, fingerprint=fingerprint, **fields)


def test_two_people_let_a_claim_pass_and_the_decision_says_so() -> None:
    facts = replace(FINE, claims=(CLAIM,))
    given_by_two = override(Check.CLAIM_BLOCKING, CLAIM.fingerprint, digest="")

    decision = decide(facts, Policy(), (given_by_two,), now=NOW)

    assert (decision.is_open, decision.status) == (True, "overridden")
    assert [o.override for o in decision.outcomes] == [given_by_two]
    assert decision.blockers == ()


def test_a_sentence_keeps_its_override_when_the_rest_of_the_page_changes() -> None:
    changed = replace(
        FINE, digest="c", claims=(WARNING,), reviews=(replace(REVIEW, digest="c"),)
    )
    bound = override(Check.CLAIM_UNDECIDED, WARNING.fingerprint, digest="")

    assert found(changed, overrides=(bound,)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"expires_at": NOW},
        {"granted_by": Waiver.EDITOR},
        {"granted_by": Waiver.LEAD},
        {"granted_by": Waiver.REVIEWER},
        {"granted_by": Waiver.NOBODY},
        {"fingerprint": "CUR-001:another sentence"},
        {"check": Check.CLAIM_UNDECIDED},
        {"digest": "of other content"},
    ],
)
def test_an_override_that_does_not_fit_is_none(changes: dict[str, Any]) -> None:
    fields = {"check": Check.CLAIM_BLOCKING, "fingerprint": CLAIM.fingerprint}
    unfit = override(**(fields | changes))

    decision = decide(replace(FINE, claims=(CLAIM,)), Policy(), (unfit,), now=NOW)

    assert decision.status == "blocked"


def test_an_override_of_the_page_is_bound_to_its_content() -> None:
    facts = replace(FINE, reviews=())
    bound = override(Check.REVIEW_MISSING, "review_missing::", granted_by=Waiver.LEAD)

    assert found(facts, overrides=(bound,)) == []
    assert found(facts, overrides=(replace(bound, digest=""),)) != []
    assert found(replace(facts, digest="c"), overrides=(bound,)) != []


def test_only_a_reviewer_attests_a_minor_change_and_nobody_a_larger_one() -> None:
    minor = replace(FINE, is_change_minor=True, **review(digest="b"))
    bound = override(
        Check.CHANGED_SINCE_REVIEW, "changed_slightly::", granted_by=Waiver.REVIEWER
    )
    larger = replace(minor, is_change_minor=False)
    as_larger = replace(bound, fingerprint="changed::")

    assert found(minor, overrides=(bound,)) == []
    assert found(minor, overrides=(replace(bound, granted_by=Waiver.LEAD),)) != []
    assert found(larger, overrides=(as_larger,)) != []


def test_a_warning_that_is_overridden_is_none() -> None:
    bound = override(Check.CLAIM_UNDECIDED, WARNING.fingerprint, digest="")

    decision = decide(replace(FINE, claims=(WARNING,)), Policy(), (bound,), now=NOW)

    assert (decision.status, decision.warnings) == ("passed", ())


# What holds for all pages

FACTS = st.sampled_from([changes for changes, _ in FAILURES])
TIERS = st.sampled_from(RiskTier)
LEVELS = st.dictionaries(st.sampled_from(Check), st.sampled_from(Level))


@given(FACTS, TIERS, LEVELS)
def test_no_override_opens_what_nobody_may_waive(
    changes: dict[str, Any], tier: RiskTier, levels: dict[Check, Level]
) -> None:
    facts = replace(FINE, **{"risk_tier": tier, **changes})
    policy = Policy(levels=levels)
    before = decide(facts, policy, (), now=NOW)
    everything = tuple(
        override(o.check, o.reason.fingerprint, digest=digest, granted_by=granted_by)
        for o in before.outcomes
        for digest in (DIGEST, "")
        for granted_by in Waiver
    )

    after = decide(facts, policy, everything, now=NOW)

    kept = [o for o in after.outcomes if o.override is None]
    assert [o.check for o in kept] == [
        o.check for o in before.outcomes if o.waiver is Waiver.NOBODY
    ]


CLAIMS = st.lists(
    st.builds(
        ClaimState,
        rule=st.sampled_from(["DZC-001", "FUD-011", "MEC-001"]),
        severity=st.sampled_from([Level.WARN, Level.BLOCK]),
        sentence_sha=st.sampled_from(["1", "2", "3"]),
        text=st.just("It helps."),
        is_about_certainty=st.booleans(),
        is_about_permitted_wording=st.booleans(),
    ),
    unique_by=lambda claim: claim.fingerprint,
)


@given(CLAIMS, LEVELS, st.booleans())
def test_one_check_answers_for_every_claim_unless_it_is_off(
    claims: list[ClaimState],
    levels: dict[Check, Level],
    is_clinic: bool,
) -> None:
    facts = replace(FINE, claims=tuple(claims), is_clinic=is_clinic)

    everything = decide(facts, Policy(), (), now=NOW).outcomes
    policy = Policy(levels=levels)
    kept = decide(facts, policy, (), now=NOW).outcomes

    named = {claim.fingerprint: claim for claim in claims}
    assert sorted(o.reason.sentence for o in everything) == sorted(named)
    for outcome in everything:
        is_grave = named[outcome.reason.sentence].severity is Level.BLOCK
        assert (outcome.check is Check.CLAIM_BLOCKING) is is_grave
    assert [o.reason for o in kept] == [
        o.reason for o in everything if levels.get(o.check) is not Level.OFF
    ]


@given(FACTS, FACTS, TIERS)
def test_another_fault_never_opens_the_gate(
    one: dict[str, Any], other: dict[str, Any], tier: RiskTier
) -> None:
    with_one = replace(FINE, **{**one, "risk_tier": tier})
    fresh = {n: v for n, v in other.items() if n not in {*one, "risk_tier"}}
    with_both = replace(with_one, **fresh)
    relief = {"has_risks", "has_helpline", "has_urgent_care", "are_interests_declared"}
    if relief & fresh.keys() or "reviews" in fresh or "references" in fresh:
        return

    is_blocked = not decide(with_one, Policy(), (), now=NOW).is_open
    assert not is_blocked or not decide(with_both, Policy(), (), now=NOW).is_open


@given(st.integers(-400, 800))
def test_time_only_closes(days: int) -> None:
    facts = replace(
        FINE,
        disclaimers=(replace(MEDICAL, expires_at=NOW + 30 * DAY),),
        reviews=(replace(REVIEW, credential_until=NOW + 60 * DAY),),
    )
    moment = NOW + timedelta(days=days)

    if not decide(facts, Policy(), (), now=moment).is_open:
        assert not decide(facts, Policy(), (), now=moment + DAY).is_open


def test_an_interest_is_named() -> None:
    facts = replace(FINE, **review(shared_interests=("Needle Works", "Qi")))

    (blocker,) = decide(facts, Policy(), (), now=NOW).blockers

    assert blocker.reason.text == "Needle Works, Qi"


@pytest.mark.parametrize(("is_checked", "version"), [(True, "7"), (False, "")])
def test_a_decision_names_the_rules_that_claims_were_checked_by(
    is_checked: bool, version: str
) -> None:
    facts = replace(FINE, rule_base="7", are_claims_checked=is_checked)

    assert decide(facts, Policy(), (), now=NOW).rule_base == version


@pytest.mark.parametrize(("length", "is_whole"), [(200, True), (201, False)])
def test_a_long_text_is_named_by_its_hash(length: int, is_whole: bool) -> None:
    text = "x" * length

    fingerprint = Reason(code="c", level=Level.WARN, text=text).fingerprint

    assert (fingerprint == f"c:{text}:") is is_whole
    assert is_whole or len(fingerprint) == len("c::") + 64


def test_a_text_that_is_no_unicode_has_a_name() -> None:
    reason = Reason(code="c", level=Level.WARN, text="\ud800" * 201)

    assert len(reason.fingerprint) == len("c::") + 64
