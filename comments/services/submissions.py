"""A reader sends a reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ..actors import Actor
from ..conf import get_conf
from ..decide import Outcome
from ..errors import (
    FaultCode,
    FormSpent,
    IdempotencyMismatch,
    NotAllowed,
    ReplyInvalid,
    ThreadClosed,
    ThreadNotFound,
)
from ..ids import new_uuid7
from ..models import (
    Action,
    IdempotencyRecord,
    Participant,
    Reply,
    ReplyKind,
    ReplyStatus,
    Thread,
)
from ..selectors import PublicThread, live_page, page_language, public_thread
from ..signals import reply_submitted
from ..tokens import email_hash, email_seal, keyed_hash
from .assessing import Judged, revision_create, text_judge
from .decisions import Order, decision_make
from .identity import has_credential, known_participant, name_owners
from .intake import Accepted, Submission, accept
from .items import item_open
from .limits import limit
from .proofs import verification_ask
from .sanctions import sanction_in_force
from .standing import require_standing
from .threads import thread_ensure
from .transitions import thread_lock

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from ..sanitize import Rendered

MIN_RETRY_KEY = 16
"""Characters of a key that counts beyond its form: long enough for 64 random bits, which nobody guesses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitResult:
    """What became of a submission."""

    reply_id: UUID
    status: str
    """`unverified`, `pending` or `published`, as it was when the reply came in."""
    is_repeated: bool = False
    """The same form was sent before; this is the answer it got then."""


def reply_submit(
    submission: Submission, *, actor: Actor, network: str, now: datetime
) -> SubmitResult:
    """Store a reader's reply, held or published as the checks and the policy say; it counts once, however often sent.

    Order: repetition, thread, values, rate, checks, one transaction. *network* is where it comes from, cut to a /24 or
    /64, for the rate limit only.

    Raises:
        IdempotencyMismatch, FormSpent: the form was used before, with other values or another key.
        ThreadNotFound, ThreadClosed: there is nothing to reply to.
        ReplyInvalid: values are wrong; RateLimited: too many from there.
    """
    if (repeated := _repeated(submission)) is not None:
        return repeated
    thread = _open_thread(submission.page_id, now)
    accepted = accept(submission, thread, now)
    limit("reply", network, now)
    person = known_participant(actor)
    _require_proof(accepted, person, actor)
    sanction = sanction_in_force(person.pk if person else None, now=now)
    require_standing(sanction)
    judged = text_judge(
        accepted.source,
        accepted.rendered,
        name=accepted.name,
        form=accepted.form,
        policy=thread.policy,
        trust=person.trust if person else 0,
        is_held=sanction is not None,
        looks_like=name_owners(accepted.name, person, now.date()),
        has_credential=has_credential(person, now.date()),
    )
    try:
        with transaction.atomic():
            # The first statement: of two equal requests one waits here for the other and then knows it.
            record = _spend_form(submission, _first_status(judged, person, actor), now)
            _store(record, submission, thread, accepted, judged, actor, now)
    except IntegrityError:
        repeated = _repeated(submission)
        if repeated is None:
            raise
        return repeated
    return SubmitResult(reply_id=record.reply_key, status=record.outcome)


def reply_check(submission: Submission, *, network: str, now: datetime) -> Rendered:
    """Return the reply as it would be shown, and store nothing but the count of the attempt.

    Raises what `reply_submit` raises for the same values.
    """
    thread = _open_thread(submission.page_id, now)
    accepted = accept(submission, thread, now)
    limit("check", network, now)
    return accepted.rendered


def _repeated(submission: Submission) -> SubmitResult | None:
    """Return the answer that this form already got, or these values under this key in another form; None when new.

    A key alone leads to nobody's reply: only who sends the very same values under the very same long key gets the
    answer, and whoever sends others learns nothing, not even that the key is in use.

    Raises:
        IdempotencyMismatch: the form was sent under the same key with other values.
        FormSpent: the form was sent under another key.
    """
    token_hash, retry_hash = _token_hash(submission), _retry_hash(submission)
    is_known = Q(token_hash=token_hash)
    if retry_hash is not None:
        is_known |= Q(retry_hash=retry_hash)
    records = {r.token_hash: r for r in IdempotencyRecord.objects.filter(is_known)}
    if not records:
        return None
    record = records.get(token_hash)
    if record is None:
        [record] = records.values()
    elif record.key_hash != _key_hash(submission):
        raise FormSpent
    elif record.fingerprint != _fingerprint(submission):
        raise IdempotencyMismatch
    return SubmitResult(
        reply_id=record.reply_key, status=record.outcome, is_repeated=True
    )


def _open_thread(page_id: int, now: datetime) -> PublicThread:
    thread = public_thread(page_id)
    if thread is None:
        raise ThreadNotFound
    if not thread.is_open(now):
        raise ThreadClosed
    return thread


def _needs_proof(person: Participant | None, actor: Actor) -> bool:
    """Return whether the reply waits until its author proves an address."""
    is_known = actor.user is not None or person is not None
    return get_conf().guests == "verified" and not is_known


