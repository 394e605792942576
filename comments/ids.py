"""Time-ordered identifiers (UUID version 7, RFC 9562 section 5.7)."""

from __future__ import annotations

import secrets
import time
from uuid import UUID

_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62


def make_uuid7(*, unix_ms: int, random_bits: int) -> UUID:
    """Return the UUID of a moment in milliseconds and 74 random bits.

    Identifiers sort by moment, as integers, as text and as database values.
    """
    random_a = (random_bits >> 62) & 0xFFF
    random_b = random_bits & ((1 << 62) - 1)
    timestamp = (unix_ms & ((1 << 48) - 1)) << 80
    return UUID(int=timestamp | _VERSION | random_a << 64 | _VARIANT | random_b)


def new_uuid7() -> UUID:
    """Return a fresh identifier for a row that is about to be written."""
    return make_uuid7(
        unix_ms=time.time_ns() // 1_000_000, random_bits=secrets.randbits(74)
    )
