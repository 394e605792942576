"""Items of the queue: taken, given back, passed on, brought back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from ..conf import get_conf
from ..errors import ItemClaimed, NotAllowed, ReplyNotFound, StaleDecision
from ..machines import DUE_SECONDS, ITEM, PRIORITIES, graver, target
from ..models import Event, ItemState, Reply, ReviewItem, Severity
from .records import reply_record
from .transitions import row_move, thread_lock

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ..actors import Actor


@transaction.atomic
def item_claim(
    item_id: int, *, version: int, actor: Actor, now: datetime
) -> ReviewItem:
    """Take the item for a while and return it; who has it already keeps it for longer.

    Raises:
        NotAllowed: the actor may not moderate. ReplyNotFound: no such item.
        ItemClaimed: another has it. StaleDecision: it is resolved, or changed since it was seen.
    """
    item = _read(item_id, version=version, actor=actor)
    require_unclaimed(item, actor=actor, now=now)
    until = now + get_conf().claim_time
    _go(item, "claim", assignee=actor.user, claimed_until=until)
    return item


@transaction.atomic
def item_release(
    item_id: int, *, version: int, actor: Actor, now: datetime
) -> ReviewItem:
    """Give the item back to the queue and return it.

    Raises:
        NotAllowed, ReplyNotFound, ItemClaimed: as for claiming. StaleDecision: nobody has it, or it changed.
    """
    item = _read(item_id, version=version, actor=actor)
    require_unclaimed(item, actor=actor, now=now)
    _go(item, "release", assignee=None, claimed_until=None)
    return item


@transaction.atomic
def item_escalate(
    item_id: int,
    *,
    version: int,
    actor: Actor,
    now: datetime,
    severity: Severity = Severity.ELEVATED,
    note: str = "",
) -> ReviewItem:
    """Pass the item on to those who are trained for it and return it; it moves up the queue and is nobody's.

    Raises:
        NotAllowed, ReplyNotFound, ItemClaimed: as for claiming. StaleDecision: it is resolved or escalated, or changed.
    """
    item = _read(item_id, version=version, actor=actor)
    thread_lock(item.reply.thread_id)
    require_unclaimed(item, actor=actor, now=now)
    grave = graver(item.severity, severity)
    _go(
        item,
        "escalate",
        assignee=None,
        claimed_until=None,
        **_urgency(item, grave, now),
    )
    _record(item, Event.ESCALATE, actor=actor, now=now, internal_note=note)
    return item


def item_reopen(
    reply: Reply,
    *,
    reasons: Iterable[str],
    actor: Actor,
    now: datetime,
    severity: str = Severity.ROUTINE,
    revision_id: int | None = None,
) -> ReviewItem:
    """Have somebody look at *reply* again and return its item; what waits already takes up the new reasons.

    *revision_id* is the text to be judged, if it is another one. The caller holds the transaction and the thread's lock.
    """
    item = ReviewItem.objects.filter(reply=reply).order_by("-pk").first()
    if item is None:
        # Imported replies were never in the queue.
        text_id = revision_id or reply.published_revision_id
        if text_id is None:
            raise StaleDecision
        return item_open(reply, text_id, reasons=reasons, severity=severity, now=now)
    item.reply = reply
    is_new = item.state == ItemState.RESOLVED
    known = [] if is_new else list(item.reasons)
    grave = severity if is_new else graver(item.severity, severity)
    base = ReviewItem(severity=grave) if is_new else item
    changes: dict[str, Any] = _urgency(base, grave, now)
    if revision_id is not None:
        changes["revision_id"] = revision_id
    if is_new:
        changes |= {"resolved_at": None, "created_at": now}
    _go(item, "reopen", reasons=_merged(reasons, known), **changes)
    if is_new:
        _record(item, Event.REOPEN, actor=actor, now=now)
    return item


def item_open(
    reply: Reply,
    revision_id: int,
    *,
    reasons: Iterable[str],
    severity: str,
    now: datetime,
    priority: int = 0,
) -> ReviewItem:
    """Put a reply that was never looked at into the queue and return its item; the caller holds the transaction."""
    return ReviewItem.objects.create(
        reply=reply,
        revision_id=revision_id,
        reasons=list(reasons),
        severity=severity,
        priority=max(priority, PRIORITIES[severity]) if priority >= 0 else priority,
        due_at=now + timedelta(seconds=DUE_SECONDS[severity]),
        created_at=now,
    )


def item_move(
    item: ReviewItem, to_state: str, *, now: datetime, **changes: Any
) -> None:
    """Take the item where a decision leads; resolved and reopened ones are nobody's."""
    if to_state == ItemState.RESOLVED:
        changes |= {"resolved_at": now, "assignee": None, "claimed_until": None}
    elif to_state == ItemState.OPEN and item.state == ItemState.RESOLVED:
        changes |= {"resolved_at": None, "assignee": None, "claimed_until": None}
    row_move(item, "state", to_state, **changes)


def item_close(reply: Reply, *, now: datetime) -> None:
    """Resolve what waits about a reply that is gone; the caller holds the transaction and the thread's lock."""
    for item in ReviewItem.objects.filter(reply=reply):
        if target(ITEM, "resolve", item.state):
            item_move(item, ItemState.RESOLVED, now=now)
        else:
            # Its version says that something happened, so that no decision is taken for a repetition.
            row_move(item, "state", item.state)


def require_unclaimed(item: ReviewItem, *, actor: Actor, now: datetime) -> None:
    """Raise `ItemClaimed` while another moderator has the item."""
    until = item.claimed_until
    is_taken = until is not None and until > now and item.assignee_id is not None
    is_own = actor.user is not None and item.assignee_id == actor.user.pk
    if until is not None and is_taken and not is_own:
        raise ItemClaimed(until=until)


def claims_release(*, now: datetime) -> int:
    """Give back the items whose claims have expired and return how many; they were free to take before already."""
    expired = ReviewItem.objects.filter(
        ~Q(state=ItemState.RESOLVED), claimed_until__lte=now
    )
    count = 0
    for item in expired.order_by("pk"):
        try:
            with transaction.atomic():
                _go(item, "release", assignee=None, claimed_until=None)
        except StaleDecision:
            continue
        count += 1
    return count


def _read(item_id: int, *, version: int, actor: Actor) -> ReviewItem:
    if actor.user is None:
        raise NotAllowed
    actor.require_moderator()
    item = ReviewItem.objects.select_related("reply__thread").filter(pk=item_id).first()
    if item is None:
        raise ReplyNotFound
    if item.version != version:
        raise StaleDecision
    return item


def _go(item: ReviewItem, event: str, **changes: Any) -> None:
    to_state = target(ITEM, event, item.state)
    if to_state is None:
        raise StaleDecision
    row_move(item, "state", to_state, **changes)


def _urgency(item: ReviewItem, severity: str, now: datetime) -> dict[str, Any]:
    """Return the fields of a severity; what was due before stays due."""
    due_at = now + timedelta(seconds=DUE_SECONDS[severity])
    return {
        "severity": severity,
        "priority": max(item.priority, PRIORITIES[severity]),
        "due_at": min(item.due_at or due_at, due_at),
    }


def _merged(new: Iterable[str], known: list[str]) -> list[str]:
    """Return the reasons, new ones first, each once."""
    return list(dict.fromkeys([*new, *known]))


def _record(item: ReviewItem, event: str, **values: Any) -> None:
    reply_record(
        item.reply,
        event,
        from_status=item.reply.status,
        item=item,
        item_version=item.version,
        revision_id=item.revision_id,
        facts={"signals": item.reasons},
        **values,
    )
