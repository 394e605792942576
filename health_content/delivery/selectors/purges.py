"""What shared caches are still to be told, for those who look after them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Min, OuterRef, Q, Subquery

from ..models import CachePurge
from ..purge.purgers import purger_names

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheState:
    """How a cache stands."""

    name: str
    waiting_count: int = 0
    """Purges that were not tried yet."""
    failed_count: int = 0
    """Purges that the cache did not confirm."""
    since: datetime | None = None
    """When the oldest of either was recorded; None: the cache was told all."""
    next_at: datetime | None = None
    """When the first of them is due."""
    last_result: str = ""
    """Why it did not confirm."""


def cache_states() -> list[CacheState]:
    """Return each cache of the settings in their order, then those that only have purges left. One query."""
    newest = purges_failed().filter(purger=OuterRef("purger")).order_by("-due_at")
    rows = (
        CachePurge.objects.order_by("purger")
        .values("purger")
        .annotate(
            waiting_count=Count("pk", filter=Q(last_result="")),
            failed_count=Count("pk", filter=~Q(last_result="")),
            since=Min("recorded_at"),
            next_at=Min("due_at"),
            last_result=Subquery(newest.values("last_result")[:1]),
        )
    )
    found = {
        row["purger"]: CacheState(
            name=row["purger"],
            waiting_count=row["waiting_count"],
            failed_count=row["failed_count"],
            since=row["since"],
            next_at=row["next_at"],
            last_result=row["last_result"] or "",
        )
        for row in rows
    }
    known = {name: CacheState(name=name) for name in purger_names()}
    return list((known | found).values())


def purges_failed() -> QuerySet[CachePurge]:
    """Return the purges that a cache did not confirm."""
    return CachePurge.objects.exclude(last_result="")


def purges_failed_first() -> list[CachePurge]:
    """Return the oldest purge of each cache that did not confirm. One query."""
    first = purges_failed().order_by().values("purger").annotate(first=Min("pk"))
    return list(CachePurge.objects.filter(pk__in=first.values("first")).order_by("pk"))
