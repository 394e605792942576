"""Readers prove a mail address: once for a reply, or again to be remembered in another browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction

from ..actors import Actor
from ..assess.base import Assessment, Signal
from ..conf import get_conf
from ..decide import Outcome, decide
from ..errors import ProofRefused, StaleDecision
from ..machines import REPLY, target
from ..models import (
    Action,
    ChallengeUse,
    Event,
    MessageKind,
    OutboxMessage,
    Participant,
    Reply,
    ReplyStatus,
)
from ..ratelimit import Limit, hit
from ..selectors import policy_for
from ..tokens import (
    InvalidTokenError,
    Proof,
    email_hash,
    email_seal,
    keyed_hash,
    make_guest_token,
    read_proof_token,
)
from .decisions import Order, decision_make
from .items import item_open
from .limits import limit
from .outbox import send_later
from .records import reply_record
from .sanctions import sanction_in_force
from .standing import require_standing
from .transitions import reply_transition, thread_lock

if TYPE_CHECKING:
    from datetime import datetime

    from ..models import Thread

VERIFY, SIGN_IN = "verify", "sign_in"
MAX_AGES = {VERIFY: timedelta(days=2), SIGN_IN: timedelta(minutes=30)}
"""How long a link of each purpose is good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """What came of a link that was followed."""

    guest_token: str
    """What the browser keeps to be remembered."""
    display_name: str
    reply_id: UUID | None = None
    status: str = ""
    """Of the reply, `pending` or `published`; empty for a sign-in."""


def verification_ask(reply: Reply, email: str, *, locale: str, now: datetime) -> None:
    """Have a link sent to the address with which *reply* came in; the caller holds the transaction.

    Beyond `MAIL_LIMITS` none is sent, and nobody is told: the answer to the reader is the same.
    """
    _message(
        MessageKind.VERIFY,
        f"verify:{reply.pk}",
        email,
        locale=locale,
        now=now,
        facts={"reply": str(reply.pk), "site": reply.thread.site_id},
    )


def signin_ask(thread: Thread, email: str, *, network: str, now: datetime) -> None:
    """Have a link sent to an address if somebody has proven it before; there is no way to tell from outside.

    Raises:
        RateLimited: too many from that network.
    """
    limit("sign_in", network, now)
    person = _proven(email_hash(email))
    if person is None:
        return
    minute = int(now.timestamp()) // 60
    with transaction.atomic():
        _message(
            MessageKind.SIGN_IN,
            f"sign_in:{person.pk}:{minute}",
            email,
            locale=person.locale,
            now=now,
            facts={"participant": person.pk, "site": thread.site_id},
        )


def proof_use(token_raw: str, *, network: str, now: datetime) -> Proven:
    """Do what the link of a mail is for, once, and return what the browser is remembered by.

    A reply that waited for it goes on as the checks and the policy say, now that its author is known.

    Raises:
        ProofRefused: the token is not ours, too old, used, for another site, or its reply is gone. The cases are alike.
        AuthorSuspended: a measure against the person who proved the address; the link stays good.
        RateLimited: too many from that network.
    """
    limit("proof", network, now)
    try:
        proof = read_proof_token(token_raw, max_age=MAX_AGES)
    except InvalidTokenError as error:
        raise ProofRefused from error
    try:
        with transaction.atomic():
            ChallengeUse.objects.create(
                token_hash=keyed_hash("proof", token_raw),
                expires_at=now + MAX_AGES[proof.purpose],
            )
            return _verify(proof, now) if proof.purpose == VERIFY else _sign_in(proof)
    except (IntegrityError, StaleDecision, ValueError) as error:
        raise ProofRefused from error


def _sign_in(proof: Proof) -> Proven:
    person = Participant.objects.filter(
        pk=int(proof.subject),
        email_hmac=proof.email_hmac,
        verified_at__isnull=False,
        user__isnull=True,
    ).first()
    if person is None:
        raise ProofRefused
    return _remembered(person)


