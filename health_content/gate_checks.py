"""The checks of the gate, G01 to G22: each finds the reasons for which a page fails it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .gate_facts import Check, Level, ReviewScope, RiskTier, Waiver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from .gate_facts import (
        ClaimState,
        DisclaimerState,
        GateFacts,
        Policy,
        ReviewState,
    )


# The one kind that says that a page is no medical advice; "not for emergencies" says only when not to read on.
MEDICAL_KIND = "medical_information"
# What an override is stored under has room for; a longer text is named by its hash.
TEXT_MAX = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a page fails a check. `code` names the sentence that people read; `text` is what it is about."""

    code: str
    level: Level
    text: str = ""
    message: str = ""
    """What the claim engine says of it, in the language of its rules."""
    suggestion: str = ""
    source: str = ""
    """Address of what the claim engine's rule rests on."""
    block_id: str = ""
    sentence: str = ""
    """The fingerprint of the finding, where the reason is one of the claim engine's."""
    waiver: Waiver | None = None
    """Who may override this reason, where it is not who may override the check."""

    @property
    def is_bound_to_sentence(self) -> bool:
        """Return whether an override holds for as long as the sentence stands, whatever else changes."""
        return bool(self.sentence)

    @property
    def fingerprint(self) -> str:
        """Return what an override of this reason names."""
        if self.sentence:
            return self.sentence
        text = self.text
        if len(text) > TEXT_MAX:
            text = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        return f"{self.code}:{text}:{self.block_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A check: how it is made, and who may waive it."""

    find: Callable[[GateFacts, Policy, datetime], Iterator[Reason]]
    waiver: Waiver


def _disclaimer_missing(
    facts: GateFacts, _policy: Policy, _now: datetime
) -> Iterator[Reason]:
    if all(each.kind != MEDICAL_KIND for each in facts.disclaimers):
        yield Reason(code="disclaimer_missing", level=Level.BLOCK)


def _disclaimer_unfit(
    facts: GateFacts, _policy: Policy, now: datetime
) -> Iterator[Reason]:
    for disclaimer in facts.disclaimers:
        if code := _disclaimer_fault(disclaimer, now):
            yield Reason(code=code, level=Level.BLOCK, text=disclaimer.title)


def _disclaimer_fault(disclaimer: DisclaimerState, now: datetime) -> str:
    if not disclaimer.is_live:
        return "disclaimer_draft"
    if disclaimer.expires_at is not None and disclaimer.expires_at <= now:
        return "disclaimer_expired"
    if not disclaimer.is_in_language:
        return "disclaimer_language"
    return "" if disclaimer.is_in_jurisdiction else "disclaimer_jurisdiction"


def _current(facts: GateFacts) -> ReviewState | None:
    """Return the newest review of exactly the content that would go live."""
    return next((r for r in facts.reviews if r.digest == facts.digest), None)


def _needs_review(facts: GateFacts) -> bool:
    return facts.risk_tier is not RiskTier.LOW


def _review_missing(
    facts: GateFacts, _policy: Policy, _now: datetime
) -> Iterator[Reason]:
    if facts.is_risk_unconfirmed:
        yield Reason(code="risk_unconfirmed", level=Level.BLOCK, waiver=Waiver.REVIEWER)
    if _needs_review(facts) and not facts.reviews:
        yield Reason(code="review_missing", level=Level.BLOCK)


def _changed_since_review(
    facts: GateFacts, _policy: Policy, _now: datetime
) -> Iterator[Reason]:
    if not _needs_review(facts) or not facts.reviews or _current(facts) is not None:
        return
    if facts.is_change_minor:
        yield Reason(code="changed_slightly", level=Level.BLOCK, waiver=Waiver.REVIEWER)
    else:
        yield Reason(code="changed", level=Level.BLOCK, waiver=Waiver.NOBODY)


def _review_overdue(
    facts: GateFacts, _policy: Policy, now: datetime
) -> Iterator[Reason]:
    review = _current(facts)
    if _needs_review(facts) and review is not None and review.expires_at <= now:
        yield Reason(
            code="review_overdue",
            level=Level.BLOCK,
            text=review.expires_at.date().isoformat(),
        )


def _reviewer_involved(
    facts: GateFacts, _policy: Policy, _now: datetime
) -> Iterator[Reason]:
    review = _current(facts)
    if review is None or not _needs_review(facts):
        return
    # A minor change is confirmed by somebody who did not make it, of a review that holds by itself.
    yield from dict.fromkeys(
        reason for each in review.vouchers for reason in _involvement(each)
    )
    if review.reviewer_user_id in facts.writers or any(
        each.is_by_writer for each in review.vouchers
    ):
        yield Reason(code="reviewer_wrote", level=Level.BLOCK)


def _involvement(review: ReviewState) -> Iterator[Reason]:
    if review.reviewer_user_id is None:
        yield Reason(code="reviewer_unknown", level=Level.BLOCK)
    if review.shared_interests:
        names = ", ".join(review.shared_interests)
        yield Reason(code="reviewer_interest_in", level=Level.BLOCK, text=names)
    elif review.has_shared_interest:
        yield Reason(code="reviewer_interest", level=Level.BLOCK)


