"""The one place where a reply's status changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F

from ..errors import StaleDecision
from ..models import Reply, ReplyStatus, Thread
from .threads import announce

if TYPE_CHECKING:
    from datetime import datetime


def thread_lock(thread_id: int, *, published: int = 0) -> None:
    """Lock the thread's row until the transaction ends and add *published* (-1, 0 or 1) to what readers see.

    Every change of a reply takes this lock first, so two of them in one thread never wait for each other in a circle.
    A change that readers cannot see does not touch the version: nobody learns from the entity tag that it happened.
    """
    Thread.objects.filter(pk=thread_id).update(
        reply_count=F("reply_count") + published,
        version=F("version") + abs(published),
    )


def reply_transition(
    reply: Reply, to_status: ReplyStatus, *, revision_id: int, now: datetime
) -> None:
    """Move *reply* from the status and version it was read with to *to_status*; count and announce what shows.

    The caller holds a transaction. Signals are sent when it is committed.

    Raises:
        StaleDecision: the row has another status or version by now; nothing was written but the lock.
    """
    published = _is_public(to_status) - _is_public(reply.status)
    thread_lock(reply.thread_id, published=published)
    changes: dict[str, Any] = {"status": to_status, "updated_at": now}
    if to_status == ReplyStatus.PUBLISHED:
        changes["published_revision_id"] = revision_id
        changes["published_at"] = reply.published_at or now
    changed = Reply.objects.filter(
        pk=reply.pk, status=reply.status, version=reply.version
    ).update(version=F("version") + 1, **changes)
    if not changed:
        raise StaleDecision
    if published:
        Reply.objects.filter(pk__in=reply.ancestor_ids).update(
            reply_count=F("reply_count") + published
        )
        announce(reply.thread_id, reply.thread.page_id)


def _is_public(status: str) -> int:
    return int(status == ReplyStatus.PUBLISHED)
