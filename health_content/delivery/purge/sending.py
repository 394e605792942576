"""Purges are claimed, merged, sent and settled. Any number of processes may do so at once.

A claim is a due time in the near future, as it is for webhooks: what a killed process left is sent by another.
"""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone

from ...conf import get_conf
from ..models import CachePurge
from ..models.purges import MAX_RESULT
from ..selectors.purges import purges_failed
from .purgers import PurgeError, PurgeRequest, purger
from .schedule import longest_use, next_delay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

logger = logging.getLogger(__name__)
CLAIM_SECONDS = 120
"""Longer than the requests of one claim take."""
MAX_ROWS = 500
"""Rows that one claim takes; most of their tags are the same ones."""
LOUD_FROM = 3
"""Attempts from which a failure is an error in the log: before, a cache may have been restarting."""


@dataclass(slots=True)
class _Batch:
    """What one cache is to drop, of all rows of a claim."""

    rows: list[CachePurge] = field(default_factory=list)
    hard: set[str] = field(default_factory=set)
    soft: set[str] = field(default_factory=set)
    urls: set[str] = field(default_factory=set)

    def add(self, row: CachePurge) -> None:
        self.rows.append(row)
        (self.hard if row.is_hard else self.soft).update(row.tags)
        self.urls.update(row.urls)

    def requests(self) -> Iterable[PurgeRequest]:
        """Return the requests, what must go at once first."""
        if self.hard or self.urls:
            yield PurgeRequest(
                tags=sorted(self.hard), urls=sorted(self.urls), is_hard=True
            )
        if soft := sorted(self.soft - self.hard):
            yield PurgeRequest(tags=soft)


def purges_send(
    *, is_urgent_only: bool = False, clock: Callable[[], datetime] = timezone.now
) -> int:
    """Send what is due, the urgent first, until nothing is; return how many rows were settled, and were not."""
    count = 0
    while rows := _claim(is_urgent_only=is_urgent_only, now=clock()):
        batches: dict[str, _Batch] = {}
        for row in rows:
            batches.setdefault(row.purger, _Batch()).add(row)
        for name, batch in batches.items():
            _send(name, batch, clock=clock)
        count += len(rows)
    return count


def purges_retry(*, now: datetime) -> int:
    """Send at once what failed, whatever its turn, and what is due; return how many rows were settled, and were not.

    What another process is sending is left to it. What fails again waits for its next turn.
    """
    purges_failed().filter(claim=None, due_at__gt=now).update(due_at=now)
    return purges_send(clock=lambda: now)


def _claim(*, is_urgent_only: bool, now: datetime) -> list[CachePurge]:
    due = CachePurge.objects.filter(due_at__lte=now)
    if is_urgent_only:
        due = due.filter(is_urgent=True)
    chosen = list(
        due.order_by("-is_urgent", "pk").values_list("pk", flat=True)[:MAX_ROWS]
    )
    if not chosen:
        return []
    claim = uuid.uuid4()
    # A guarded UPDATE: of two processes, one changes a row and the other finds it changed.
    CachePurge.objects.filter(pk__in=chosen, due_at__lte=now).update(
        claim=claim,
        due_at=now + timedelta(seconds=CLAIM_SECONDS),
        attempt_count=F("attempt_count") + 1,
    )
    return list(CachePurge.objects.filter(claim=claim).order_by("pk"))


def _send(name: str, batch: _Batch, *, clock: Callable[[], datetime]) -> None:
    error = ""
    try:
        cache = purger(name)
        if cache is not None:
            for request in batch.requests():
                cache.purge(request)
    except PurgeError as refusal:
        error = str(refusal)
    except Exception:
        # The runner's last line: a cache that cannot even be asked must not keep the others waiting.
        logger.exception("Cache %s could not be purged", name)
        error = "error"
    if error:
        _postpone(name, batch, error, now=clock())
        return
    CachePurge.objects.filter(pk__in=[row.pk for row in batch.rows]).delete()
    logger.info(
        "Cache %s purged: %d tags (%d hard), %d addresses, of %d changes",
        name, len(batch.hard | batch.soft), len(batch.hard), len(batch.urls), len(batch.rows),
    )  # fmt: skip


def _postpone(name: str, batch: _Batch, error: str, *, now: datetime) -> None:
    """Keep for later what failed, unless no cache can hold it by now."""
    oldest = now - longest_use(get_conf().shared_cache_seconds)
    old = [row.pk for row in batch.rows if row.recorded_at < oldest]
    if old:
        CachePurge.objects.filter(pk__in=old).delete()
        logger.error(
            "Cache %s: %d purges given up, their answers have expired", name, len(old)
        )
    kept = [row for row in batch.rows if row.pk not in set(old)]
    attempts = max((row.attempt_count for row in kept), default=0)
    if not kept:
        return
    CachePurge.objects.filter(pk__in=[row.pk for row in kept]).update(
        claim=None, due_at=now + next_delay(attempts), last_result=error[:MAX_RESULT]
    )
    level = logging.ERROR if attempts >= LOUD_FROM else logging.WARNING
    logger.log(level, "Cache %s was not purged (attempt %d): %s", name, attempts, error)
