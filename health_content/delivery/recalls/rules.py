"""Which statement of a consumer settles a recall."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A moment in the life of a page, by the number of the change, the version, or both; 0 where it is not known."""

    number: int = 0
    version: int = 0


def is_settled(told: Point, recall: Point, *, has_newer: bool) -> bool:
    """Return whether a consumer whose statement reaches *told* has nothing left of what *recall* took back.

    It removed or replaced its copy when it knew of the recall, or of the recalled version. One that *has_newer*, a copy
    of a later publication, must have it from after the recall: only its lifting allows that.
    """
    if has_newer:
        return told.number > recall.number or told.version > recall.version
    is_after = 0 < recall.number <= told.number
    return is_after or 0 < recall.version <= told.version
