"""Errors a caller of this part can act on; each has a stable code."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


class FaultCode(StrEnum):
    """What is wrong with one value of a request; where it is, its pointer or field says. Public and permanent."""

    INVALID_ENCODING = "invalid-encoding"
    """Not UTF-8, or with a NUL."""
    INVALID_FORM = "invalid-form"
    """The form token is not one of ours, or is for another page."""
    INVALID_HOST = "invalid-host"
    INVALID_JSON = "invalid-json"
    INVALID_VALUE = "invalid-value"
    MISSING_FIELD = "missing-field"
    MISSING_VALUE = "missing-value"
    """Nothing is left of a text that is required."""
    NOT_FOUND = "not-found"
    REPEATED_PARAMETER = "repeated-parameter"
    TOO_LONG = "too-long"
    UNKNOWN_FIELD = "unknown-field"
    UNKNOWN_PARAMETER = "unknown-parameter"


class CommentsError(Exception):
    """The base of every error this part raises on purpose."""

    code = "reply.error"


class ReplyTooLong(CommentsError):
    """A reply's text is longer than the limit, so nothing was rendered."""

    code = "reply.too_long"

    def __init__(self, *, length: int, limit: int) -> None:
        """Keep both figures, in characters, for the message shown to the author."""
        super().__init__(f"The text has {length} characters; {limit} are allowed.")
        self.length = length
        self.limit = limit


class AppendOnlyError(CommentsError):
    """A record that is written once was about to be changed or deleted."""

    code = "decision.append_only"


class ThreadNotFound(CommentsError):
    """There is no such thread for a reader: no page, not public, or hidden. The cases answer alike."""

    code = "thread.not_found"


class ThreadClosed(CommentsError):
    """The thread is shown but takes no new replies."""

    code = "thread.closed"


class ReplyNotFound(CommentsError):
    """There is no such reply for whoever asks."""

    code = "reply.not_found"


class ReplyInvalid(CommentsError):
    """Some of the submitted values cannot be accepted; nothing was stored.

    `errors` maps a field's name to what is wrong with it and a message for people.
    """

    code = "reply.invalid"

    def __init__(self, errors: dict[str, tuple[FaultCode, str]]) -> None:
        """Keep what is wrong, by field."""
        super().__init__(", ".join(sorted(errors)))
        self.errors = errors


class FormSpent(CommentsError):
    """The form token was already used for another submission."""

    code = "form.spent"


class IdempotencyMismatch(CommentsError):
    """The Idempotency-Key was used before, with other values."""

    code = "idempotency.mismatch"


class RateLimited(CommentsError):
    """The network acted too often; `retry_after` is in seconds."""

    code = "rate.limited"

    def __init__(self, *, retry_after: int) -> None:
        """Keep how long to wait."""
        super().__init__(f"Try again in {retry_after} seconds.")
        self.retry_after = retry_after


class NotAllowed(CommentsError):
    """The actor has no right to do this."""

    code = "actor.not_allowed"


class ProofRefused(CommentsError):
    """The link of a mail is not ours, too old, used before, or for another site. The cases answer alike."""

    code = "proof.refused"


class AuthorSuspended(NotAllowed):
    """A measure against the author keeps them from writing, until `ends_at` or until it is lifted."""

    code = "author.suspended"

    def __init__(self, *, ends_at: datetime | None, decision_key: UUID) -> None:
        """Keep until when, and which decision says why."""
        super().__init__("The author may not write now.")
        self.ends_at = ends_at
        self.decision_key = decision_key


class StaleDecision(CommentsError):
    """Someone else decided first, or the reply's state does not allow the action."""

    code = "decision.stale"


class ItemClaimed(StaleDecision):
    """Another moderator is looking at the item; wait until `until`, or until they release it."""

    code = "item.claimed"

    def __init__(self, *, until: datetime) -> None:
        """Keep when the claim ends."""
        super().__init__(f"Claimed until {until.isoformat()}.")
        self.until = until


class AppealPending(StaleDecision):
    """An appeal about the reply waits; only who judges it decides."""

    code = "appeal.pending"


class FourEyes(NotAllowed):
    """Who decided first does not judge the appeal against it."""

    code = "appeal.four_eyes"


class NotAppealable(CommentsError):
    """The decision took nothing from the author, is too old, was replaced, or was appealed against before."""

    code = "appeal.not_possible"


class ReasonRequired(CommentsError):
    """The action keeps words from the public and must say why."""

    code = "decision.reason_required"


class BatchTooLarge(CommentsError):
    """More items were given than one transaction should hold."""

    code = "decision.batch_too_large"
