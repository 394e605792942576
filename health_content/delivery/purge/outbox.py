"""Changes become rows for each cache, in the transaction of the change: both are there, or neither."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils import timezone

from ...after_commit import after_commit
from ..models import CachePurge
from . import timing
from .purgers import purger_names, wants_urls
from .schedule import REPEAT_DELAY

if TYPE_CHECKING:
    from collections.abc import Iterable


def caches_purge(
    tags: Iterable[str],
    *,
    urls: Iterable[str] = (),
    is_hard: bool = False,
    is_urgent: bool = False,
) -> None:
    """Have every cache drop the answers with one of *tags*, and those at *urls*, once the transaction is committed.

    One query, none where there is no cache to tell. What is urgent is sent at once, in the caller's time, and again a
    little later; the rest is sent together with what else changes in the same moment.
    """
    names = purger_names()
    tags, urls = sorted(set(tags)), sorted(set(urls))
    if not names or not (tags or urls):
        return
    now = timezone.now()
    moments = (now, now + REPEAT_DELAY) if is_urgent else (now,)
    CachePurge.objects.bulk_create(
        CachePurge(
            purger=name,
            tags=tags,
            urls=urls if wants_urls(name) else [],
            is_hard=is_hard,
            is_urgent=is_urgent,
            recorded_at=now,
            due_at=due_at,
        )
        for name in names
        for due_at in moments
    )
    after_commit(partial(timing.send_soon, is_urgent=is_urgent))
