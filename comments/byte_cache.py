"""Encoded answers kept in the process, so that equal questions about an unchanged thread cost no second encoding."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from django.core.signals import setting_changed

if TYPE_CHECKING:
    from collections.abc import Hashable

MAX_ENTRIES = 4_096
ENTRY_OVERHEAD = 512
"""Bytes that an entry takes beside its content, counted generously."""


class ByteCache:
    """The bytes used last, within a number of entries and a number of bytes. Safe for threads.

    It forgets nothing by time and hears of no change: a key must name the version of what its bytes were made of.
    """

    def __init__(self, *, max_entries: int = MAX_ENTRIES) -> None:
        """Begin empty."""
        self._max_entries = max_entries
        self._entries: OrderedDict[Hashable, bytes] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    @property
    def size(self) -> int:
        """Bytes taken, overhead included."""
        return self._size

    def __len__(self) -> int:
        """Return the number of entries."""
        return len(self._entries)

    def get(self, key: Hashable) -> bytes | None:
        """Return the bytes of *key*, or None."""
        with self._lock:
            content = self._entries.get(key)
            if content is not None:
                self._entries.move_to_end(key)
            return content

    def put(self, key: Hashable, content: bytes, *, max_bytes: int) -> None:
        """Keep *content* and drop what was used longest ago, so that all together takes at most *max_bytes*."""
        size = len(content) + ENTRY_OVERHEAD
        if size > max_bytes:
            return
        with self._lock:
            self._drop(key)
            while self._entries and (
                self._size + size > max_bytes or len(self._entries) >= self._max_entries
            ):
                self._drop(next(iter(self._entries)))
            self._entries[key] = content
            self._size += size

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._entries.clear()
            self._size = 0

    def _drop(self, key: Hashable) -> None:
        content = self._entries.pop(key, None)
        if content is not None:
            self._size -= len(content) + ENTRY_OVERHEAD


REPLY_BYTES = ByteCache()
"""Pages of replies, of all threads."""


def _forget(*, setting: str, **_kwargs: object) -> None:
    if setting == "COMMENTS":
        REPLY_BYTES.clear()


setting_changed.connect(_forget, dispatch_uid="health_comments.byte_cache")
