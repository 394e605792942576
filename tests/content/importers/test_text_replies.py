"""Rules of the text reader: where readers are invited, and what is left behind."""

from __future__ import annotations

import pytest

from .describe import read

REPLIES = [
    ("Leave a Reply", True),
    ("LEAVE A COMMENT", True),
    ("## Leave a Reply", True),
    ("**Leave a Reply**", True),
    ("Leave a Reply Cancel reply", True),
    ("Leave your comment below!", True),
    ("Post a Comment", True),
    ("3 Comments", True),
    ("Comments (12)", True),
    ("2 thoughts on “Warm Feet”", True),
    ("No comments yet", True),
    ("Join the discussion", True),
    ("Deja un comentario", True),
    ("Leave a Reply\n\nComments are closed.", False),
    ("Comments are closed", False),
    ("Los comentarios están cerrados.", False),
    ("Comments from patients help us", False),
    ("", False),
]


@pytest.mark.parametrize(("line", "is_open"), REPLIES)
def test_replies_are_open_when_the_source_says_so(line: str, is_open: bool) -> None:
    assert read(f"Warm Feet\n\nText.\n\n{line}\n").replies_open is is_open


def test_what_follows_the_replies_is_residue_or_left_to_a_person() -> None:
    document = read(
        "Warm Feet\n\nText.\n\nLeave a Reply\n\nName *\nEmail *\n\n---\n\n• An item\n\nAna says:\nGood.\n\n"
        "Comments\n\n7 + 2 =\n\nDisclaimer: No advice.\n\nMore of it.\n"
    )

    assert [(mark.kind.value, mark.span.start) for mark in document.marks] == [
        ("replies", 9), ("form", 11), ("rule", 14), ("replies", 21), ("form", 23),
    ]  # fmt: skip
    assert [(line.line, line.text) for line in document.unmapped] == [
        (16, "• An item"), (18, "Ana says:"), (19, "Good."), (27, "More of it."),
    ]  # fmt: skip
    assert len(document.disclaimers) == 1
