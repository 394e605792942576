"""What is not kept: replies that nobody confirmed, and the words of those that were withdrawn."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from ..conf import get_conf
from ..models import Participant, Removal, Reply, ReplyStatus, ReviewItem
from .edits import words_erase
from .proofs import MAX_AGES, VERIFY
from .transitions import thread_lock

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

_BATCH = 500


def replies_purge(*, now: datetime) -> int:
    """Delete unconfirmed replies whose links are too old, empty long withdrawn ones, and return how many there were."""
    unconfirmed = Reply.objects.filter(
        status=ReplyStatus.UNVERIFIED, created_at__lt=now - MAX_AGES[VERIFY]
    )
    withdrawn = Reply.objects.filter(
        removal=Removal.AUTHOR,
        updated_at__lt=now - timedelta(days=get_conf().withdrawn_days),
        revisions__source__gt="",
    )
    count = 0
    for key in list(unconfirmed.values_list("pk", flat=True)[:_BATCH]):
        count += _delete(key)
    for key in list(withdrawn.distinct().values_list("pk", flat=True)[:_BATCH]):
        count += _empty(key)
    return count


@transaction.atomic
def _delete(reply_id: UUID) -> int:
    """Delete a reply that nobody saw, with the guest who was made for it; one that was confirmed meanwhile stays."""
    reply = Reply.objects.filter(pk=reply_id).first()
    if reply is None:
        return 0
    thread_lock(reply.thread_id)
    rows = Reply.objects.filter(pk=reply_id, status=ReplyStatus.UNVERIFIED)
    if not rows.exists() or ReviewItem.objects.filter(reply=reply_id).exists():
        return 0
    rows.delete()
    if reply.participant_id is None:
        return 1
    Participant.objects.filter(
        pk=reply.participant_id,
        user__isnull=True,
        verified_at__isnull=True,
        replies__isnull=True,
    ).delete()
    return 1


@transaction.atomic
def _empty(reply_id: UUID) -> int:
    reply = Reply.objects.filter(pk=reply_id, removal=Removal.AUTHOR).first()
    if reply is None:
        return 0
    thread_lock(reply.thread_id)
    words_erase(reply)
    Reply.objects.filter(pk=reply_id).update(author_name="")
    return 1
