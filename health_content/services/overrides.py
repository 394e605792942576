"""Writes overrides: somebody's decision, with a reason, that a page may pass a check that it fails."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from ..actors import user_name
from ..claims.loader import load_rule_base
from ..errors import OverrideRefused
from ..gate_facts import Waiver
from ..models import GateOverride, OverrideApproval
from ..models.review import REASON_MIN_LENGTH, OverrideKind
from ..permissions import OVERRIDE, may_waive
from ..selectors.overrides import blocking_besides_review, outcome_of
from ..selectors.page_content import page_digest, page_subject_id

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from ..abstract import HealthPageMixin
    from ..gate import Outcome

OVERRIDE_ACTION = "health_content.gate.override"
APPROVE_ACTION = "health_content.gate.override_approved"
# Nothing is overridden for ever: who still thinks so then says it again.
DAYS_DEFAULT = 30
DAYS_MAX = 90
LEAD_PERMISSION = OVERRIDE


@transaction.atomic
def override_grant(
    page: HealthPageMixin,
    *,
    actor: AbstractUser,
    fingerprint: str,
    kind: OverrideKind,
    reason: str,
    days: int = DAYS_DEFAULT,
) -> GateOverride:
    """Append that *page*, as it is in memory, may pass the reason with *fingerprint*; return the row.

    One that needs two people counts from the moment that the second one approves it.

    Raises:
        OverrideRefused: the page does not fail for that reason, nobody may waive it, *actor* may not, *reason* is no
            reason, or *days* are not 1 to 90.
    """
    outcome = _outcome(page, fingerprint)
    standing = _standing(page, actor, outcome)
    reason = reason.strip()
    if len(reason) < REASON_MIN_LENGTH:
        message = _("Give a reason of at least %(count)d characters.")
        raise OverrideRefused("reason", message % {"count": REASON_MIN_LENGTH})
    if not 1 <= days <= DAYS_MAX:
        message = _("An override lasts 1 to %(count)d days.")
        raise OverrideRefused("days", message % {"count": DAYS_MAX})
    now = timezone.now()
    is_of_sentence = outcome.reason.is_bound_to_sentence
    override = GateOverride(
        page_id=page_subject_id(page),
        check_id=str(outcome.check),
        fingerprint=fingerprint,
        rule_base=load_rule_base().version if is_of_sentence else "",
        content_digest="" if is_of_sentence else page_digest(page),
        sentence=outcome.reason.text,
        kind=OverrideKind(kind),
        reason=reason,
        standing=str(standing),
        user_id=actor.pk,
        user_name=user_name(actor),
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    override.save()
    data = {"override": override.pk, "check": override.check_id, "reason": reason}
    log(instance=page, action=OVERRIDE_ACTION, user=actor, data=data)
    return override


@transaction.atomic
def overrides_grant_all(
    page: HealthPageMixin, *, actor: AbstractUser, reason: str
) -> list[GateOverride]:
    """Override all that keeps *page*, as it is in memory, from going live but what a review settles; return the rows.

    Raises:
        OverrideRefused: *actor* may not answer alone for one of them, or *reason* is no reason.
    """
    fingerprints = dict.fromkeys(
        outcome.reason.fingerprint for outcome in blocking_besides_review(page)
    )
    return [
        override_grant(
            page,
            actor=actor,
            fingerprint=fingerprint,
            kind=OverrideKind.OTHER,
            reason=reason,
        )
        for fingerprint in fingerprints
    ]


@transaction.atomic
def override_approve(
    page: HealthPageMixin, override: GateOverride, *, actor: AbstractUser
) -> OverrideApproval:
    """Append the second person's consent to *override*; return the row.

    Raises:
        OverrideRefused: it needs no second person, has one, has ended, or *actor* gave it or may not.
    """
    if override.standing != Waiver.TWO_PEOPLE:
        raise OverrideRefused("override", _("It needs no second person."))
    if override.user_id == actor.pk:
        raise OverrideRefused("user", _("Somebody else has to approve it."))
    if not actor.has_perm(LEAD_PERMISSION):
        raise OverrideRefused("user", _("You may not override this check."))
    if override.expires_at <= timezone.now():
        raise OverrideRefused("override", _("It has ended."))
    approval = OverrideApproval(
        override=override,
        user_id=actor.pk,
        user_name=user_name(actor),
        approved_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            approval.save()
    except IntegrityError as error:
        raise OverrideRefused("override", _("It was approved already.")) from error
    data = {"override": override.pk, "check": override.check_id}
    log(instance=page, action=APPROVE_ACTION, user=actor, data=data)
    return approval


def _outcome(page: HealthPageMixin, fingerprint: str) -> Outcome:
    outcome = outcome_of(page, fingerprint)
    if outcome is None:
        raise OverrideRefused("fingerprint", _("The page does not fail for this reason."))  # fmt: skip
    return outcome


def _standing(page: Any, actor: AbstractUser, outcome: Outcome) -> Waiver:
    """Return as what *actor* answers for *outcome*."""
    if outcome.waiver is Waiver.NOBODY:
        raise OverrideRefused("check", _("Nobody may override this check."))
    if outcome.waiver is Waiver.REVIEWER:
        message = _("A reviewer confirms it; it is not overridden.")
        raise OverrideRefused("check", message)
    if not may_waive(page, actor, outcome.waiver):
        raise OverrideRefused("user", _("You may not override this check."))
    return outcome.waiver