def _require_proof(
    accepted: Accepted, person: Participant | None, actor: Actor
) -> None:
    """Refuse guests where they are not taken, and those who must prove an address and give none."""
    if get_conf().guests == "none" and actor.user is None:
        raise NotAllowed
    if _needs_proof(person, actor) and not accepted.email:
        message = _(
            "Please give your mail address: we send a link to confirm your reply."
        )
        raise ReplyInvalid({"email": (FaultCode.MISSING_VALUE, message)})


def _first_status(
    judged: Judged, person: Participant | None, actor: Actor
) -> ReplyStatus:
    if _needs_proof(person, actor):
        return ReplyStatus.UNVERIFIED
    is_public = judged.verdict.outcome is Outcome.PUBLISH
    return ReplyStatus.PUBLISHED if is_public else ReplyStatus.PENDING


def _spend_form(
    submission: Submission, status: ReplyStatus, now: datetime
) -> IdempotencyRecord:
    return IdempotencyRecord.objects.create(
        token_hash=_token_hash(submission),
        key_hash=_key_hash(submission),
        fingerprint=_fingerprint(submission),
        retry_hash=_retry_hash(submission),
        outcome=status,
        reply_key=new_uuid7(),
        expires_at=now + get_conf().idempotency_age,
    )


def _store(
    record: IdempotencyRecord,
    submission: Submission,
    thread: PublicThread,
    accepted: Accepted,
    judged: Judged,
    actor: Actor,
    now: datetime,
) -> None:
    """Write the reply and what follows from the verdict; the caller holds the transaction."""
    reply = _reply(record.reply_key, submission, thread, accepted, actor, now)
    reply.status = (
        ReplyStatus.UNVERIFIED
        if record.outcome == ReplyStatus.UNVERIFIED
        else ReplyStatus.PENDING
    )
    thread_lock(reply.thread_id)
    if reply.credential is not None:
        Thread.objects.filter(pk=reply.thread_id).update(has_clinicians=True)
    reply.save(force_insert=True)
    revision = revision_create(reply, judged, number=1, now=now)
    verdict = judged.verdict
    transaction.on_commit(
        lambda: reply_submitted.send_robust(
            sender=Reply, reply_id=reply.pk, page_id=thread.page_id
        )
    )
    if record.outcome == ReplyStatus.UNVERIFIED:
        locale = page_language(thread.page_id)
        verification_ask(reply, accepted.email, locale=locale, now=now)
        return
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
            actor=Actor.rule(thread.policy.label),
            now=now,
            is_told=False,
            policy=thread.policy.label,
            automated_detection=True,
        )


def _reply(
    reply_id: UUID,
    submission: Submission,
    thread: PublicThread,
    accepted: Accepted,
    actor: Actor,
    now: datetime,
) -> Reply:
    """Return the unsaved row; refuse if the parent or the page went away since it was looked at."""
    parent = accepted.parent
    thread_id = thread.id
    person = _participant(accepted, actor, thread)
    is_clinician = has_credential(person, now.date())
    if thread_id is None:
        page = live_page(thread.page_id)
        if page is None:
            raise ThreadNotFound
        thread_id = thread_ensure(page).pk
    return Reply(
        id=reply_id,
        thread_id=thread_id,
        parent=parent,
        root_id=parent.root_id if parent is not None else reply_id,
        path=(parent.path if parent is not None else "") + reply_id.hex,
        depth=parent.depth + 1 if parent is not None else 0,
        participant=person,
        author_name=accepted.name,
        credential=person.credential if is_clinician else None,
        kind=ReplyKind.CLINICIAN_ANSWER if is_clinician else ReplyKind.REPLY,
        origin=submission.origin,
        disclaimer_version=get_conf().disclaimer_version,
        created_at=now,
    )


def _participant(accepted: Accepted, actor: Actor, thread: PublicThread) -> Participant:
    """Return the row of who is known, or a new guest; an address alone never leads to somebody's row."""
    if (known := known_participant(actor)) is not None:
        return known
    locale = page_language(thread.page_id)
    if actor.user is not None:
        person, _is_new = Participant.objects.get_or_create(
            user_id=actor.user.pk,
            defaults={"display_name": accepted.name, "locale": locale},
        )
        return person
    email = accepted.email
    is_asked = email and get_conf().guests == "verified"
    return Participant.objects.create(
        display_name=accepted.name,
        email_hmac=email_hash(email) if email else "",
        # Kept for what is to be sent, once it is proven; without a proof nothing is.
        email_sealed=email_seal(email) if is_asked else "",
        locale=locale,
    )


def _token_hash(submission: Submission) -> str:
    return keyed_hash("form", submission.form_token_raw)


def _key_hash(submission: Submission) -> str:
    return keyed_hash("key", submission.key_raw)


def _retry_hash(submission: Submission) -> str | None:
    """Return what a retry with a fresh form is known by; None for a key that could be guessed or used by two people."""
    if len(submission.key_raw) < MIN_RETRY_KEY:
        return None
    return keyed_hash("retry", submission.key_raw, _fingerprint(submission))


def _fingerprint(submission: Submission) -> str:
    return keyed_hash(
        "submission",
        submission.page_id,
        submission.name_raw,
        submission.email_raw,
        submission.body_raw,
        submission.parent_raw,
        submission.website_raw,
    )
