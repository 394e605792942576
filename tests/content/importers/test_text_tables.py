"""Rules of the text reader: a pipe table becomes a table, or stays text."""

from __future__ import annotations

import pytest

from health_content.importers.build import build_article
from health_content.importers.text import read_text

from .describe import outline

TABLE = "| Drug | Dose |\n|------|:----:|\n| Ibuprofen | 400 mg, but only together with something to eat. |\n| | none |"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (TABLE, ["section h2 Doses", "table 2x2"]),
        (f"Text.\n\n{TABLE}\nMore text.", ["section h2 Doses", "text", "table 2x2", "text"]),
        ("| a | b |\n| c | d |", ["section h2 Doses", "text"]),
        ("| a | b |\n|---|---|\n| c |", ["section h2 Doses", "text"]),
        ("| a | |\n|---|---|\n| c | d |", ["section h2 Doses", "text"]),
        ("| a | b |\n|---|---|\n| c \\| e | d |", ["section h2 Doses", "text"]),
        (f"Note:\n\n{TABLE}\n\nText.", ["section h2 Doses", "callout x1 Note", "text"]),
        (f"Q: How much?\nA: This:\n\n{TABLE}", ["section h2 Doses", "questions x1", "? How much?", "text", "text"]),
    ],
)  # fmt: skip
def test_a_pipe_table_is_a_table(source: str, expected: list[str]) -> None:
    assert outline(f"## Doses\n\n{source}\n") == expected


def test_a_table_keeps_its_cells_and_takes_the_caption_of_its_section() -> None:
    document = read_text(f"Pills\n\nText.\n\nDoses\n\n{TABLE}\n".encode())

    values = build_article(document, key="page", fallback="")

    (block,) = values.body[0]["value"]["blocks"]
    assert block["type"] == "table"
    assert block["value"]["caption"] == "Doses"
    assert block["value"]["table"]["rows"] == [
        {"values": ["Ibuprofen", "400 mg, but only together with something to eat."]},
        {"values": ["", "none"]},
    ]
