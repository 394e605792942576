"""Housekeeping of the short-lived rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..models import ChallengeUse, IdempotencyRecord
from ..ratelimit import windows_purge
from .retention import replies_purge

if TYPE_CHECKING:
    from datetime import datetime


def records_purge(*, now: datetime) -> int:
    """Delete what has expired and return how many rows that were; harmless at any time and twice."""
    deleted = windows_purge(now=now) + replies_purge(now=now)
    for model in (IdempotencyRecord, ChallengeUse):
        deleted += model.objects.filter(expires_at__lt=now).delete()[0]
    return deleted
