"""Pipe tables: which lines are one, and their cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .document import Row, Table
from .markers import Kind

if TYPE_CHECKING:
    from .pieces import Piece

_RULE = re.compile(r"\|(?:\s?:?-+:?\s?\|)+")


def settle_tables(pieces: list[Piece]) -> None:
    """Make text of the rows in *pieces* that are no table, in place."""
    for piece in pieces:
        if piece.kind is Kind.ROW and as_table(piece) is None:
            piece.kind = Kind.TEXT


def as_table(piece: Piece) -> Table | None:
    """Return the table of *piece*: named columns, a rule, and rows with as many cells; else None."""
    first, *others = piece.parts
    if len(others) < 2 or not _RULE.fullmatch(others[0].text):
        return None
    if any("\\|" in part.text for part in piece.parts):
        return None
    columns = _row(first.line, first.text)
    rows = tuple(_row(part.line, part.text) for part in others[1:])
    widths = {len(row.cells) for row in rows} | {others[0].text.count("|") - 1}
    if not all(columns.cells) or widths != {len(columns.cells)}:
        return None
    return Table(span=piece.span, columns=columns, rule=others[0].text, rows=rows)


def _row(line: int, text: str) -> Row:
    return Row(line=line, cells=tuple(cell.strip() for cell in text[1:-1].split("|")))
