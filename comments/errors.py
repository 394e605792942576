"""Errors a caller of this part can act on; each has a stable code."""

from __future__ import annotations

from enum import StrEnum


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


class StaleDecision(CommentsError):
    """Someone else decided first, or the reply's state does not allow the action."""

    code = "decision.stale"


class ReasonRequired(CommentsError):
    """The action keeps words from the public and must say why."""

    code = "decision.reason_required"


class BatchTooLarge(CommentsError):
    """More items were given than one transaction should hold."""

    code = "decision.batch_too_large"
