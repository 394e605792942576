"""The labeled sets do not fall below the bar, or below what they reached; what the figures mean: docs/explanation/claims-accuracy.md."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from benchmarks.claims_accuracy import BLOCKING, DATA, HELD_BACK, Line, read_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

# Some thousand sentences.
pytestmark = pytest.mark.slow

BAR = {"labels": 0.75, "blocking": 0.85, "warnings": 0.08, "blocks": 0.02}
AT_LEAST = frozenset({"labels", "blocking"})
MISSED = {
    ("fourth_author", "blocking"): 27 / 35,
    ("second_author", "blocking"): 23 / 28,
    ("second_author", "warnings"): 9 / 78,
    ("unseen", "blocks"): 2 / 82,
}
"""What single sets of sentences that nobody tuned to reach where they miss the bar. The page on accuracy names them."""


@cache
def lines_of(name: str) -> list[Line]:
    return read_lines(DATA / f"{name}.jsonl")


NAMES = sorted(path.stem for path in DATA.glob("*.jsonl"))
HELD_BACK_SETS = ("fourth_author", "second_author", "third_author", "unseen")


def half(names: Sequence[str], *, is_held_back: bool) -> list[Line]:
    lines = [line for name in names for line in lines_of(name)]
    return [line for line in lines if (line.half == HELD_BACK) is is_held_back]


def figures(lines: Sequence[Line]) -> dict[str, float]:
    """Return the four figures of *lines*, by their names in `BAR`."""
    clean = [line for line in lines if not line.labels]
    hits = {
        "labels": [label in line.warned for line in lines for label in line.labels],
        "blocking": [bool(ln.blocked) for ln in lines if ln.labels & BLOCKING],
        "warnings": [bool(line.warned) for line in clean],
        "blocks": [bool(line.blocked) for line in clean],
    }
    return {name: sum(found) / len(found) for name, found in hits.items()}


def missed(found: dict[str, float]) -> dict[str, float]:
    """Return those of the figures *found* that miss the bar."""
    return {
        name: figure
        for name, figure in found.items()
        if (figure < BAR[name] if name in AT_LEAST else figure > BAR[name])
    }


@pytest.mark.parametrize("is_held_back", [False, True])
def test_all_sets_together_meet_the_bar(*, is_held_back: bool) -> None:
    assert missed(figures(half(NAMES, is_held_back=is_held_back))) == {}


@pytest.mark.parametrize("name", HELD_BACK_SETS)
def test_each_held_back_half_meets_the_bar_or_is_known_to_miss_it(name: str) -> None:
    known = {figure: value for (kept, figure), value in MISSED.items() if kept == name}

    assert missed(figures(half([name], is_held_back=True))) == known


def test_no_held_back_half_is_left_out() -> None:
    found = [name for name in NAMES if half([name], is_held_back=True)]

    assert tuple(found) == HELD_BACK_SETS
