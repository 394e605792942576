"""Writes medical reviews: who vouched for which content of a page, with what credential."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from ..credentials import CredentialState, conflict_is_current, credential_state
from ..models import MedicalReview
from ..models.review import ReviewScope
from ..review_rules import review_dates
from ..selectors.gate import page_digest, page_subject_id
from ..selectors.policies import review_rule_of
from ..selectors.reviewers import reviewer_profile
from ..signals import page_reviewed

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AbstractUser
    from wagtail.models import TaskState

    from ..abstract import HealthPageMixin
    from ..models.people import Credential, PersonProfile

REVIEW_ACTION = "health_content.page.reviewed"


@transaction.atomic
def review_record(
    page: HealthPageMixin,
    *,
    reviewer: AbstractUser,
    scope: ReviewScope = ReviewScope.FULL,
    comment: str = "",
    task_state: TaskState | None = None,
) -> MedicalReview:
    """Append that *reviewer* approved the content that *page* has in memory; return the row.

    The reviewer's profile and its best credential are copied: what counts is what was so on the day. Whether the review
    is worth anything is for the gate to say.
    """
    now = timezone.now()
    profile = reviewer_profile(reviewer)
    credential = _best_credential(profile, now.date()) if profile else None
    dates = review_dates(now.date(), review_rule_of(page))
    review = MedicalReview(
        page_id=page_subject_id(page),
        content_digest=page_digest(page),
        reviewer_id=reviewer.pk,
        profile=profile,
        reviewer_name=profile.name if profile else str(reviewer),
        credential=_snapshot(credential),
        credential_until=credential.valid_until if credential else None,
        is_verified=bool(credential and credential.verified_at),
        has_shared_interest=_has_interest(profile, now.date()),
        scope=scope,
        comment=comment,
        reviewed_at=now,
        expires_at=timezone.make_aware(datetime.combine(dates.due_on, time.max)),
        task_state=task_state,
    )
    review.save()
    data = {"review": review.pk, "digest": review.content_digest, "scope": str(scope)}
    page_reviewed.send(sender=type(page), review=review)
    log(instance=page, action=REVIEW_ACTION, user=reviewer, data=data)
    return review


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


def _has_interest(profile: PersonProfile | None, today: date) -> bool:
    """Return whether the reviewer has an interest: what it is about only people can tell, so any one counts."""
    conflicts = profile.conflicts.all() if profile else ()
    return any(conflict_is_current(c.facts, on=today) for c in conflicts)