def _reviewer_unqualified(
    facts: GateFacts, _policy: Policy, now: datetime
) -> Iterator[Reason]:
    review = _current(facts)
    if review is None or not _needs_review(facts):
        return
    yield from dict.fromkeys(
        reason for each in review.vouchers for reason in _credential(each, now)
    )


def _credential(review: ReviewState, now: datetime) -> Iterator[Reason]:
    until = review.credential_until
    if until is not None and until <= now:
        yield Reason(code="credential_expired", level=Level.BLOCK)
    if not review.is_verified:
        yield Reason(code="credential_unverified", level=Level.BLOCK)
    if not review.is_specialty_fit:
        yield Reason(code="credential_specialty", level=Level.WARN)


def _claim(claim: ClaimState, level: Level) -> Reason:
    return Reason(
        code="claim",
        level=level,
        text=claim.text,
        message=claim.message,
        suggestion=claim.suggestion,
        source=claim.source,
        block_id=claim.block_id,
        sentence=claim.fingerprint,
    )


def _claims_of(facts: GateFacts, check: Check) -> Iterator[ClaimState]:
    """Yield the claims that *check* answers for."""
    return (claim for claim in facts.claims if _check_of(claim) is check)


def _check_of(claim: ClaimState) -> Check | None:
    """Return the check that answers for *claim*, one and the gravest; None where nobody has to."""
    if claim.severity is Level.BLOCK:
        # Neither a weak source nor a regulator's no makes what must not stand a lesser matter.
        return Check.CLAIM_BLOCKING
    if claim.is_about_permitted_wording:
        return Check.PERMITTED_WORDING
    if claim.is_about_certainty:
        return Check.CERTAINTY
    return Check.CLAIM_UNDECIDED if claim.severity is Level.WARN else None


def _claim_blocking(
    facts: GateFacts, _policy: Policy, _now: datetime
) -> Iterator[Reason]:
    for claim in _claims_of(facts, Check.CLAIM_BLOCKING):
        yield _claim(claim, Level.BLOCK)
    for fault in facts.misplaced_doses:
        yield Reason(
            code=fault.code,
            level=Level.BLOCK,
            text=fault.text,
            block_id=fault.block_id,
        )


def _claim_undecided(
    facts: GateFacts, _policy: Policy, _now: datetime
) -> Iterator[Reason]:
    if not facts.are_claims_checked:
        yield Reason(code="claims_unchecked", level=Level.INFO)
    for claim in _claims_of(facts, Check.CLAIM_UNDECIDED):
        yield _claim(claim, Level.WARN)


def _references(facts: GateFacts, _policy: Policy, _now: datetime) -> Iterator[Reason]:
    references = facts.references
    has_claims = any(claim.severity is not Level.OFF for claim in facts.claims)
    if has_claims and not references.count:
        yield Reason(code="references_missing", level=Level.BLOCK)
    for name in references.dangling:
        yield Reason(code="citation_dangling", level=Level.BLOCK, text=name)
    for title in references.retracted:
        yield Reason(code="reference_retracted", level=Level.BLOCK, text=title)


def _certainty(facts: GateFacts, _policy: Policy, _now: datetime) -> Iterator[Reason]:
    for claim in _claims_of(facts, Check.CERTAINTY):
        yield _claim(claim, Level.WARN)
    for fault in facts.overstated:
        yield Reason(
            code=fault.code,
            level=Level.WARN,
            text=fault.text,
            block_id=fault.block_id,
        )


def _coverage(facts: GateFacts, _policy: Policy, _now: datetime) -> Iterator[Reason]:
    if facts.missing_aspects:
        names = ", ".join(facts.missing_aspects)
        yield Reason(code="aspects_missing", level=Level.WARN, text=names)
    if facts.has_benefits and not facts.has_risks:
        yield Reason(code="risks_missing", level=Level.WARN)


def _crisis(facts: GateFacts, _policy: Policy, _now: datetime) -> Iterator[Reason]:
    if not facts.is_about_crisis and facts.risk_tier is not RiskTier.CRISIS:
        return
    if not facts.has_helpline:
        yield Reason(code="helpline_missing", level=Level.BLOCK)
    if facts.are_replies_open:
        yield Reason(code="replies_open", level=Level.BLOCK)


def _urgent_care(facts: GateFacts, _policy: Policy, _now: datetime) -> Iterator[Reason]:
    if facts.needs_urgent_care and not facts.has_urgent_care:
        is_grave = facts.risk_tier in {RiskTier.HIGH, RiskTier.CRISIS}
        level = Level.BLOCK if is_grave else Level.WARN
        yield Reason(code="urgent_care_missing", level=level)


