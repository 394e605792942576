"""Sends what waits in the outbox: at least once each, and never a word that a reader wrote."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPException
from typing import TYPE_CHECKING

from django.core.mail import EmailMessage
from django.db.models import Q

from ..mail_texts import mail_text
from ..models import MessageKind, MessageState, OutboxMessage, Reply, ReplyStatus
from ..tokens import email_unseal

if TYPE_CHECKING:
    from datetime import datetime

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 8
_FIRST_WAIT = timedelta(minutes=1)
_GROWTH = 4
_LONGEST_WAIT = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What came of one run."""

    sent: int
    failed: int
    """Attempts that failed; those that may succeed later included."""


def messages_send(*, now: datetime, max_count: int = 1_000) -> Sending:
    """Send what is due and return how much that was. Any number of processes may do so at once.

    A message is taken for the time of one attempt; who dies in it leaves it to be sent again, so it may come twice.
    """
    sent = failed = 0
    for _ in range(max_count):
        message = _take(now)
        if message is None:
            break
        if _send(message, now):
            sent += 1
        else:
            failed += 1
    return Sending(sent=sent, failed=failed)


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: a minute, then four times as long each time, a day at most."""
    factor: int = _GROWTH ** (attempts - 1)
    return min(_FIRST_WAIT * factor, _LONGEST_WAIT)


def _take(now: datetime) -> OutboxMessage | None:
    """Return the next message that is due, which nobody else takes meanwhile."""
    due = OutboxMessage.objects.filter(state=MessageState.WAITING, due_at__lte=now)
    for message in due.select_related("participant__user").order_by("due_at", "pk")[
        :20
    ]:
        attempts = message.attempts + 1
        taken = OutboxMessage.objects.filter(
            pk=message.pk, state=MessageState.WAITING, attempts=message.attempts
        ).update(attempts=attempts, due_at=now + wait_after(attempts))
        if taken:
            message.attempts = attempts
            return message
    return None


def _send(message: OutboxMessage, now: datetime) -> bool:
    address = _address(message)
    if not address or not _still_matters(message):
        _settle(message, MessageState.FAILED, now)
        return False
    text = mail_text(message, now=now)
    mail = EmailMessage(subject=text.subject, body=text.body, to=[address])
    mail.extra_headers = {"Auto-Submitted": "auto-generated"}
    try:
        mail.send()
    except (OSError, SMTPException) as error:
        # Without the message itself, which may name the address.
        logger.warning("Message %s: %s", message.pk, type(error).__name__)
        if message.attempts >= MAX_ATTEMPTS:
            _settle(message, MessageState.FAILED, now)
        return False
    _settle(message, MessageState.SENT, now)
    return True


def _settle(message: OutboxMessage, state: MessageState, now: datetime) -> None:
    """End the message; an address that nobody proved is forgotten with it."""
    OutboxMessage.objects.filter(pk=message.pk).update(
        state=state, settled_at=now, address_sealed=""
    )


def _address(message: OutboxMessage) -> str:
    """Return where the message goes: as it is known now, "" when it is not."""
    if message.address_sealed:
        return email_unseal(message.address_sealed)
    person = message.participant
    if person is None:
        return ""
    if person.user is not None:
        return person.user.email if person.user.is_active else ""
    return email_unseal(person.email_sealed) if person.verified_at else ""


def _still_matters(message: OutboxMessage) -> bool:
    """Return whether what the message asks for can still be done."""
    if message.kind != MessageKind.VERIFY:
        return True
    waiting = Q(pk=message.facts["reply"], status=ReplyStatus.UNVERIFIED)
    return Reply.objects.filter(waiting).exists()
