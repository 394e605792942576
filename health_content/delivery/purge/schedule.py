"""When a purge is tried again, how many tags go into a request, and when a purge has become pointless."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FIRST_DELAY = timedelta(seconds=2)
LONGEST_DELAY = timedelta(minutes=10)
REPEAT_DELAY = timedelta(seconds=10)
"""After a recall everything is purged again: an answer that was on its way may have arrived after the first purge."""
STALE_ALLOWANCE = timedelta(days=1, minutes=1)
"""Beyond the lifetime of an answer: `stale-if-error` and `stale-while-revalidate`."""
MAX_DOUBLINGS = 16


def next_delay(attempts: int) -> timedelta:
    """Return how long to wait after *attempts* failed ones (1 or more): doubled each time, ten minutes at most."""
    doublings: int = 2 ** min(attempts - 1, MAX_DOUBLINGS)
    return min(FIRST_DELAY * doublings, LONGEST_DELAY)


def longest_use(shared_cache_seconds: int) -> timedelta:
    """Return the age at which no cache can still hold what was to be purged, so that nobody need ask it."""
    return timedelta(seconds=shared_cache_seconds) + STALE_ALLOWANCE


def chunks(
    tags: Sequence[str], *, max_count: int, max_length: int
) -> Iterator[list[str]]:
    """Yield *tags* in groups of *max_count* at most that joined by single characters are *max_length* long at most."""
    group: list[str] = []
    length = 0
    for tag in tags:
        if group and (len(group) == max_count or length + 1 + len(tag) > max_length):
            yield group
            group, length = [], 0
        group.append(tag)
        length += len(tag) + (1 if length else 0)
    if group:
        yield group
