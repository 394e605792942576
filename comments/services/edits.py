"""Authors change and withdraw what they wrote; moderators leave out what must not be public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from ..actors import Actor
from ..decide import Outcome
from ..errors import ReplyNotFound, StaleDecision, ThreadNotFound
from ..machines import REPLY, target
from ..models import (
    Action,
    Decision,
    Event,
    Removal,
    Reply,
    ReplyStatus,
    RevisionState,
)
from ..normalize import normalize_text
from ..selectors import public_thread
from .appeals import appeals_close
from .assessing import NO_FORM, Judged, next_number, revision_create, text_judge
from .decisions import Order, decision_make, item_read
from .identity import has_credential
from .intake import body_read
from .items import item_close, item_reopen
from .limits import limit
from .records import reply_record
from .reports import reports_settle
from .sanctions import sanction_in_force
from .standing import require_standing
from .transitions import (
    reply_transition,
    revision_move,
    thread_lock,
)

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


def reply_edit(
    reply_id: UUID,
    *,
    body_raw: str,
    version: int,
    actor: Actor,
    network: str,
    now: datetime,
) -> Reply:
    """Propose another text for a reply and return the reply.

    All checks run on the new text. What is public stays so until the new text is approved, unless that is a cry for
    help, holds personal data or may be against the law: then the reply is hidden until a moderator has looked. Where
    the policy publishes at once, so it does here. The same text again changes nothing.

    Raises:
        ReplyNotFound: there is none of this author. ThreadNotFound: its page is not public.
        StaleDecision: it changed since *version*, or is in a state in which it cannot be changed.
        ReplyInvalid: nothing is left of the text, or it is too long.
        AuthorSuspended, RateLimited.
    """
    reply = author_reply(reply_id, actor)
    thread = public_thread(reply.thread.page_id)
    if thread is None:
        raise ThreadNotFound
    rendered = body_read(body_raw)
    limit("edit", network, now)
    sanction = sanction_in_force(reply.participant_id, now=now)
    require_standing(sanction)
    latest = reply.revisions.filter(is_redaction=False).order_by("-number").first()
    is_same = latest is not None and latest.source == normalize_text(body_raw)
    if is_same and reply.version in {version, version + 1}:
        return reply
    judged = text_judge(
        normalize_text(body_raw),
        rendered,
        name=reply.author_name,
        form=NO_FORM,
        policy=thread.policy,
        trust=reply.participant.trust if reply.participant else 0,
        is_held=sanction is not None,
        reply=reply,
        has_credential=has_credential(reply.participant, now.date()),
    )
    if reply.version != version:
        raise StaleDecision
    with transaction.atomic():
        _propose(reply, judged, actor=actor, now=now)
        if judged.verdict.outcome is Outcome.PUBLISH:
            _publish(reply, thread.policy.label, now=now)
    return reply


def reply_withdraw(
    reply_id: UUID, *, version: int | None, actor: Actor, now: datetime
) -> Reply:
    """Take a reply away for its author and return it; answers below it keep its empty place. Twice is as once.

    Raises:
        ReplyNotFound: there is none of this author. StaleDecision: it changed since *version*.
    """
    reply = author_reply(reply_id, actor)
    if reply.status == ReplyStatus.REMOVED:
        return reply
    if version not in {None, reply.version}:
        raise StaleDecision
    with transaction.atomic():
        thread_lock(reply.thread_id)
        reply_remove(reply, Removal.AUTHOR, actor=actor, now=now)
    return reply


def reply_remove(
    reply: Reply, removal: Removal, *, actor: Actor, now: datetime
) -> Decision:
    """Move a reply to its end, with all that waits about it; erasure takes its words and name as well.

    The caller holds the transaction and the thread's lock.
    """
    event = Event.WITHDRAW if removal == Removal.AUTHOR else Event.ERASE
    from_status = reply.status
    to_status = target(REPLY, event, from_status)
    if to_status is None:
        raise StaleDecision
    changes: dict[str, Any] = {"removal": removal, "pinned": False}
    if removal == Removal.ERASURE:
        changes |= {"author_name": "", "participant": None}
    reply_transition(reply, to_status, now=now, published_revision=None, **changes)
    item_close(reply, now=now)
    appeals_close(reply, now=now)
    if removal == Removal.ERASURE:
        words_erase(reply)
    decision = reply_record(reply, event, from_status=from_status, actor=actor, now=now)
    reports_settle(reply, decision, now=now)
    return decision


def words_erase(reply: Reply) -> None:
    """Empty every text of a reply and what was said in reports and appeals about it; the caller holds the transaction."""
    reply.revisions.update(
        source="", body_html="", body_text="", signals=[], citations=[], text_hash=""
    )
    reply.reports.update(text="")


def author_reply(reply_id: UUID, actor: Actor) -> Reply:
    """Return the reply if the actor wrote it, or raise `ReplyNotFound`."""
    replies = Reply.objects.select_related(
        "thread", "participant", "published_revision"
    )
    reply = replies.filter(pk=reply_id).first()
    if reply is None:
        raise ReplyNotFound
    actor.require_author(reply)
    return reply


def _propose(reply: Reply, judged: Judged, *, actor: Actor, now: datetime) -> None:
    """Store the new text and bring it to the moderators; the caller holds the transaction."""
    event = "edit_gravely" if judged.verdict.takes_down else "edit"
    from_status = reply.status
    to_status = target(REPLY, event, from_status)
    if to_status is None:
        raise StaleDecision
    # It takes the thread's lock and settles who edits first.
    reply_transition(reply, to_status, now=now)
    for older in reply.revisions.filter(state=RevisionState.PROPOSED):
        revision_move(older.pk, "supersede")
    revision = revision_create(reply, judged, number=next_number(reply), now=now)
    verdict = judged.verdict
    item = item_reopen(
        reply,
        reasons=["edit.proposed", *verdict.reasons],
        severity=verdict.severity,
        actor=Actor.rule("edit"),
        now=now,
        revision_id=revision.pk,
    )
    reply_record(
        reply,
        Event.EDIT,
        from_status=from_status,
        actor=actor,
        now=now,
        item=item,
        revision=revision,
        facts={"signals": list(verdict.reasons)},
        automated_detection=from_status != to_status,
    )


def _publish(reply: Reply, label: str, *, now: datetime) -> None:
    """Approve the change as the policy says, if the reply is public or waits for nothing else."""
    if reply.status != ReplyStatus.PUBLISHED:
        return
    item = item_read(reply.review_items.latest("pk").pk)
    item.reply = reply
    decision_make(
        item,
        Order(action=Action.APPROVE),
        actor=Actor.rule(label),
        now=now,
        is_told=False,
        policy=label,
        automated_detection=True,
    )
