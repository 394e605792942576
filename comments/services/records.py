"""Decisions as they are recorded, told and mailed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from ..models import Decision, Event, Reply, ReplyStatus
from ..signals import reply_decided, reply_published

if TYPE_CHECKING:
    from datetime import datetime

    from ..actors import Actor

AUTHORS_EVENTS = frozenset({Event.VERIFY, Event.EDIT, Event.WITHDRAW, Event.ERASE})


def decision_write(**values: Any) -> Decision:
    """Write a decision within the caller's transaction and tell of it once that is committed."""
    decision = Decision.objects.create(**values)
    if decision.reply_key is not None:
        transaction.on_commit(lambda: _tell(decision))
    return decision


def reply_record(
    reply: Reply,
    action: str,
    *,
    from_status: str,
    actor: Actor,
    now: datetime,
    **values: Any,
) -> Decision:
    """Write what was done to a reply, whose status is the new one; what its author did is nobody's by name."""
    is_authors = action in AUTHORS_EVENTS
    return decision_write(
        reply=reply,
        reply_key=reply.pk,
        page_key=reply.thread.page_id,
        action=action,
        from_status=from_status,
        to_status=reply.status,
        actor=None if is_authors else actor.user,
        actor_label="author" if is_authors else actor.label,
        actor_kind=actor.kind,
        created_at=now,
        **values,
    )


def _tell(decision: Decision) -> None:
    facts = {"reply_id": decision.reply_key, "page_id": decision.page_key}
    reply_decided.send_robust(sender=Decision, decision_id=decision.pk, **facts)
    is_new = decision.from_status != ReplyStatus.PUBLISHED
    if is_new and decision.to_status == ReplyStatus.PUBLISHED:
        reply_published.send_robust(sender=Reply, **facts)
