"""The JSON that authors get of what they wrote and of what was decided about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..models import ActorKind, ReplyStatus
from ..services import is_appealable
from .payloads import moment_json

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from ..author_selectors import OwnReply, SubmittedReply
    from ..models import Decision
    from ..services import Proven


def status_json(found: SubmittedReply) -> dict[str, Any]:
    """Return what an author may know of their reply."""
    reply, status = found.reply, public_status(found.reply.status)
    is_kept_back = status == "not_published"
    return {
        "id": str(reply.pk),
        "status": status,
        "anchor": reply.anchor if status == "published" else None,
        "reason": found.public_reason if is_kept_back else None,
        "decision": _key(found.decision_key) if is_kept_back else None,
    }


def own_reply_json(own: OwnReply) -> dict[str, Any]:
    """Return a reply with its author's own words."""
    status = public_status(own.reply.status)
    is_kept_back = status == "not_published"
    return {
        "id": str(own.reply.pk),
        "status": status,
        "source": own.source,
        "edit_pending": own.has_proposal and own.reply.status != ReplyStatus.PENDING,
        "reason": own.public_reason if is_kept_back else None,
        "decision": _key(own.decision_key) if is_kept_back else None,
    }


def proven_json(proven: Proven) -> dict[str, Any]:
    """Return what came of a link."""
    reply = None
    if proven.reply_id is not None:
        reply = {"id": str(proven.reply_id), "status": proven.status}
    return {
        "guest_token": proven.guest_token,
        "name": proven.display_name,
        "reply": reply,
    }


def decision_json(decision: Decision, now: datetime) -> dict[str, Any]:
    """Return a statement of reasons; the names follow Article 17(3) of the Digital Services Act. Never who decided."""
    appeal = getattr(decision, "appeal", None)
    return {
        "id": str(decision.key),
        "reply": _key(decision.reply_key),
        "decision": decision.action,
        "decision_ground": decision.ground,
        "reason": decision.reason,
        "explanation": decision.public_reason,
        "automated_detection": decision.automated_detection,
        "automated_decision": decision.actor_kind != ActorKind.HUMAN,
        "territorial_scope": decision.territorial_scope or None,
        "application_date": moment_json(decision.created_at),
        "end_date": moment_json(decision.ends_at),
        "appeal": appeal.state if appeal is not None else None,
        "can_appeal": appeal is None and is_appealable(decision, now=now),
    }


def public_status(status: str) -> str:
    """Return a reply's status as its author reads it."""
    match status:
        case ReplyStatus.PUBLISHED:
            return "published"
        case ReplyStatus.UNVERIFIED:
            return "unverified"
        case ReplyStatus.PENDING:
            return "pending"
        case ReplyStatus.REMOVED:
            return "removed"
    return "not_published"


def _key(key: UUID | None) -> str | None:
    return str(key) if key is not None else None
