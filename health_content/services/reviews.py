"""Writes medical reviews: who vouched for which content of a page, with what credential."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..actors import user_name
from ..credentials import CredentialState, credential_state
from ..errors import ConfirmationRefused, ReviewRefused
from ..models import MedicalReview, MedicalReviewTask, ReviewRejection, RiskConfirmation
from ..models.review import REASON_MIN_LENGTH, ReviewScope
from ..permissions import REVIEW
from ..review_forms import APPROVE
from ..review_rules import review_dates
from ..selectors.gate import needs_risk_confirmed
from ..selectors.minor_changes import review_to_confirm
from ..selectors.page_content import (
    page_content,
    page_digest,
    page_subject_id,
    stored_value,
)
from ..selectors.policies import review_rule_of
from ..selectors.review_states import page_interests
from ..selectors.reviewers import review_fault, reviewer_profile
from ..selectors.risk import page_risk
from ..signals import page_reviewed
from ..standalone import offered_digests
from .gate import emergency_settle
from .publication import page_lock

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AbstractUser
    from wagtail.models import TaskState

    from ..abstract import HealthPageMixin
    from ..models.people import Credential, PersonProfile

REVIEW_ACTION = "health_content.page.reviewed"
REJECT_ACTION = "health_content.page.review_rejected"
RISK_ACTION = "health_content.page.risk_confirmed"


@transaction.atomic
def review_record(
    page: HealthPageMixin,
    *,
    reviewer: AbstractUser,
    scope: ReviewScope = ReviewScope.FULL,
    comment: str = "",
    task_state: TaskState | None = None,
    clears_sections: bool = False,
) -> MedicalReview:
    """Append that *reviewer* approved the content that *page* has in memory; return the row.

    The reviewer's profile and its best credential are copied, and the content with them: what counts is what was so on
    the day. Whether the review is worth anything is for the gate to say. With *clears_sections* the sections that the
    page offers may be shown without the rest of it.

    Raises:
        PermissionDenied: *reviewer* clears sections and may not review, or not this page.
    """
    body = stored_value(page, "body")
    offered = offered_digests(body) if clears_sections else ()
    if offered and not _may_clear(page, reviewer):
        raise PermissionDenied
    # Whoever publishes the page, or takes it offline, waits, and sees the review.
    page_lock(page_subject_id(page))
    review = _review(page, reviewer, timezone.now())
    review.scope = scope
    review.standalone_sections = [*offered]
    review.comment = comment
    review.task_state = task_state
    dates = review_dates(review.reviewed_at.date(), review_rule_of(page))
    review.expires_at = timezone.make_aware(datetime.combine(dates.due_on, time.max))
    return _append(page, review, reviewer)


@transaction.atomic
def review_confirm(
    page: HealthPageMixin,
    *,
    reviewer: AbstractUser,
    comment: str = "",
    task_state: TaskState | None = None,
) -> MedicalReview:
    """Append that *reviewer* found no statement changed since the full review of *page*; return the row.

    The next review stays due when it was, and the page counts as reviewed when it was: nobody read it again as a whole.

    Raises:
        ConfirmationRefused: more than spelling changed, nobody reviewed it, that review is over, it was confirmed
            already, or *reviewer* may not review it.
    """
    page_lock(page_subject_id(page))
    full = review_to_confirm(page)
    if full is None:
        raise ConfirmationRefused(_("This change needs a new review."))
    if fault := review_fault(page, reviewer):
        raise ConfirmationRefused(fault)
    review = _review(page, reviewer, timezone.now())
    review.scope = ReviewScope.MINOR_CHANGE
    review.comment = comment
    review.task_state = task_state
    review.rests_on = full
    review.expires_at = full.expires_at
    return _append(page, review, reviewer)


@transaction.atomic
def review_give(
    page: HealthPageMixin, *, reviewer: AbstractUser, comment: str, is_evidence_checked: bool
) -> None:  # fmt: skip
    """Approve *page* as *reviewer*, as the step of a workflow that waits for a medical review; the last step publishes.

    Raises:
        ReviewRefused: no medical review is waited for.
        PermissionDenied: *reviewer* is not asked, or did not check the evidence.
        PublishBlocked: the review would not count, or something else speaks against the page.
    """
    base: Any = page
    state = base.current_workflow_task_state
    task = state.task.specific if state is not None else None
    if not isinstance(task, MedicalReviewTask):
        raise ReviewRefused(_("The page waits for no medical review."))
    task.on_action(
        state, reviewer, APPROVE, comment=comment, is_evidence_checked=is_evidence_checked
    )  # fmt: skip


@transaction.atomic
def review_reject(
    page: HealthPageMixin, *, reviewer: AbstractUser, reason: str
) -> ReviewRejection:
    """Append that *reviewer* found what *page* says not fit to be public, and what has to change; return the row."""
    row = ReviewRejection(
        page_id=page_subject_id(page),
        content_digest=page_digest(page),
        reason=reason.strip(),
        reviewer_id=reviewer.pk,
        reviewer_name=user_name(reviewer),
        rejected_at=timezone.now(),
    )
    row.save()
    data = {"digest": row.content_digest, "reason": row.reason}
    log(instance=page, action=REJECT_ACTION, user=reviewer, data=data)
    return row


@transaction.atomic
def risk_confirm(
    page: HealthPageMixin, *, reviewer: AbstractUser, reason: str
) -> RiskConfirmation:
    """Append that *reviewer* agrees to the risk, and the kind, that *page* has in memory; return the row.

    It holds until the page is public with another one.

    Raises:
        ConfirmationRefused: nothing is to be confirmed, *reviewer* may not review the page, or *reason* is no reason.
    """
    page_lock(page_subject_id(page))
    if not needs_risk_confirmed(page):
        raise ConfirmationRefused(_("Its risk needs no confirmation."))
    fault = review_fault(page, reviewer)
    if fault or not reviewer.has_perm(REVIEW):
        raise ConfirmationRefused(fault or _("You may not review pages medically."))
    reason = reason.strip()
    if len(reason) < REASON_MIN_LENGTH:
        message = _("Give a reason of at least %(count)d characters.")
        raise ConfirmationRefused(message % {"count": REASON_MIN_LENGTH})
    risk = page_risk(page)
    row = RiskConfirmation(
        page_id=page_subject_id(page),
        content_kind=risk.content_kind,
        risk_tier=str(risk.tier),
        reason=reason,
        reviewer_id=reviewer.pk,
        reviewer_name=user_name(reviewer),
        confirmed_at=timezone.now(),
    )
    row.save()
    data = {"risk": row.risk_tier, "content_kind": row.content_kind, "reason": reason}
    log(instance=page, action=RISK_ACTION, user=reviewer, data=data)
    return row


def _review(
    page: HealthPageMixin, reviewer: AbstractUser, now: datetime
) -> MedicalReview:
    """Return a review of *page* by *reviewer*, still without its scope and its end."""
    profile = reviewer_profile(reviewer)
    credential = _best_credential(profile, now.date()) if profile else None
    risk = page_risk(page)
    return MedicalReview(
        page_id=page_subject_id(page),
        content_digest=page_digest(page),
        content=page_content(page),
        reviewer_id=reviewer.pk,
        profile=profile,
        reviewer_name=profile.name if profile else str(reviewer),
        content_kind=risk.content_kind,
        risk_tier=str(risk.tier),
        specialties=profile.specialty_list if profile else [],
        credential=_snapshot(credential),
        credential_until=credential.valid_until if credential else None,
        is_verified=bool(credential and credential.verified_at),
        has_shared_interest=bool(
            profile is not None and page_interests(page, {profile.pk})
        ),
        reviewed_at=now,
    )


def _append(
    page: HealthPageMixin, review: MedicalReview, reviewer: AbstractUser
) -> MedicalReview:
    review.save()
    data = {
        "review": review.pk,
        "standalone_sections": len(review.standalone_sections),
        "digest": review.content_digest,
        "scope": str(review.scope),
    }
    page_reviewed.send(sender=type(page), review=review)
    emergency_settle(review.page_id, actor=reviewer)
    log(instance=page, action=REVIEW_ACTION, user=reviewer, data=data)
    return review


def _may_clear(page: HealthPageMixin, reviewer: AbstractUser) -> bool:
    return reviewer.has_perm(REVIEW) and not review_fault(page, reviewer)


def _best_credential(profile: PersonProfile, today: date) -> Credential | None:
    states = list(CredentialState)
    found: list[Credential] = list(profile.credentials.all())
    return min(
        found,
        key=lambda c: states.index(credential_state(c.facts, on=today)),
        default=None,
    )


def _snapshot(credential: Credential | None) -> dict[str, str | None]:
    if credential is None:
        return {}
    return {
        "title": credential.title,
        "awarding_body": credential.awarding_body,
        "registration_body": credential.registration_body,
        "valid_until": _iso(credential.valid_until),
        "verified_at": _iso(credential.verified_at),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
