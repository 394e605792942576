"""How often a network may act: counted by one SQL statement, so it is exact across processes.

Read-then-write counters (DRF's throttles, django-ratelimit) let 15 to 40 requests through a limit of 5 when eight
processes race; this lets exactly 5.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import DatabaseError, connection, transaction

from .models import RateWindow
from .tokens import keyed_hash

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

logger = logging.getLogger(__name__)

# Not an f-string of anything but our own table's name; the values are parameters.
_UPSERT = (
    "INSERT INTO {table} (bucket, starts_at, n, expires_at) VALUES (%s, %s, 1, %s) "
    "ON CONFLICT (bucket, starts_at) DO UPDATE SET n = {table}.n + 1 RETURNING n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most `count` in each window of `seconds`."""

    count: int
    seconds: int


def hit(
    purpose: str, identity: str, *, limits: Sequence[Limit], now: datetime
) -> int | None:
    """Count one action and return None, or the seconds to wait when a limit is passed.

    Windows are fixed: they start at whole multiples of their length since 1970. Refused actions count too. *identity*
    is stored only as a hash whose key changes with the day. Fails open: if the database cannot count, the action is
    allowed and the error logged, for everything else that guards a reply still stands.

    Cost: one statement per limit, each in its own transaction unless the caller holds one.
    """
    moment = int(now.timestamp())
    try:
        waits = [_hit_one(purpose, identity, limit, moment) for limit in limits]
    except DatabaseError:
        logger.exception("The rate of %s could not be counted.", purpose)
        return None
    return max((wait for wait in waits if wait is not None), default=None)


def windows_purge(*, now: datetime) -> int:
    """Delete the windows that are over and return how many they were."""
    deleted, _by_model = RateWindow.objects.filter(
        expires_at__lt=int(now.timestamp())
    ).delete()
    return deleted


def _hit_one(purpose: str, identity: str, limit: Limit, moment: int) -> int | None:
    starts_at = moment - moment % limit.seconds
    ends_at = starts_at + limit.seconds
    bucket = keyed_hash(
        "rate", starts_at // 86_400, purpose, limit.count, limit.seconds, identity
    )
    with transaction.atomic():
        count = _count(bucket, starts_at, ends_at)
    return None if count <= limit.count else max(1, ends_at - moment)


def _count(bucket: str, starts_at: int, ends_at: int) -> int:
    table = connection.ops.quote_name(RateWindow._meta.db_table)  # noqa: SLF001 - Django documents _meta
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT.format(table=table), [bucket, starts_at, ends_at])
        row = cursor.fetchone()
    return int(row[0])
