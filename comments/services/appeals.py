"""Authors appeal against decisions; somebody else than who decided judges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from ..actors import Actor
from ..conf import get_conf
from ..errors import (
    FourEyes,
    NotAllowed,
    NotAppealable,
    ReplyNotFound,
    StaleDecision,
)
from ..machines import APPEAL, target
from ..models import (
    Action,
    Appeal,
    AppealState,
    Decision,
    Event,
    ItemState,
    MessageKind,
    Reply,
    ReplyRevision,
    ReplyStatus,
    ReviewItem,
    RevisionState,
)
from ..normalize import normalize_text
from .decisions import Order, decision_make, item_read
from .items import item_move, item_reopen
from .outbox import message_add
from .records import decision_write, reply_record
from .sanctions import sanction_end
from .transitions import revision_move, row_move, thread_lock

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

MAX_APPEAL_TEXT = 2_000
_LIVE = (AppealState.SUBMITTED, AppealState.IN_REVIEW)


@transaction.atomic
def appeal_submit(
    decision_key: UUID, *, text_raw: str, actor: Actor, now: datetime
) -> Appeal:
    """Store the appeal of the author, or of who is sanctioned, and return it; sent again, it is the same.

    Raises:
        ReplyNotFound: no such decision, or it is about somebody else.
        NotAppealable: it took nothing from them, is too old, was replaced by another, or was appealed against before.
    """
    decision = _decision_of(decision_key, actor)
    reply = decision.reply
    if reply is not None:
        thread_lock(reply.thread_id)
    known = Appeal.objects.filter(decision=decision).first()
    if known is not None:
        if known.state in _LIVE:
            return known
        raise NotAppealable
    if not is_appealable(decision, now=now):
        raise NotAppealable
    appeal = Appeal.objects.create(
        decision=decision,
        text=normalize_text(text_raw)[:MAX_APPEAL_TEXT],
        created_at=now,
    )
    if reply is not None:
        item_reopen(
            reply, reasons=["appeal.submitted"], actor=Actor.rule("appeal"), now=now
        )
    return appeal


def is_appealable(decision: Decision, *, now: datetime) -> bool:
    """Return whether the person concerned may appeal: it gave a reason, it still holds, and the time has not run out."""
    if not decision.reason or now - decision.created_at > get_conf().appeal_time:
        return False
    if decision.reply is None:
        sanction = getattr(decision, "sanction", None)
        return sanction is not None and sanction.state == "active"
    if decision.reply.status == ReplyStatus.REMOVED:
        return False
    later = decision.reply.decisions.filter(pk__gt=decision.pk)
    return not later.filter(action__in=Action.values).exists()


@transaction.atomic
def appeal_withdraw(decision_key: UUID, *, actor: Actor, now: datetime) -> Appeal:
    """Take the appeal back and return it; twice is as once.

    Raises:
        ReplyNotFound: there is none of this person. StaleDecision: it was judged.
    """
    decision = _decision_of(decision_key, actor)
    if decision.reply is not None:
        thread_lock(decision.reply.thread_id)
    appeal = Appeal.objects.filter(decision=decision).first()
    if appeal is None:
        raise ReplyNotFound
    if appeal.state != AppealState.WITHDRAWN:
        _go(appeal, "withdraw", settled_at=now)
        _close_item(decision.reply, now=now)
    return appeal


@transaction.atomic
def appeal_take(appeal_id: int, *, version: int, actor: Actor) -> Appeal:
    """Begin to judge the appeal and return it; another moderator may take it over.

    Raises:
        NotAllowed: the actor may not moderate. FourEyes: they decided first. ReplyNotFound: no such appeal.
        StaleDecision: it is settled, or changed since it was seen.
    """
    appeal = _read(appeal_id, actor)
    if appeal.version != version:
        raise StaleDecision
    _go(appeal, "take", assignee=actor.user)
    return appeal


def appeal_decide(
    appeal_id: int,
    *,
    is_granted: bool,
    version: int,
    actor: Actor,
    now: datetime,
    public_reason: str = "",
    internal_note: str = "",
) -> Decision:
    """Judge the appeal and return the decision; when granted, what was taken is given back in the same transaction.

    A repetition gives the decision that is already there.

    Raises:
        NotAllowed, FourEyes, ReplyNotFound: as for taking. StaleDecision: it was judged otherwise, or changed.
    """
    event = "overturn" if is_granted else "uphold"
    with transaction.atomic():
        appeal = _read(appeal_id, actor)
        reply = appeal.decision.reply
        if reply is not None:
            thread_lock(reply.thread_id)
            # Somebody may have judged while we waited for the lock.
            appeal = _read(appeal_id, actor)
        if appeal.outcome is not None and appeal.outcome.action == event:
            return appeal.outcome
        if appeal.version != version or target(APPEAL, event, appeal.state) is None:
            raise StaleDecision
        # The record first: later decisions on the reply are ordered after it.
        outcome = _record(
            appeal,
            event,
            actor=actor,
            now=now,
            public_reason=public_reason,
            internal_note=internal_note,
        )
        _go(appeal, event, outcome=outcome, settled_at=now, assignee=actor.user)
        if is_granted:
            _give_back(appeal, actor=actor, now=now)
        _close_item(reply, now=now)
        _tell(appeal, outcome, now=now)
    return outcome


def appeals_close(reply: Reply, *, now: datetime) -> None:
    """Withdraw the appeals about a reply that its author took away; the caller holds the transaction and the lock."""
    for appeal in Appeal.objects.filter(decision__reply=reply, state__in=_LIVE):
        _go(appeal, "withdraw", settled_at=now)


def _decision_of(decision_key: UUID, actor: Actor) -> Decision:
    decision = (
        Decision.objects.select_related(
            "reply__thread", "reply__participant", "participant", "sanction"
        )
        .filter(key=decision_key)
        .first()
    )
    if decision is None:
        raise ReplyNotFound
    actor.require_concerned(decision)
    return decision


def _read(appeal_id: int, actor: Actor) -> Appeal:
    """Return the appeal for a moderator who may judge it."""
    if actor.user is None:
        raise NotAllowed
    actor.require_moderator()
    appeal = (
        Appeal.objects.select_related(
            "decision__reply__thread",
            "decision__reply__participant",
            "decision__participant",
            "outcome",
        )
        .filter(pk=appeal_id)
        .first()
    )
    if appeal is None:
        raise ReplyNotFound
    if appeal.decision.actor_id == actor.user.pk:
        raise FourEyes
    return appeal


def _go(appeal: Appeal, event: str, **changes: Any) -> None:
    to_state = target(APPEAL, event, appeal.state)
    if to_state is None:
        raise StaleDecision
    row_move(appeal, "state", to_state, **changes)


def _record(appeal: Appeal, event: str, *, actor: Actor, **values: Any) -> Decision:
    first = appeal.decision
    values["reverses"] = first if event == Event.OVERTURN else None
    if first.reply is not None:
        reply = first.reply
        return reply_record(
            reply,
            event,
            from_status=reply.status,
            actor=actor,
            revision_id=first.revision_id,
            **values,
        )
    return decision_write(
        participant=first.participant,
        action=event,
        actor=actor.user,
        actor_label=actor.label,
        actor_kind=actor.kind,
        created_at=values.pop("now"),
        **values,
    )


def _give_back(appeal: Appeal, *, actor: Actor, now: datetime) -> None:
    """Undo what the decision took, as far as it is still so."""
    first = appeal.decision
    if first.reply is None:
        sanction_end(first.sanction, "lift", now=now)
        return
    if first.item_id is None or first.revision_id is None:
        return
    reply = first.reply
    if reply.status in {ReplyStatus.REJECTED, ReplyStatus.SPAM}:
        actions = [Action.RESTORE, Action.APPROVE]
    elif reply.status == ReplyStatus.HIDDEN and first.action != Action.REJECT:
        actions = [Action.RESTORE]
    elif reply.status == ReplyStatus.PUBLISHED and _can_propose(first):
        revision_move(first.revision_id, "restore")
        ReviewItem.objects.filter(pk=first.item_id).update(revision=first.revision_id)
        actions = [Action.APPROVE]
    else:
        actions = []
    for action in actions:
        decision_make(
            item_read(first.item_id),
            Order(action=action),
            actor=actor,
            now=now,
            is_told=False,
            reverses=first,
        )


def _can_propose(first: Decision) -> bool:
    """Return whether the change that was refused is still the author's latest text."""
    newer = ReplyRevision.objects.filter(
        reply=first.reply, pk__gt=first.revision_id or 0
    ).exclude(state=RevisionState.REJECTED)
    revision = first.revision
    is_refused = revision is not None and revision.state == RevisionState.REJECTED
    return first.action == Action.REJECT and is_refused and not newer.exists()


def _close_item(reply: Reply | None, *, now: datetime) -> None:
    """Resolve the item that the appeal brought back, unless a text waits in it for a decision."""
    if reply is None:
        return
    for item in ReviewItem.objects.filter(reply=reply).select_related("revision"):
        is_waiting = item.revision.state == RevisionState.PROPOSED
        if item.state != ItemState.RESOLVED and not is_waiting:
            item_move(item, ItemState.RESOLVED, now=now)


def _tell(appeal: Appeal, outcome: Decision, *, now: datetime) -> None:
    first = appeal.decision
    person = first.participant or (first.reply.participant if first.reply else None)
    if person is not None:
        message_add(
            MessageKind.APPEAL,
            person,
            key=f"appeal:{appeal.pk}",
            now=now,
            facts={
                "decision": str(outcome.key),
                "reply": str(first.reply_key) if first.reply_key else None,
            },
        )
