"""Readers say that a reply should not be public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from ..actors import Actor
from ..errors import ReplyNotFound
from ..machines import REPORT
from ..models import Reply, ReplyStatus, Report, ReportState
from ..normalize import normalize_text
from ..selectors import public_thread
from ..tokens import keyed_hash
from .items import item_reopen
from .limits import limit
from .transitions import thread_lock

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from ..models import Decision
    from ..reasons import ReportReason

MAX_REPORT_TEXT = 1_000


def report_submit(
    reply_id: UUID,
    *,
    reason: ReportReason,
    text_raw: str,
    actor: Actor,
    network: str,
    now: datetime,
) -> Report:
    """Store a reader's report, bring the reply back to the moderators, and return the report.

    Reports never hide a reply, however many there are: people decide. The same reader counts once for the same text,
    also after it was decided that the text may stay: what they send again is stored as a duplicate.

    Raises:
        ReplyNotFound: no such public reply. RateLimited: too many reports from there.
    """
    reply = public_reply(reply_id)
    limit("report", network, now)
    reporter_hash = _reporter_hash(actor, network, now)
    with transaction.atomic():
        thread_lock(reply.thread_id)
        fresh = Reply.objects.filter(pk=reply.pk, status=ReplyStatus.PUBLISHED).first()
        if fresh is None:
            raise ReplyNotFound
        known = Report.objects.filter(
            reply=reply,
            reporter_hash=reporter_hash,
            revision_id=fresh.published_revision_id,
        )
        is_known = known.exclude(state=ReportState.UPHELD).exists()
        report = Report.objects.create(
            reply=reply,
            revision_id=fresh.published_revision_id,
            reporter_id=actor.participant_id,
            reporter_hash=reporter_hash,
            reason=reason,
            text=normalize_text(text_raw)[:MAX_REPORT_TEXT],
            state=ReportState.DUPLICATE if is_known else ReportState.RECEIVED,
            created_at=now,
            settled_at=now if is_known else None,
        )
        if not is_known:
            fresh.thread = reply.thread
            item_reopen(
                fresh,
                reasons=[f"report.{reason}"],
                severity=reason.severity,
                actor=Actor.rule("report"),
                now=now,
            )
    return report


def public_reply(reply_id: UUID) -> Reply:
    """Return a reply that everybody may read, or raise `ReplyNotFound`."""
    reply = (
        Reply.objects.select_related("thread")
        .filter(pk=reply_id, status=ReplyStatus.PUBLISHED)
        .first()
    )
    if reply is None or public_thread(reply.thread.page_id) is None:
        raise ReplyNotFound
    return reply


def reports_settle(reply: Reply, decision: Decision, *, now: datetime) -> None:
    """Answer the reports that wait with the decision on the reply: upheld unless it stays public.

    The caller holds the transaction and the thread's lock.
    """
    event = "dismiss" if reply.status == ReplyStatus.PUBLISHED else "uphold"
    for from_state, to_state in REPORT[event].items():
        Report.objects.filter(reply=reply, state=from_state).update(
            state=to_state,
            decision=decision,
            settled_at=now,
            version=F("version") + 1,
        )


def _reporter_hash(actor: Actor, network: str, now: datetime) -> str:
    """Return what a reporter is known by: a proven person for ever, a network for a day."""
    if actor.participant_id is not None:
        return keyed_hash("reporter", "person", actor.participant_id)
    if actor.user is not None:
        return keyed_hash("reporter", "account", actor.user.pk)
    return keyed_hash("reporter", "network", now.date().isoformat(), network)