def _interests(facts: GateFacts, _policy: Policy, _now: datetime) -> Iterator[Reason]:
    if facts.is_commercial and not facts.are_interests_declared:
        yield Reason(code="interests_undeclared", level=Level.BLOCK)


def _accessibility(
    facts: GateFacts, _policy: Policy, _now: datetime
) -> Iterator[Reason]:
    for fault in facts.accessibility:
        yield Reason(
            code=fault.code,
            level=Level.WARN,
            text=fault.text,
            block_id=fault.block_id,
        )


def _readability(facts: GateFacts, policy: Policy, _now: datetime) -> Iterator[Reason]:
    found = facts.readability
    if found is None:
        return
    if found.lix > found.lix_max:
        yield Reason(code="text_complex", level=Level.INFO, text=f"{found.lix:.0f}")
    if found.long_sentences > policy.long_sentences_max:
        yield Reason(
            code="sentences_long", level=Level.INFO, text=str(found.long_sentences)
        )


def _consent(facts: GateFacts, _policy: Policy, _now: datetime) -> Iterator[Reason]:
    for fault in facts.without_consent:
        yield Reason(
            code="consent_missing",
            level=Level.BLOCK,
            text=fault.text,
            block_id=fault.block_id,
        )


def _translation(facts: GateFacts, _policy: Policy, _now: datetime) -> Iterator[Reason]:
    found = facts.translation
    if found is None:
        return
    if found.is_source_reviewed and not found.is_reviewed:
        yield Reason(code="translation_unreviewed", level=Level.BLOCK)
    if found.has_source_changed:
        yield Reason(code="translation_behind", level=Level.BLOCK)


def _contradiction(
    facts: GateFacts, _policy: Policy, _now: datetime
) -> Iterator[Reason]:
    for fault in facts.contradictions:
        yield Reason(
            code=fault.code,
            level=Level.WARN,
            text=fault.text,
            block_id=fault.block_id,
        )


def _permitted_wording(
    facts: GateFacts, _policy: Policy, _now: datetime
) -> Iterator[Reason]:
    level = Level.BLOCK if facts.is_clinic else Level.WARN
    for claim in _claims_of(facts, Check.PERMITTED_WORDING):
        yield _claim(claim, level)


def _ai_assistance(
    facts: GateFacts, _policy: Policy, _now: datetime
) -> Iterator[Reason]:
    review = _current(facts)
    is_reviewed = review is not None and review.scope is not ReviewScope.SECTION
    if facts.has_ai_assistance and not is_reviewed:
        yield Reason(code="ai_unreviewed", level=Level.BLOCK)


CHECKS: Mapping[Check, Definition] = {
    Check.DISCLAIMER_MISSING: Definition(find=_disclaimer_missing, waiver=Waiver.LEAD),
    Check.DISCLAIMER_UNFIT: Definition(find=_disclaimer_unfit, waiver=Waiver.LEAD),
    Check.REVIEW_MISSING: Definition(find=_review_missing, waiver=Waiver.LEAD),
    Check.REVIEW_OVERDUE: Definition(find=_review_overdue, waiver=Waiver.LEAD),
    Check.REVIEWER_INVOLVED: Definition(find=_reviewer_involved, waiver=Waiver.NOBODY),
    Check.REVIEWER_UNQUALIFIED: Definition(
        find=_reviewer_unqualified, waiver=Waiver.LEAD
    ),
    Check.CHANGED_SINCE_REVIEW: Definition(
        find=_changed_since_review, waiver=Waiver.REVIEWER
    ),
    Check.CLAIM_BLOCKING: Definition(find=_claim_blocking, waiver=Waiver.TWO_PEOPLE),
    Check.CLAIM_UNDECIDED: Definition(find=_claim_undecided, waiver=Waiver.EDITOR),
    Check.REFERENCES: Definition(find=_references, waiver=Waiver.LEAD),
    Check.CERTAINTY: Definition(find=_certainty, waiver=Waiver.EDITOR),
    Check.COVERAGE: Definition(find=_coverage, waiver=Waiver.EDITOR),
    Check.CRISIS: Definition(find=_crisis, waiver=Waiver.NOBODY),
    Check.URGENT_CARE: Definition(find=_urgent_care, waiver=Waiver.LEAD),
    Check.INTERESTS: Definition(find=_interests, waiver=Waiver.NOBODY),
    Check.ACCESSIBILITY: Definition(find=_accessibility, waiver=Waiver.EDITOR),
    Check.READABILITY: Definition(find=_readability, waiver=Waiver.EDITOR),
    Check.CONSENT: Definition(find=_consent, waiver=Waiver.NOBODY),
    Check.TRANSLATION: Definition(find=_translation, waiver=Waiver.LEAD),
    Check.CONTRADICTION: Definition(find=_contradiction, waiver=Waiver.EDITOR),
    Check.PERMITTED_WORDING: Definition(find=_permitted_wording, waiver=Waiver.LEAD),
    Check.AI_ASSISTANCE: Definition(find=_ai_assistance, waiver=Waiver.NOBODY),
}
