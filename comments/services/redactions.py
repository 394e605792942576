"""Moderators leave out what must not be public, and say what is shown first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from ..errors import ReplyNotFound, StaleDecision
from ..machines import REPLY, target
from ..models import (
    Decision,
    Event,
    ItemState,
    Reply,
    ReplyRevision,
    ReplyStatus,
    RevisionState,
)
from ..normalize import normalize_text
from ..reasons import PUBLIC_TEXTS, Reason
from .assessing import next_number, text_hash
from .decisions import item_read, require_no_appeal
from .intake import body_read
from .items import item_move, require_unclaimed
from .outbox import author_tell
from .records import reply_record
from .reports import reports_settle
from .transitions import reply_transition, revisions_supersede, thread_lock

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from ..actors import Actor


@transaction.atomic
def reply_redact(
    item_id: int,
    *,
    source_raw: str,
    version: int,
    actor: Actor,
    now: datetime,
    reason: Reason = Reason.PERSONAL_DATA,
    internal_note: str = "",
) -> Decision:
    """Publish the item's reply in a moderator's wording, which leaves out what must not be public; return the decision.

    The author's text stays on record as superseded, and the author is told.

    Raises:
        NotAllowed, ReplyNotFound, ItemClaimed, AppealPending: as for deciding.
        ReplyInvalid: nothing is left of the text.
        StaleDecision: the reply cannot be public, or changed since *version*.
    """
    actor.require_moderator()
    item = item_read(item_id)
    reply, from_status, reasons = item.reply, item.reply.status, list(item.reasons)
    to_status = target(REPLY, "redact", from_status)
    if to_status is None or item.version != version:
        raise StaleDecision
    require_unclaimed(item, actor=actor, now=now)
    require_no_appeal(item)
    revision = _shortened(reply, source_raw, now=now)
    reply_transition(reply, to_status, now=now, revision_id=revision.pk)
    item_move(item, ItemState.RESOLVED, now=now, revision=revision)
    decision = reply_record(
        reply,
        Event.REDACT,
        from_status=from_status,
        actor=actor,
        now=now,
        item=item,
        item_version=item.version,
        revision=revision,
        internal_note=internal_note,
        facts={"signals": reasons},
        reason=reason,
        ground=reason.ground,
        public_reason=str(PUBLIC_TEXTS[reason]),
    )
    reports_settle(reply, decision, now=now)
    author_tell(reply, decision, now=now)
    return decision


@transaction.atomic
def reply_pin(
    reply_id: UUID, *, is_pinned: bool, version: int, actor: Actor, now: datetime
) -> Reply:
    """Mark a public reply as one to be read first, or no longer, and return it; a repetition changes nothing.

    Raises:
        NotAllowed: the actor may not moderate. ReplyNotFound: no such public reply. StaleDecision: it changed.
    """
    actor.require_moderator()
    reply = Reply.objects.select_related("thread").filter(pk=reply_id).first()
    if reply is None or reply.status != ReplyStatus.PUBLISHED:
        raise ReplyNotFound
    if reply.pinned == is_pinned:
        return reply
    if reply.version != version:
        raise StaleDecision
    reply_transition(reply, reply.status, now=now, pinned=is_pinned)
    event = Event.PIN if is_pinned else Event.UNPIN
    reply_record(reply, event, from_status=reply.status, actor=actor, now=now)
    return reply


def _shortened(reply: Reply, source_raw: str, *, now: datetime) -> ReplyRevision:
    """Store a moderator's wording in the place of all others."""
    rendered = body_read(source_raw)
    thread_lock(reply.thread_id)
    number = next_number(reply)
    revisions_supersede(reply.pk, but=0)
    return ReplyRevision.objects.create(
        reply=reply,
        number=number,
        source=normalize_text(source_raw),
        body_html=rendered.html,
        body_text=rendered.text,
        renderer_version=rendered.version,
        text_hash=text_hash(rendered.text),
        state=RevisionState.APPROVED,
        is_redaction=True,
        created_at=now,
    )
