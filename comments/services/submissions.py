"""A reader sends a reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Q

from ..actors import Actor
from ..conf import get_conf
from ..decide import Outcome, Verdict
from ..errors import (
    AuthorSuspended,
    FormSpent,
    IdempotencyMismatch,
    ThreadClosed,
    ThreadNotFound,
)
from ..ids import new_uuid7
from ..models import (
    Action,
    IdempotencyRecord,
    Participant,
    Reply,
    ReplyStatus,
    SanctionKind,
)
from ..selectors import PublicThread, live_page, public_thread
from ..signals import reply_submitted
from ..tokens import keyed_hash
from .assessing import Judged, revision_create, text_judge
from .decisions import Order, decision_make
from .intake import Accepted, Submission, accept
from .items import item_open
from .limits import limit
from .sanctions import sanction_in_force
from .threads import thread_ensure
from .transitions import thread_lock

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from ..models import Sanction
    from ..sanitize import Rendered

MIN_RETRY_KEY = 16
"""Characters of a key that counts beyond its form: long enough for 64 random bits, which nobody guesses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitResult:
    """What became of a submission."""

    reply_id: UUID
    status: str
    """`pending` or `published`, as it was when the reply came in."""
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
    )
    try:
        with transaction.atomic():
            # The first statement: of two equal requests one waits here for the other and then knows it.
            record = _spend_form(submission, judged.verdict, now)
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


def _spend_form(
    submission: Submission, verdict: Verdict, now: datetime
) -> IdempotencyRecord:
    is_public = verdict.outcome is Outcome.PUBLISH
    return IdempotencyRecord.objects.create(
        token_hash=_token_hash(submission),
        key_hash=_key_hash(submission),
        fingerprint=_fingerprint(submission),
        retry_hash=_retry_hash(submission),
        outcome=ReplyStatus.PUBLISHED if is_public else ReplyStatus.PENDING,
        reply_key=new_uuid7(),
        expires_at=now + get_conf().idempotency_age,
    )


def require_standing(sanction: Sanction | None) -> None:
    """Raise `AuthorSuspended` if the measure lets its subject write nothing: they are told, and until when."""
    if sanction is not None and sanction.kind != SanctionKind.HOLD_ALL:
        raise AuthorSuspended(
            ends_at=sanction.ends_at, decision_key=sanction.decision.key
        )


def known_participant(actor: Actor) -> Participant | None:
    """Return the participant that the actor has proven to be; None for everybody else."""
    if actor.participant_id is not None:
        return Participant.objects.filter(pk=actor.participant_id).first()
    if actor.user is not None:
        return Participant.objects.filter(user_id=actor.user.pk).first()
    return None


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
    thread_lock(reply.thread_id)
    reply.save(force_insert=True)
    revision = revision_create(reply, judged, number=1, now=now)
    verdict = judged.verdict
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
    transaction.on_commit(
        lambda: reply_submitted.send_robust(
            sender=Reply, reply_id=reply.pk, page_id=thread.page_id
        )
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
        participant=_participant(accepted, actor),
        author_name=accepted.name,
        origin=submission.origin,
        disclaimer_version=get_conf().disclaimer_version,
        created_at=now,
    )


def _participant(accepted: Accepted, actor: Actor) -> Participant:
    """Return the row of who is known, or a new guest; an address alone never leads to somebody's row."""
    if (known := known_participant(actor)) is not None:
        return known
    if actor.user is not None:
        person, _is_new = Participant.objects.get_or_create(
            user_id=actor.user.pk, defaults={"display_name": accepted.name}
        )
        return person
    email = accepted.email.casefold()
    return Participant.objects.create(
        display_name=accepted.name,
        email_hmac=keyed_hash("email", email) if email else "",
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
