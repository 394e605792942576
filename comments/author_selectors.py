"""What authors may read of their own replies, and of what was decided about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery

from .errors import ReplyNotFound
from .models import Action, Decision, Reply, RevisionState

if TYPE_CHECKING:
    from uuid import UUID

    from .actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmittedReply:
    """A reply as its author may follow it."""

    reply: Reply
    public_reason: str
    """What the decision that holds says to the author; empty when it says nothing."""
    decision_key: UUID | None = None
    """Of that decision, when it kept the reply from the public."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReply:
    """A reply as its author may read and change it."""

    reply: Reply
    source: str
    """The author's latest text, whatever became of it."""
    has_proposal: bool
    """That text waits for a moderator."""
    public_reason: str
    decision_key: UUID | None


def submitted_reply(reply_id: UUID) -> SubmittedReply | None:
    """Return what the author of a reply may know of it, or None when it was erased. One query."""
    reason = Decision.objects.filter(
        reply=OuterRef("pk"), action__in=Action.values
    ).order_by("-created_at", "-pk")
    reply = (
        Reply.objects.filter(pk=reply_id)
        .select_related("thread")
        .annotate(
            latest_reason=Subquery(reason.values("public_reason")[:1]),
            latest_key=Subquery(reason.values("key")[:1]),
        )
        .first()
    )
    if reply is None:
        return None
    words = getattr(reply, "latest_reason", None) or ""
    return SubmittedReply(
        reply=reply,
        public_reason=words,
        decision_key=getattr(reply, "latest_key", None) if words else None,
    )


def own_reply(reply_id: UUID, actor: Actor) -> OwnReply:
    """Return a reply for its author; for everybody else it is as if there were none.

    Raises:
        ReplyNotFound: there is none of this author.
    """
    found = submitted_reply(reply_id)
    if found is None:
        raise ReplyNotFound
    actor.require_author(found.reply)
    latest = found.reply.revisions.filter(is_redaction=False).order_by("-number")
    revision = latest.first()
    return OwnReply(
        reply=found.reply,
        source=revision.source if revision is not None else "",
        has_proposal=revision is not None and revision.state == RevisionState.PROPOSED,
        public_reason=found.public_reason,
        decision_key=found.decision_key,
    )


def own_decision(key: UUID, actor: Actor) -> Decision:
    """Return a decision with a statement of reasons for the person concerned.

    Raises:
        ReplyNotFound: there is none for this person.
    """
    decision = (
        Decision.objects.select_related("reply__participant", "participant", "appeal")
        .filter(key=key)
        .exclude(reason="")
        .first()
    )
    if decision is None:
        raise ReplyNotFound
    actor.require_concerned(decision)
    return decision
