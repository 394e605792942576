"""The tables of the replies part."""

from .decisions import Action, ActorKind, Decision, Event, Ground
from .outbox import MessageKind, MessageState, OutboxMessage
from .people import Credential, Participant
from .redress import (
    Appeal,
    AppealState,
    Report,
    ReportState,
    Sanction,
    SanctionKind,
    SanctionState,
)
from .replies import (
    MAX_DEPTH,
    Removal,
    Reply,
    ReplyKind,
    ReplyRevision,
    ReplyStatus,
    RevisionState,
)
from .review import ItemState, ReviewItem, Severity
from .threads import Thread, ThreadMode
from .traffic import ChallengeUse, IdempotencyRecord, RateWindow

__all__ = [
    "MAX_DEPTH",
    "Action",
    "ActorKind",
    "Appeal",
    "AppealState",
    "ChallengeUse",
    "Credential",
    "Decision",
    "Event",
    "Ground",
    "IdempotencyRecord",
    "ItemState",
    "MessageKind",
    "MessageState",
    "OutboxMessage",
    "Participant",
    "RateWindow",
    "Removal",
    "Reply",
    "ReplyKind",
    "ReplyRevision",
    "ReplyStatus",
    "Report",
    "ReportState",
    "ReviewItem",
    "RevisionState",
    "Sanction",
    "SanctionKind",
    "SanctionState",
    "Severity",
    "Thread",
    "ThreadMode",
]
