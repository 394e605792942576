"""What moderators do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from wagtail.log_actions import log

from ..errors import BatchTooLarge, ReasonRequired, ReplyNotFound, StaleDecision
from ..models import (
    Action,
    Decision,
    Ground,
    ItemState,
    Reply,
    ReplyRevision,
    ReplyStatus,
    ReviewItem,
    RevisionState,
)
from ..reasons import PUBLIC_TEXTS, Reason
from ..signals import reply_decided, reply_published
from .transitions import reply_transition, thread_lock

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ..actors import Actor

MAX_BATCH = 100
"""Items in one all-or-nothing batch: a transaction of about a second."""

TRANSITIONS: dict[Action, dict[str, ReplyStatus]] = {
    Action.APPROVE: {ReplyStatus.PENDING: ReplyStatus.PUBLISHED},
    Action.REJECT: {ReplyStatus.PENDING: ReplyStatus.REJECTED},
    Action.SPAM: {ReplyStatus.PENDING: ReplyStatus.SPAM},
    Action.HIDE: {ReplyStatus.PUBLISHED: ReplyStatus.HIDDEN},
    Action.RESTORE: {
        ReplyStatus.HIDDEN: ReplyStatus.PUBLISHED,
        ReplyStatus.REJECTED: ReplyStatus.PENDING,
        ReplyStatus.SPAM: ReplyStatus.PENDING,
    },
}
"""From which status an action leads where. A restored rejection goes back to the queue: approving is a decision."""

NEEDS_REASON = frozenset({Action.REJECT, Action.HIDE})

_REVISION_STATES = {
    ReplyStatus.PUBLISHED: RevisionState.APPROVED,
    ReplyStatus.PENDING: RevisionState.PROPOSED,
    ReplyStatus.REJECTED: RevisionState.REJECTED,
    ReplyStatus.SPAM: RevisionState.REJECTED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a moderator wants done."""

    action: Action
    reason: Reason | None = None
    """Required to reject or hide."""
    public_reason: str = ""
    """Words for the author; the reason's own if empty."""
    internal_note: str = ""
    version: int | None = None
    """Version of the item that the moderator saw; None decides on what is there now."""


def actions_for(status: str) -> list[Action]:
    """Return what can be done with a reply of that status, in the order the desk shows."""
    return [action for action, steps in TRANSITIONS.items() if status in steps]


def item_decide(item_id: int, order: Order, *, actor: Actor, now: datetime) -> Decision:
    """Do what *order* says to the item's reply and return the decision.

    A repetition, by the same person or by another who wanted the same, gives the decision that is already there and
    writes nothing.

    Raises:
        NotAllowed: the actor may not moderate.
        ReplyNotFound: no such item.
        ReasonRequired: the action keeps words from the public, and no reason was given.
        StaleDecision: the reply's state does not allow the action, or changed since it was seen.
    """
    actor.require_moderator()
    if order.action in NEEDS_REASON and order.reason is None:
        raise ReasonRequired
    item = _item(item_id)
    if (earlier := _same_decision(item, order)) is not None:
        return earlier
    try:
        with transaction.atomic():
            return _decide(item, order, actor=actor, now=now)
    except StaleDecision:
        if (earlier := _same_decision(_item(item_id), order)) is not None:
            return earlier
        raise


def items_decide(
    item_ids: Sequence[int], order: Order, *, actor: Actor, now: datetime
) -> list[Decision]:
    """Do what *order* says to every item, or to none.

    Raises:
        BatchTooLarge: more than `MAX_BATCH` items.
        StaleDecision: one of them cannot be decided so; and what `item_decide` raises.
    """
    actor.require_moderator()
    if len(item_ids) > MAX_BATCH:
        raise BatchTooLarge
    thread_ids = set(
        ReviewItem.objects.filter(pk__in=item_ids).values_list(
            "reply__thread_id", flat=True
        )
    )
    with transaction.atomic():
        # In one order for everybody, so that two batches that overlap wait and do not deadlock.
        for thread_id in sorted(thread_ids):
            thread_lock(thread_id)
        return [
            item_decide(item_id, order, actor=actor, now=now)
            for item_id in sorted(item_ids)
        ]


def decision_write(**values: Any) -> Decision:
    """Write a decision within the caller's transaction and tell of it once that is committed."""
    decision = Decision.objects.create(**values)
    facts = {
        "reply_id": decision.reply_key,
        "page_id": decision.page_key,
    }

    def send() -> None:
        reply_decided.send_robust(sender=Decision, decision_id=decision.pk, **facts)
        if decision.to_status == ReplyStatus.PUBLISHED:
            reply_published.send_robust(sender=Reply, **facts)

    transaction.on_commit(send)
    return decision


def _item(item_id: int) -> ReviewItem:
    item = ReviewItem.objects.select_related("reply__thread").filter(pk=item_id).first()
    if item is None:
        raise ReplyNotFound
    return item


def _same_decision(item: ReviewItem, order: Order) -> Decision | None:
    """Return the latest decision on the reply if it did just what *order* wants, else None."""
    latest = item.reply.decisions.order_by("-created_at", "-pk").first()
    if (
        latest is None
        or latest.action != order.action
        or latest.to_status != item.reply.status
    ):
        return None
    return latest


def _decide(item: ReviewItem, order: Order, *, actor: Actor, now: datetime) -> Decision:
    reply = item.reply
    from_status = reply.status
    to_status = TRANSITIONS[order.action].get(from_status)
    if to_status is None or order.version not in {None, item.version}:
        raise StaleDecision
    reply_transition(reply, to_status, revision_id=item.revision_id, now=now)
    _item_settle(item, to_status, now=now)
    if state := _REVISION_STATES.get(to_status):
        ReplyRevision.objects.filter(pk=item.revision_id).update(state=state)
    decision = decision_write(
        item=item,
        reply=reply,
        revision_id=item.revision_id,
        reply_key=reply.pk,
        page_key=reply.thread.page_id,
        action=order.action,
        from_status=from_status,
        to_status=to_status,
        created_at=now,
        actor=actor.user,
        actor_label=actor.label,
        actor_kind=actor.kind,
        internal_note=order.internal_note,
        facts={"signals": item.reasons},
        automated_detection=any(not r.startswith("policy.") for r in item.reasons),
        **_statement(reply, order),
    )
    log(
        instance=reply,
        action=f"health_comments.{order.action}",
        user=actor.user,
        data={"reason": decision.reason, "from": from_status, "to": to_status},
    )
    return decision


def _item_settle(item: ReviewItem, to_status: str, *, now: datetime) -> None:
    """Close the item, or open it again when the reply waits once more."""
    waits = to_status == ReplyStatus.PENDING
    changed = ReviewItem.objects.filter(pk=item.pk, version=item.version).update(
        state=ItemState.OPEN if waits else ItemState.RESOLVED,
        resolved_at=None if waits else now,
        assignee=None,
        claimed_until=None,
        version=F("version") + 1,
    )
    if not changed:
        raise StaleDecision


def _statement(reply: Reply, order: Order) -> dict[str, Any]:
    """Return the statement of reasons and what the decision reverses."""
    if order.action == Action.RESTORE:
        return {"reverses": reply.decisions.order_by("-created_at", "-pk").first()}
    reason = Reason.ADVERTISING if order.action == Action.SPAM else order.reason
    if order.action == Action.APPROVE or reason is None:
        return {}
    return {
        "reason": reason,
        "ground": reason.ground if reason else Ground.TERMS,
        "public_reason": order.public_reason or str(PUBLIC_TEXTS[reason]),
    }