def _verify(proof: Proof, now: datetime) -> Proven:
    """Let the reply go on; the caller holds the transaction."""
    replies = Reply.objects.select_related("thread", "participant")
    reply = replies.filter(pk=UUID(proof.subject)).first()
    if reply is None or reply.participant is None:
        raise ProofRefused
    is_same = (proof.site_id, proof.email_hmac) == (
        reply.thread.site_id,
        reply.participant.email_hmac,
    )
    to_status = target(REPLY, Event.VERIFY, reply.status)
    if not is_same or to_status is None:
        raise ProofRefused
    thread_lock(reply.thread_id)
    guest = reply.participant
    person = _person(guest, proof.email_hmac, now)
    sanction = sanction_in_force(person.pk, now=now)
    require_standing(sanction)
    from_status = reply.status
    reply_transition(reply, to_status, now=now, participant=person)
    if person.pk != guest.pk:
        # Nobody would come back to that row, and erasing the person would leave the address in it.
        guest.delete()
    reply_record(
        reply, Event.VERIFY, from_status=from_status, actor=Actor.guest(), now=now
    )
    _go_on(reply, person, is_held=sanction is not None, now=now)
    return _remembered(person, reply_id=reply.pk, status=reply.status)


def _person(guest: Participant, email_hmac: str, now: datetime) -> Participant:
    """Return who proved the address before, or the guest, who did so now."""
    known = _proven(email_hmac)
    if known is not None:
        # They have a row of their own; this one was made for the reply alone.
        return known
    guest.verified_at = now
    guest.save(update_fields=["verified_at"])
    return guest


def _go_on(reply: Reply, person: Participant, *, is_held: bool, now: datetime) -> None:
    """Put the reply into the queue, or publish it where the policy does so with what was seen when it came in."""
    revision = reply.revisions.get(state="proposed")
    policy = policy_for(reply.thread.policy)
    verdict = decide(
        stored_assessment(revision.signals), policy, trust=person.trust, is_held=is_held
    )
    item = item_open(
        reply,
        revision.pk,
        reasons=verdict.reasons,
        severity=verdict.severity,
        priority=verdict.priority,
        now=now,
    )
    if verdict.outcome is Outcome.PUBLISH:
        item.revision = revision
        decision_make(
            item,
            Order(action=Action.APPROVE),
            actor=Actor.rule(policy.label),
            now=now,
            is_told=False,
            policy=policy.label,
            automated_detection=True,
        )


def stored_assessment(signals: list[dict[str, object]]) -> Assessment:
    """Return what the checks said when a text came in; what failed then counts as failed."""
    failed = [s for s in signals if s["check"] == "failed"]
    return Assessment(
        signals=tuple(
            Signal(
                code=str(s["code"]),
                check=str(s["check"]),
                version=str(s["version"]),
                score=float(str(s["score"])),
            )
            for s in signals
            if s not in failed
        ),
        failed=tuple(str(s["code"]).partition(":")[2] for s in failed),
    )


def _remembered(
    person: Participant, *, reply_id: UUID | None = None, status: str = ""
) -> Proven:
    return Proven(
        guest_token=make_guest_token(person.pk, person.session_version),
        display_name=person.display_name,
        reply_id=reply_id,
        status="published" if status == ReplyStatus.PUBLISHED else status,
    )


def _proven(email_hmac: str) -> Participant | None:
    return Participant.objects.filter(
        email_hmac=email_hmac, verified_at__isnull=False, user__isnull=True
    ).first()


def _message(
    kind: MessageKind,
    key: str,
    email: str,
    *,
    locale: str,
    now: datetime,
    facts: dict[str, object],
) -> None:
    """Put a message with a link into the outbox, unless the address has had enough of them."""
    limits = [Limit(count=n, seconds=seconds) for n, seconds in get_conf().mail_limits]
    hashed = email_hash(email)
    if hit("mail", hashed, limits=limits, now=now) is not None:
        return
    OutboxMessage.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "address_sealed": email_seal(email),
            "locale": locale,
            "facts": facts | {"email": hashed},
            "due_at": now,
            "created_at": now,
        },
    )
    send_later()
