"""What is told by mail, written in the transaction of what it tells of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django_tasks import task_backends
from django_tasks.backends.immediate import ImmediateBackend

from ..models import Action, Event, MessageKind, OutboxMessage, ReplyStatus
from ..tasks import send_mails

if TYPE_CHECKING:
    from datetime import datetime

    from ..models import Decision, Participant, Reply


def author_tell(reply: Reply, decision: Decision, *, now: datetime) -> None:
    """Have the author of *reply* told of a decision that changed something for them."""
    is_public_now = (
        decision.to_status == ReplyStatus.PUBLISHED
        and decision.action in {Action.APPROVE, Action.RESTORE, Event.REDACT}
        and (decision.from_status, decision.action)
        != (ReplyStatus.PUBLISHED, Action.APPROVE)
    )
    if reply.participant is not None and (decision.reason or is_public_now):
        message_add(
            MessageKind.DECISION,
            reply.participant,
            key=f"decision:{decision.pk}",
            now=now,
            facts={"decision": str(decision.key), "reply": str(reply.pk)},
        )


def message_add(
    kind: MessageKind,
    participant: Participant,
    *,
    key: str,
    now: datetime,
    facts: dict[str, Any],
) -> None:
    """Put a message to a participant into the outbox, if there is a proven address to send it to.

    The caller holds the transaction; *key* names what is told, once.
    """
    if not can_be_written_to(participant):
        return
    OutboxMessage.objects.create(
        kind=kind,
        key=key,
        participant=participant,
        locale=participant.locale,
        facts=facts,
        due_at=now,
        created_at=now,
    )
    send_later()


def send_later() -> None:
    """Have the outbox sent after the commit, where tasks run elsewhere.

    The immediate backend would send within the reader's request, whose time would then tell who is known; there the
    command `send_reply_mails` does it.
    """
    if not isinstance(task_backends["default"], ImmediateBackend):
        transaction.on_commit(send_mails.enqueue)


def can_be_written_to(participant: Participant) -> bool:
    """Return whether the participant has an account, or proved an address that is still known."""
    if participant.user_id is not None:
        return True
    return participant.verified_at is not None and participant.email_sealed != ""
