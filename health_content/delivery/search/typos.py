"""Words that a mistyped word may stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Shorter words have too many neighbors to guess.
GUESSED_MIN_LENGTH = 4
GUESSES_MAX = 6


def mistakes_allowed(word: str) -> int:
    """Return how many letters of *word* may be wrong: OpenSearch's AUTO, but for three-letter words."""
    if len(word) < GUESSED_MIN_LENGTH:
        return 0
    return 1 if len(word) < 6 else 2


def nearest_words(word: str, candidates: Iterable[str]) -> list[str]:
    """Return those of *candidates* that *word* may stand for, the nearest first. Cost: microseconds for each."""
    allowed = mistakes_allowed(word)
    found = [
        (distance, candidate)
        for candidate in candidates
        if candidate != word
        and abs(len(candidate) - len(word)) <= allowed
        and (distance := count_mistakes(word, candidate, allowed)) <= allowed
    ]
    return [candidate for _, candidate in sorted(found)[:GUESSES_MAX]]


def count_mistakes(word: str, other: str, allowed: int) -> int:
    """Return the letters to add, drop, change or swap with their neighbor; some number above *allowed* if it is more.

    Optimal string alignment, given up as soon as no row can stay within *allowed*.
    """
    before: list[int] = []
    previous = list(range(len(other) + 1))
    for row, letter in enumerate(word, 1):
        current = [row]
        for column, its in enumerate(other, 1):
            cost = min(
                previous[column] + 1,
                current[-1] + 1,
                previous[column - 1] + (letter != its),
            )
            is_swap = row > 1 and column > 1 and letter == other[column - 2] and word[row - 2] == its  # fmt: skip
            current.append(min(cost, before[column - 2] + 1) if is_swap else cost)
        if min(current) > allowed:
            return allowed + 1
        before, previous = previous, current
    return previous[-1]
