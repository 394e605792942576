"""Pages of lists that are in one order only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..cursors import Cursor


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysetPage:
    """One page of a list."""

    items: tuple[bytes, ...]
    """JSON of each item."""
    next: Cursor | None
    next_transition: int | None
    """When the list may change by itself; seconds since 1970."""
    count: int | None = None
    """How many items all pages have, where that was asked."""
