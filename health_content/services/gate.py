"""Keeps a page that fails its checks from going live, and lets one pass in an emergency."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from .. import tasks
from ..actors import user_name
from ..after_commit import after_commit
from ..compat import page_model
from ..errors import EmergencyRefused, PublishBlocked
from ..gate_messages import reason_text
from ..models import EmergencyPublication, PublicationReason
from ..models.review import REASON_MIN_LENGTH
from ..refusals import refusal_note
from ..selectors.gate import page_decision
from ..selectors.page_content import page_digest, page_facts_digest, page_subject_id
from ..selectors.risk import page_risk
from .publication import publication_newest, publication_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.models import AbstractUser
    from wagtail.models import Revision

    from ..abstract import HealthPageMixin
    from ..actors import Actor
    from ..document_facts import JsonObject
    from ..gate import GateDecision

EMERGENCY = "emergency"
EMERGENCY_ACTION = "health_content.gate.emergency"
EMERGENCY_PERMISSION = "health_content.publish_emergency"
# A wrong dose must be mended in a minute; who mended it has a day to have it checked.
EMERGENCY_REVIEW_HOURS = 24


@dataclass(frozen=True, slots=True)
class _Emergency:
    """Somebody's word that a page goes live unchecked."""

    page_id: int
    user: AbstractUser
    reason: str
    noted: dict[str, EmergencyPublication] = field(default_factory=dict)
    """What was noted, by the digest of the content: a page and its aliases go live by one act."""


_emergency: ContextVar[_Emergency | None] = ContextVar(
    "health_content_emergency", default=None
)


def page_gate(page: HealthPageMixin) -> JsonObject:
    """Return what the record of *page* says of the gate; refuse to let a page that fails a check go live.

    A page that is public, says what it said and is what it was (`FACT_FIELDS`) is not asked again: moving, locking and
    renaming it stay possible. The caller holds the transaction.

    Raises:
        PublishBlocked: with the reasons.
    """
    digest = page_digest(page)
    asked: JsonObject = {
        "content_digest": digest,
        "facts_digest": page_facts_digest(page),
    }
    newest = publication_newest(page.pk) if page.pk else None
    is_same = newest is not None and newest.document and asked.items() <= newest.gate.items()  # fmt: skip
    given: JsonObject = newest.gate if newest is not None and is_same else {}
    if given and given.get("status") != EMERGENCY:
        return given
    decision = page_decision(page)
    if given and not decision.is_open:
        return given  # It stays as it is until it is reviewed.
    risk = page_risk(page)
    statement = asked | _statement(decision)
    statement |= {"content_kind": risk.content_kind, "risk": str(risk.tier)}
    if decision.is_open:
        return statement
    emergency = _emergency.get()
    if emergency is None or emergency.page_id != page_subject_id(page):
        reasons = [reason_text(outcome.reason) for outcome in decision.blockers]
        refusal = PublishBlocked(list(dict.fromkeys(reasons)), decision=decision)
        refusal_note(refusal)
        raise refusal
    row = _note_emergency(page, emergency, decision, digest)
    return statement | {"status": EMERGENCY, "emergency": row.pk}


def emergency_settle(page_id: int, *, actor: Actor) -> None:
    """Say in the record of the page that it passes, where it was published in an emergency and passes by now.

    The caller holds the transaction, and the lock of the page.
    """
    newest = publication_newest(page_id)
    if newest is None or newest.gate.get("status") != EMERGENCY:
        return
    row = page_model().objects.filter(pk=page_id, live=True).first()
    page: Any = row.specific if row is not None else None
    if page is None:
        return
    statement = page_gate(page)
    if statement["status"] == EMERGENCY:
        return
    page.gate_statement = statement
    publication_record(page, actor=actor, reason=PublicationReason.REBUILD)


def gate_faults(page: HealthPageMixin) -> list[str]:
    """Return what the gate would say to somebody who published *page*, as it is in memory; empty when it is open."""
    try:
        page_gate(page)
    except PublishBlocked as error:
        return list(error.reasons)
    return []


def page_publish_emergency(
    page: HealthPageMixin, revision: Revision, *, actor: AbstractUser, reason: str
) -> None:
    """Publish *revision* of *page* although it fails checks; the leads are told, and a review is due within a day.

    It is public at once, whenever it was to go live. A page that fails no check is published without a note.

    Raises:
        EmergencyRefused: *reason* is no reason.
        PermissionDenied: *actor* may not.
    """
    if not actor.has_perm(EMERGENCY_PERMISSION):
        raise PermissionDenied
    if len(reason.strip()) < REASON_MIN_LENGTH:
        raise EmergencyRefused(REASON_MIN_LENGTH)
    word = _Emergency(page_subject_id(page), actor, reason.strip())
    with transaction.atomic(), _declared(word):
        # They may publish in an emergency, whatever they may do on other days.
        due = _due_now(revision, actor)
        due.publish(user=actor, skip_permission_checks=True)


def _due_now(revision: Revision, actor: AbstractUser) -> Revision:
    """Return *revision*, or a new one that says the same where that waits for a day to come."""
    draft = revision.as_object()
    if draft.go_live_at is None or draft.go_live_at <= timezone.now():
        return revision
    draft.go_live_at = None
    # Publishing cleans it.
    due: Revision = draft.save_revision(user=actor, clean=False)
    return due


@contextmanager
def _declared(word: _Emergency) -> Iterator[None]:
    token = _emergency.set(word)
    try:
        yield
    finally:
        _emergency.reset(token)


def _note_emergency(
    page: HealthPageMixin, word: _Emergency, decision: GateDecision, digest: str
) -> EmergencyPublication:
    if digest in word.noted:
        return word.noted[digest]
    now = timezone.now()
    row = EmergencyPublication(
        page_id=word.page_id,
        content_digest=digest,
        reason=word.reason,
        outcomes=_outcomes(decision),
        user_id=word.user.pk,
        user_name=user_name(word.user),
        published_at=now,
        review_due_at=now + timedelta(hours=EMERGENCY_REVIEW_HOURS),
    )
    row.save()
    word.noted[digest] = row
    after_commit(partial(tasks.tell_emergency.enqueue, row.pk))
    data = {"emergency": row.pk, "reason": word.reason}
    log(instance=page, action=EMERGENCY_ACTION, user=word.user, data=data)
    return row


def _statement(decision: GateDecision) -> JsonObject:
    """Return the outcome as the record keeps it: what failed, and who answered for it."""
    return {
        "status": decision.status,
        "rule_base": decision.rule_base,
        "outcomes": [*_outcomes(decision)],
        "ignored": [str(check) for check in decision.ignored],
    }


def _outcomes(decision: GateDecision) -> list[JsonObject]:
    return [
        {
            "check": str(outcome.check),
            "level": str(outcome.level),
            "code": outcome.reason.code,
            "fingerprint": outcome.reason.fingerprint,
            "is_overridden": outcome.override is not None,
        }
        for outcome in decision.outcomes
    ]
