"""Where the sentences of a folded text begin and end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_CHARACTERS = 1_000
"""A longer sentence is read in pieces: time stays linear, and no honest sentence is that long."""

_END = re.compile(
    r"(?<![.!?])[.!?]++[\"')\]]*+(?=\s)|\n[^\S\n]*\n|\n(?=\s*(?:[-*]|\d+[.)])\s)|(?<=[.!?:;])\s*\n"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:dr|mr|mrs|ms|prof|st|vs|no|fig|approx|e\.g|i\.e|etc|inc|ltd|dept|\d+|[a-z])\.$"
)
_NUMBERED = re.compile(r"\s*\(?\d+[.)]$")


def find_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence, without the white space around it; never an empty one."""
    start = 0
    for match in _END.finditer(text):
        end = match.end()
        if _is_abbreviation(text, start, end):
            continue
        yield from _pieces(text, start, end)
        start = end
    yield from _pieces(text, start, len(text))


def _is_abbreviation(text: str, start: int, end: int) -> bool:
    if not text.endswith(".", start, end):
        return False
    if _NUMBERED.fullmatch(text, start, end):
        return True
    follows = text[end : end + 2].strip()
    head = _ABBREVIATION.search(text, max(start, end - 8), end)
    return head is not None and bool(follows) and "\n" not in text[end : end + 2]


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = end
        if end - start > MAX_CHARACTERS:
            space = text.rfind(" ", start + 1, start + MAX_CHARACTERS)
            stop = space if space > start else start + MAX_CHARACTERS
        first, last = start, stop
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first < last:
            yield first, last
        start = stop
