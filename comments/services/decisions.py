"""What moderators decide about replies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from wagtail.log_actions import log

from ..errors import (
    AppealPending,
    BatchTooLarge,
    ReasonRequired,
    ReplyNotFound,
    StaleDecision,
)
from ..machines import DECISIONS, KEEP, Case, Step, step_for
from ..models import (
    Action,
    Appeal,
    AppealState,
    Decision,
    Reply,
    ReviewItem,
    RevisionState,
)
from ..models.review import LIVE_STATES
from ..reasons import PUBLIC_TEXTS, Reason
from .items import item_move, require_unclaimed
from .outbox import author_tell
from .people import trust_follow
from .records import reply_record
from .reports import reports_settle
from .transitions import (
    reply_transition,
    revision_move,
    revisions_supersede,
    thread_lock,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ..actors import Actor

MAX_BATCH = 100
"""Items in one all-or-nothing batch: a transaction of about a second."""

NEEDS_REASON = frozenset({Action.REJECT, Action.HIDE})

_REVISION_EVENTS = {
    RevisionState.APPROVED: "approve",
    RevisionState.REJECTED: "reject",
    RevisionState.PROPOSED: "restore",
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

    @property
    def full_reason(self) -> Reason | None:
        """The reason that is recorded; marking as spam is one."""
        if self.action == Action.SPAM:
            return Reason.ADVERTISING
        return self.reason if self.action in NEEDS_REASON else None


def actions_for(item: ReviewItem) -> list[Action]:
    """Return what can be done with the item's reply, in the order the desk shows."""
    return [
        Action(name)
        for name in DECISIONS
        if step_for(name, _case(item), is_live=item.state in LIVE_STATES)
    ]


def item_decide(item_id: int, order: Order, *, actor: Actor, now: datetime) -> Decision:
    """Do what *order* says to the item's reply and return the decision.

    A repetition, by the same person or by another who wanted the same for the same reason, gives the decision that is
    already there and writes nothing.

    Raises:
        NotAllowed: the actor may not moderate.
        ReplyNotFound: no such item.
        ReasonRequired: the action keeps words from the public, and no reason was given.
        StaleDecision: the reply's state does not allow the action, or changed since it was seen.
        ItemClaimed: another moderator is looking at it. AppealPending: who judges the appeal decides.
    """
    actor.require_moderator()
    if order.action in NEEDS_REASON and order.reason is None:
        raise ReasonRequired
    try:
        with transaction.atomic():
            item = item_read(item_id)
            if (earlier := _same_decision(item, order)) is not None:
                return earlier
            require_unclaimed(item, actor=actor, now=now)
            require_no_appeal(item)
            return decision_make(item, order, actor=actor, now=now)
    except StaleDecision:
        # Somebody was faster; perhaps they wanted the same.
        if (earlier := _same_decision(item_read(item_id), order)) is not None:
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


def item_read(item_id: int) -> ReviewItem:
    """Return the item with all that a decision looks at, or raise `ReplyNotFound`."""
    items = ReviewItem.objects.select_related(
        "reply__thread", "reply__participant", "revision"
    )
    item = items.filter(pk=item_id).first()
    if item is None:
        raise ReplyNotFound
    return item


def decision_make(
    item: ReviewItem,
    order: Order,
    *,
    actor: Actor,
    now: datetime,
    is_told: bool = True,
    **values: Any,
) -> Decision:
    """Do what *order* says, whoever wants it; the caller holds the transaction and has judged their right.

    *values* go into the record as they are; *is_told* lets the author know by mail.
    """
    reply, from_status, reasons = item.reply, item.reply.status, list(item.reasons)
    step = step_for(order.action, _case(item), is_live=item.state in LIVE_STATES)
    if step is None or order.version not in {None, item.version}:
        raise StaleDecision
    _move(item, step, now=now)
    decision = reply_record(
        reply,
        order.action,
        from_status=from_status,
        actor=actor,
        now=now,
        item=item,
        item_version=item.version,
        revision_id=item.revision_id,
        internal_note=order.internal_note,
        facts={"signals": reasons},
        **(
            {"automated_detection": any(not r.startswith("policy.") for r in reasons)}
            | _statement(reply, order)
            | values
        ),
    )
    reports_settle(reply, decision, now=now)
    trust_follow(decision, reply, is_proposal=step.revision != KEEP, now=now)
    if is_told:
        author_tell(reply, decision, now=now)
    if actor.user is not None:
        log(
            instance=reply,
            action=f"health_comments.{order.action}",
            user=actor.user,
            data={"reason": decision.reason, "from": from_status, "to": reply.status},
        )
    return decision


def require_no_appeal(item: ReviewItem) -> None:
    """Refuse what would go around the second pair of eyes: while an appeal lives, only its judge decides."""
    live = Appeal.objects.filter(
        decision__reply=item.reply_id,
        state__in=(AppealState.SUBMITTED, AppealState.IN_REVIEW),
    )
    if live.exists():
        raise AppealPending


def _case(item: ReviewItem) -> Case:
    return Case(
        status=item.reply.status,
        is_proposal=item.revision.state == RevisionState.PROPOSED,
    )


def _same_decision(item: ReviewItem, order: Order) -> Decision | None:
    """Return the latest decision on the item if it did just what *order* wants and nothing happened since, else None."""
    latest = item.decisions.order_by("-created_at", "-pk").first()
    if latest is None or latest.item_version != item.version:
        return None
    if order.version not in {None, item.version, item.version - 1}:
        return None
    wanted = (order.action, order.full_reason or "", item.reply.status)
    return (
        latest if (latest.action, latest.reason, latest.to_status) == wanted else None
    )


def _move(item: ReviewItem, step: Step, *, now: datetime) -> None:
    """Take the reply, the text and the item where the step leads."""
    reply = item.reply
    is_new_text = step.revision == RevisionState.APPROVED
    reply_transition(
        reply,
        step.to_status,
        revision_id=item.revision_id if is_new_text else None,
        now=now,
    )
    if step.revision != KEEP:
        # First, as a reply has one proposed text at most.
        if step.revision == RevisionState.PROPOSED:
            revisions_supersede(reply.pk, but=item.revision_id)
        revision_move(item.revision_id, _REVISION_EVENTS[RevisionState(step.revision)])
        item.revision.state = step.revision
    if is_new_text:
        revisions_supersede(reply.pk, but=item.revision_id)
    item_move(item, step.item or item.state, now=now)


def _statement(reply: Reply, order: Order) -> dict[str, Any]:
    """Return the statement of reasons and what the decision reverses."""
    if order.action == Action.RESTORE:
        kept_back = reply.decisions.exclude(reason="").order_by("-created_at", "-pk")
        return {"reverses": kept_back.first()}
    reason = order.full_reason
    if reason is None:
        return {}
    return {
        "reason": reason,
        "ground": reason.ground,
        "public_reason": order.public_reason or str(PUBLIC_TEXTS[reason]),
    }
