"""The reader for plain text and light Markdown: bytes to `Document`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .decode import read_lines
from .headings import promote_headings, promote_items, promote_questions, take_title
from .markers import tokenize
from .outline import build_document
from .pieces import cut_pieces, level_indents
from .tables import settle_tables

if TYPE_CHECKING:
    from .document import Document


def read_text(data: bytes) -> Document:
    """Return the article that *data* holds.

    Nothing is lost: see `document.fragments`. Pure, and linear in the size of *data*.

    Raises:
        DocumentError: too large, empty, binary, or not UTF-8.
    """
    pieces = cut_pieces(tokenize(read_lines(data)))
    settle_tables(pieces)
    level_indents(pieces)
    title = take_title(pieces)
    promote_headings(pieces)
    promote_items(pieces)
    promote_questions(pieces)
    return build_document(title, pieces)
