"""The tables of the replies part."""

from .people import Participant
from .replies import (
    MAX_DEPTH,
    Reply,
    ReplyKind,
    ReplyRevision,
    ReplyStatus,
    RevisionState,
)
from .review import (
    Action,
    ActorKind,
    Decision,
    Ground,
    ItemState,
    ReviewItem,
    Severity,
)
from .threads import Thread, ThreadMode
from .traffic import IdempotencyRecord, RateWindow

__all__ = [
    "MAX_DEPTH",
    "Action",
    "ActorKind",
    "Decision",
    "Ground",
    "IdempotencyRecord",
    "ItemState",
    "Participant",
    "RateWindow",
    "Reply",
    "ReplyKind",
    "ReplyRevision",
    "ReplyStatus",
    "ReviewItem",
    "RevisionState",
    "Severity",
    "Thread",
    "ThreadMode",
]
