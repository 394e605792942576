"""Opaque cursors of keyset pages: where a list goes on, as one URL-safe word."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass

# A title of 255 characters of four bytes each, in base64, with room for the rest.
MAX_LENGTH = 2_000
MAX_ID = 2**63 - 1
# Microseconds from 1970 to the end of the year 9999, the last that a date can have. Other numbers are smaller.
MAX_KEY = 253_402_300_799_999_999
# The `order` of the change feed's cursors.
CHANGES_ORDER = "changes"


class CursorInvalidError(ValueError):
    """The word is not a cursor of this list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """The last row of the page before."""

    order: str
    """The list's `order` when the cursor was made; a cursor is good for that order only."""
    key: str | int | None
    """Value of the ordered field; times as microseconds since 1970; None among those without a value, which come last."""
    id: int


def encode_cursor(cursor: Cursor) -> str:
    """Return *cursor* as a word that needs no quoting in a URL."""
    payload = json.dumps([cursor.order, cursor.key, cursor.id], separators=(",", ":"))
    return base64.urlsafe_b64encode(payload.encode()).rstrip(b"=").decode("ascii")


def decode_cursor(word_raw: str, *, order: str) -> Cursor:
    """Return the cursor that *word_raw* stands for.

    Raises:
        CursorInvalidError: not made by `encode_cursor`, or for another order.
    """
    if len(word_raw) > MAX_LENGTH or not word_raw.isascii():
        raise CursorInvalidError
    try:
        padded = word_raw + "=" * (-len(word_raw) % 4)
        payload = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise CursorInvalidError from error
    match payload:
        case [str(given), str() | int() | None as key, int(identifier)] if (
            given == order
            and not isinstance(key, bool)
            and not isinstance(identifier, bool)
            and 0 <= identifier <= MAX_ID
            and (not isinstance(key, int) or 0 <= key <= MAX_KEY)
            and _is_storable(str(key))
        ):
            cursor = Cursor(order=given, key=key, id=identifier)
        case _:
            raise CursorInvalidError
    if encode_cursor(cursor) != word_raw:
        raise CursorInvalidError
    return cursor


def _is_storable(text: str) -> bool:
    """Return whether a database takes *text*: no NUL, and no half of a surrogate pair, which UTF-8 cannot write."""
    return "\x00" not in text and not any("\ud800" <= c <= "\udfff" for c in text)
