"""When a delivery is tried again, and when no more."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

# Standard Webhooks 1.0.0, "Deliverability and reliability": ten attempts in about 75 hours.
DELAYS: tuple[timedelta, ...] = (
    timedelta(0),
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
)
MAX_JITTER = 0.2
"""Share of a delay that is added at most, so that what failed together does not come back together."""
MAX_RETRY_AFTER = timedelta(hours=24)
REST_MIN = timedelta(seconds=5)
REST_MAX = timedelta(minutes=5)
"""How long an endpoint that failed is left alone by other deliveries: doubled with each failure in a row."""
MAX_DIGITS = 9


class Verdict(StrEnum):
    """What an answer means for the delivery."""

    DELIVERED = "delivered"
    RETRY = "retry"
    GONE = "gone"
    """The receiver wants nothing more: 410."""


def judge(status: int) -> Verdict:
    """Return what the HTTP *status* means. A redirect is a failure: the address is to be corrected, not followed."""
    if 200 <= status < 300:
        return Verdict.DELIVERED
    return Verdict.GONE if status == 410 else Verdict.RETRY


def next_delay(
    attempts: int, *, jitter: float, asked: timedelta | None = None
) -> timedelta | None:
    """Return how long to wait after *attempts* failed ones (1 or more), None when there were enough.

    *jitter* is a random number from 0 to 1; *asked* is what the receiver asked for, which can only lengthen the wait.
    """
    if attempts >= len(DELAYS):
        return None
    delay = DELAYS[attempts] * (1 + MAX_JITTER * jitter)
    return delay if asked is None else max(delay, asked)


def next_rest(failures: int, *, asked: timedelta | None = None) -> timedelta:
    """Return how long the endpoint is left alone after *failures* (1 or more) in a row."""
    doublings: int = 2 ** min(failures - 1, 10)
    rest = min(REST_MIN * doublings, REST_MAX)
    return rest if asked is None else max(rest, asked)


def read_retry_after(value_raw: str, *, now: datetime) -> timedelta | None:
    """Return the time that a Retry-After header (RFC 9110, 10.2.3) asks for, at most a day; None if it says nothing."""
    text = value_raw.strip()
    if text.isascii() and text.isdigit():
        seconds = int(text[:MAX_DIGITS])
        return min(timedelta(seconds=seconds), MAX_RETRY_AFTER)
    try:
        wait = parsedate_to_datetime(text) - now
    except (TypeError, ValueError):
        # No date, or one without a time zone.
        return None
    return max(timedelta(0), min(wait, MAX_RETRY_AFTER))
