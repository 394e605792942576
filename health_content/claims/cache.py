"""Remembers the findings of blocks, so that a page whose one paragraph changed costs one paragraph."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from .findings import Finding

Findings: TypeAlias = "tuple[Finding, ...]"
DEFAULT_BLOCKS = 5_000
"""About 50 long articles; a block's findings take a few kilobytes at most."""


class ClaimCache:
    """Findings by what they were made from; the longest unused go first. Not safe for threads that share it."""

    def __init__(self, max_blocks: int = DEFAULT_BLOCKS) -> None:
        self._max_blocks = max_blocks
        self._kept: OrderedDict[Hashable, Findings] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def findings(self, key: Hashable, make: Callable[[], Findings]) -> Findings:
        """Return what is kept under *key*, made now if need be."""
        if (kept := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
            return kept
        made = self._kept[key] = make()
        if len(self._kept) > self._max_blocks:
            self._kept.popitem(last=False)
        return made
