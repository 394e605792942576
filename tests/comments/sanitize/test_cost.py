"""Cost grows with the length and no faster: counted in calls, so that no machine's speed matters.

Times are in benchmarks/sanitize.py.
"""

from __future__ import annotations

import itertools
import sys
from typing import TYPE_CHECKING

import pytest

from comments.errors import ReplyTooLong
from comments.normalize import normalize_text
from comments.sanitize import MAX_CHARACTERS, render_reply

if TYPE_CHECKING:
    from types import FrameType

UNITS = (
    *(
        "[",
        "[a](",
        "[a](b",
        "![",
        "[[a](b)",
        "[]()",
        "[a](<",
        '[a](b "',
        "[x](https://a.bc) ",
    ),
    *("*a_ ", "**a *b ", "_a*", "*", "a**b", "*a **a ", "***a ", "*(a)*_", "[*a*](b)"),
    *(
        "`",
        "``a`",
        "```\n",
        "~~~\n",
        "`a``b",
        "> ",
        "> a\n",
        ">- ",
        "- ",
        "- a\n",
        "1. a\n",
    ),
    *(
        "- a\n  ",
        "\t- a\n",
        "\n",
        "a\n\n",
        "a\n",
        "<",
        "&",
        "<b>",
        "&amp;",
        "\\",
        "\\[",
        '"',
    ),
    *(
        "https://",
        "https://a.bc ",
        "https://a.bc/))))",
        "https://é.é ",
        "[x](https://xn--a.bc) ",
    ),
    *(
        "&#0;",
        "&#",
        "&#&#0;0;",
        "e\u0301",
        "\u0344",
        "\u200d",
        "\u200b",
        "😀",
        "ﬀ",
        "\u0fb3\u0f71",
    ),
)


def calls(source: str) -> int:
    """Return how many functions run, in Python and C, to answer *source*."""
    count = 0

    def on_event(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    previous = sys.getprofile()
    sys.setprofile(on_event)
    try:
        render_reply(source)
    except ReplyTooLong:
        pass
    finally:
        sys.setprofile(previous)
    return count


@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_is_at_most_two_and_a_half_times_the_work(unit: str) -> None:
    render_reply("warm")
    lengths = [MAX_CHARACTERS >> halvings for halvings in (3, 2, 1, 0)]

    counts = [calls(unit * (length // len(unit))) for length in lengths]

    for half, full in itertools.pairwise(counts):
        assert full <= 2.5 * half + 200
    assert counts[-1] <= 150_000


def test_a_refusal_does_almost_nothing() -> None:
    assert calls("<ul><li>" * 12_500) <= 20
    assert calls("a" * 20_000) <= 40


def test_a_million_characters_normalize_in_one_pass_each() -> None:
    text = "<b>&#0;\u202e" * 100_000

    assert normalize_text(text) == "<b>" * 100_000
