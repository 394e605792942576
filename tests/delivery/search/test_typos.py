"""Mistyped words."""

from __future__ import annotations

import pytest

from health_content.delivery.search.typos import (
    GUESSES_MAX,
    count_mistakes,
    mistakes_allowed,
    nearest_words,
)


@pytest.mark.parametrize(
    ("word", "other", "mistakes"),
    [
        ("pain", "pain", 0),
        ("pian", "pain", 1),
        ("pan", "pain", 1),
        ("painn", "pain", 1),
        ("pein", "pain", 1),
        ("acupunture", "acupuncture", 1),
        ("ab", "ba", 1),
        ("", "ab", 2),
        ("abcd", "wxyz", 3),
    ],
)
def test_mistakes_are_counted(word: str, other: str, mistakes: int) -> None:
    assert count_mistakes(word, other, 2) == mistakes


def test_short_words_are_not_guessed() -> None:
    assert [mistakes_allowed(w) for w in ("hip", "pain", "wrist", "massage")] == [
        0, 1, 1, 2,
    ]  # fmt: skip
    assert nearest_words("hip", ["tip", "lip"]) == []


def test_the_nearest_come_first() -> None:
    known = ["acupuncture", "acupunctures", "acupressure", "puncture", "acupunture"]

    assert nearest_words("acupunture", known) == ["acupuncture", "acupunctures"]
    assert len(nearest_words("pains", [f"pain{c}" for c in "abcdefghijk"])) == (
        GUESSES_MAX
    )
