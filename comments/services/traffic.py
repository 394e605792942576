"""Housekeeping of the short-lived rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..models import IdempotencyRecord
from ..ratelimit import windows_purge

if TYPE_CHECKING:
    from datetime import datetime


def records_purge(*, now: datetime) -> int:
    """Delete what has expired and return how many rows that were; harmless at any time and twice."""
    deleted, _by_model = IdempotencyRecord.objects.filter(expires_at__lt=now).delete()
    return deleted + windows_purge(now=now)
