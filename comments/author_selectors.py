"""What authors may read of their own replies, and of what was decided about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery

from .models import Action, Decision, Reply

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmittedReply:
    """A reply as its author may follow it."""

    reply: Reply
    public_reason: str
    """What the decision that holds says to the author; empty when it says nothing."""


def submitted_reply(reply_id: UUID) -> SubmittedReply | None:
    """Return what the author of a reply may know of it, or None when it was erased. One query."""
    reason = Decision.objects.filter(
        reply=OuterRef("pk"), action__in=Action.values
    ).order_by("-created_at", "-pk")
    reply = (
        Reply.objects.filter(pk=reply_id)
        .select_related("thread")
        .annotate(latest_reason=Subquery(reason.values("public_reason")[:1]))
        .first()
    )
    if reply is None:
        return None
    return SubmittedReply(
        reply=reply, public_reason=getattr(reply, "latest_reason", None) or ""
    )
