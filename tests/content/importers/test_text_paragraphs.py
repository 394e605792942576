"""Rules of the text reader: a line feed that is a wrap, or meant."""

from __future__ import annotations

import pytest

from health_content.importers.text import read_text

from .describe import describe, outline

WRAPS = [
    (
        "Feet stay warm in dry socks, and people who walk a lot in winter since the\n1990. year know.",
        ["text"],
    ),
    (
        "Feet stay warm in dry socks, and people who walk a lot in winter know it\n- and so do we - quite well.",
        ["text"],
    ),
    (
        "Feet stay warm in dry socks, and people who walk a lot in winter say that:\n- socks\n- shoes",
        ["text", "bullet x2"],
    ),
    (
        "Feet stay warm in dry socks, and people who walk a lot in winter use them\n1. daily",
        ["text", "number x1"],
    ),
    (
        "1. Feet stay warm in dry socks, and people who walk a lot in winter know\n20. of this.\n2. b",
        ["number x2"],
    ),
    (
        "1. Feet stay warm in dry socks, and people who walk a lot in winter knows\nb) of this.\n2. b",
        ["number x2"],
    ),
    (
        "• Feet stay warm in dry socks, and people who walk a lot in winter knowss\nb) of this.",
        ["bullet x1", "letter x1 from 2"],
    ),
    (
        "Feet stay warm in dry socks, and people who walk a lot in winter take\nnote: this is so.",
        ["text"],
    ),
    (
        "Feet stay warm in dry socks and people who walk a lot in winter take a\nNote: this is so.",
        ["text"],
    ),
    ("First Clinic\n12 Street\nTown", ["text"]),
    ("• item\nThe end of it all.", ["bullet x1", "text"]),
    ("• item\n  and more of it", ["bullet x1"]),
    (
        "Feet stay warm in dry socks, and people who walk a lot in winter\n\nknow it quite well.",
        ["text"],
    ),
    ("Feet are warm.\n\nand dry.", ["text", "text"]),
    ("One paragraph ends.\nAnother begins.", ["text", "text"]),
]


@pytest.mark.parametrize(("source", "expected"), WRAPS)
def test_a_line_feed_is_a_wrap_or_meant(source: str, expected: list[str]) -> None:
    filler = "Warm feet need warm socks, which is why we always keep a pair of them by\nthe door in winter.\n\n"

    assert outline(f"Other Things\n\n{filler}{source}\n")[2:] == expected


def test_a_source_that_does_not_wrap_has_one_paragraph_a_line() -> None:
    long = (
        "Feet stay warm in dry socks, and people who walk a lot in winter know it. " * 3
    )

    assert outline(f"Other Things\n{long}\n{long}\nCold Feet\n{long}\n") == [
        "section h2 Other Things", "text", "text", "section h2 Cold Feet", "text",
    ]  # fmt: skip


def test_a_paragraph_that_leads_into_a_list_is_no_introduction() -> None:
    assert describe(read_text(b"Title\n\nThese help:\n\n- socks\n\nWarm Feet\n\nText.\n")).splitlines() == [
        "title: Title", "text 3", "bullet 5 x1", "section 7-9 h2 Warm Feet", "  text 9", "replies: closed",
    ]  # fmt: skip


def test_marks_with_spaces_below_a_line_underline_nothing() -> None:
    assert outline("## Doses\n\nWarm socks\n- - -\n") == ["section h2 Doses", "text", "rule"]  # fmt: skip
