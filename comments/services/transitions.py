"""The one place where a state changes: guarded by the state and version that were read, so that nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F

from ..errors import StaleDecision
from ..machines import REVISION
from ..models import Reply, ReplyRevision, ReplyStatus, Thread
from .threads import announce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from ..models import Appeal, Report, ReviewItem, Sanction


def thread_lock(
    thread_id: int, *, published: int = 0, is_seen: bool | None = None
) -> None:
    """Lock the thread's row until the transaction ends and add *published* (-1, 0 or 1) to what readers see.

    Every change of a reply takes this lock first, so two of them in one thread never wait for each other in a circle.
    A change that readers cannot see does not touch the version: nobody learns from the entity tag that it happened.
    *is_seen* says that they see one although the number of replies stays.
    """
    is_seen = bool(published) if is_seen is None else is_seen
    Thread.objects.filter(pk=thread_id).update(
        reply_count=F("reply_count") + published,
        version=F("version") + int(is_seen),
    )


def reply_transition(
    reply: Reply,
    to_status: str,
    *,
    now: datetime,
    revision_id: int | None = None,
    **changes: Any,
) -> None:
    """Move *reply* from the status and version it was read with to *to_status*; count and announce what shows.

    *revision_id* is the text that becomes the public one. The caller holds a transaction. Signals are sent when it is
    committed.

    Raises:
        StaleDecision: the row has another status or version by now; nothing was written but the lock.
    """
    published = _is_public(to_status) - _is_public(reply.status)
    stays_public = _is_public(to_status) and not published
    has_new_text = revision_id not in {None, reply.published_revision_id}
    is_pinned_anew = changes.get("pinned", reply.pinned) != reply.pinned
    is_seen = bool(published or (stays_public and (has_new_text or is_pinned_anew)))
    thread_lock(reply.thread_id, published=published, is_seen=is_seen)
    if revision_id is not None:
        changes["published_revision_id"] = revision_id
    if to_status == ReplyStatus.PUBLISHED:
        changes["published_at"] = reply.published_at or now
    row_move(reply, "status", to_status, updated_at=now, **changes)
    if published:
        Reply.objects.filter(pk__in=reply.ancestor_ids).update(
            reply_count=F("reply_count") + published
        )
    if is_seen:
        announce(reply.thread_id, reply.thread.page_id)


def row_move(
    row: Reply | ReviewItem | Report | Appeal | Sanction,
    field: str,
    to_state: str,
    **changes: Any,
) -> None:
    """Give *row* another state (and *changes*) if it still has the state and version that it was read with.

    *row* follows in memory, but for expressions. The caller holds a transaction.

    Raises:
        StaleDecision: the row moved on, or is gone.
    """
    manager: Any = type(row)._default_manager  # noqa: SLF001 - Django documents it
    known = {field: getattr(row, field), "version": row.version}
    changes = {field: to_state, "version": F("version") + 1, **changes}
    if not manager.filter(pk=row.pk, **known).update(**changes):
        raise StaleDecision
    for name, value in changes.items():
        setattr(row, name, value)
    row.version = known["version"] + 1


def revision_move(revision_id: int, event: str) -> None:
    """Move a text's state as *event* says.

    Raises:
        StaleDecision: its state does not allow the event.
    """
    for from_state, to_state in REVISION[event].items():
        rows = ReplyRevision.objects.filter(pk=revision_id, state=from_state)
        if rows.update(state=to_state):
            return
    raise StaleDecision


def revisions_supersede(reply_id: UUID, *, but: int) -> None:
    """Mark the texts of a reply that are proposed or were public as superseded, all *but* one."""
    states = list(REVISION["supersede"])
    older = ReplyRevision.objects.filter(reply_id=reply_id, state__in=states)
    older.exclude(pk=but).update(state=REVISION["supersede"][states[0]])


def _is_public(status: str) -> int:
    return int(status == ReplyStatus.PUBLISHED)
