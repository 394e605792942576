"""Which pieces are the title, the headings, and the labels of items.

A plain line is a heading by its shape and by what follows it: a heading without a
body is only a short paragraph.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from . import vocabulary
from .document import ListStyle
from .labels import split_label
from .markers import MAX_HEADING, SUB_LEVEL, Kind, is_step
from .pieces import Piece, looks_like_heading

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_TITLE_SENTENCE = 80
"""A first line that ends like a sentence is a title only when it is this short."""

MIN_UNMARKED_LIST = 3
"""So many heading-like lines without any body are an unmarked list."""

MAX_ANNOUNCEMENT = 8
"""Words of a line that ends in a colon and is a heading; longer ones are sentences."""

MIN_QUESTIONS = 3
"""So many headings in a row that ask are questions and answers."""

MAX_ANSWER = 2
"""Paragraphs of an answer; a question with more of them heads a section."""

_BODIES = frozenset({Kind.TEXT, Kind.ITEM, Kind.QUESTION, Kind.HEADING, Kind.ROW})
_NO_ANSWER = frozenset({Kind.ITEM, Kind.QUESTION, Kind.ROW})


def take_title(pieces: list[Piece]) -> Piece | None:
    """Remove and return the title of *pieces*, if the first words are one."""
    index = next(
        (i for i, piece in enumerate(pieces) if piece.kind is not Kind.RULE), 0
    )
    if index >= len(pieces) or not _is_title(pieces, index):
        return None
    piece = pieces.pop(index)
    if piece.kind is not Kind.HEADING:
        piece.kind = Kind.HEADING
        piece.level = 1
    return piece


def _is_title(pieces: list[Piece], index: int) -> bool:
    piece = pieces[index]
    if piece.kind is Kind.HEADING:
        return not any(map(str.isdigit, piece.marker))
    if piece.kind is not Kind.TEXT or len(piece.parts) > 1:
        return False
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    text = piece.parts[0].text
    if after is None or vocabulary.is_byline(text[: MAX_HEADING * 2]):
        return after is None and looks_like_heading(text)
    if text.endswith((".", "…")):
        return len(text) <= MAX_TITLE_SENTENCE and after.gap > 0
    return not text.endswith((",", ";", ":")) or looks_like_heading(text)


def promote_headings(pieces: list[Piece]) -> None:
    """Turn paragraphs that are headings into headings, in place."""
    run: list[Piece] = []
    list_indent = -1
    before: Piece | None = None
    for piece, after in pairwise([*pieces, None]):
        assert piece is not None  # noqa: S101 - narrowing
        is_below_heading = run or (before and before.kind is Kind.HEADING)
        if _may_be_heading(piece, list_indent) or (
            not is_below_heading and _announces_list(piece, after, list_indent)
        ):
            run.append(piece)
            continue
        _promote_run(run, before, piece)
        if piece.kind is Kind.ITEM:
            list_indent = piece.indent
        elif piece.indent <= list_indent or piece.kind is not Kind.TEXT:
            list_indent = -1
        run, before = [], piece


def _may_be_heading(piece: Piece, list_indent: int) -> bool:
    if piece.kind is not Kind.TEXT or len(piece.parts) > 1:
        return False
    is_inside_item = list_indent >= 0 and piece.indent > list_indent
    return not is_inside_item and looks_like_heading(piece.parts[0].text)


def _announces_list(piece: Piece, after: Piece | None, list_indent: int) -> bool:
    """Return whether *piece*, between blank line and list, is "Benefits of tea:".

    Directly below a heading such a line is only the introduction of the list.
    """
    if after is None or after.kind is not Kind.ITEM or not piece.gap:
        return False
    if piece.kind is not Kind.TEXT or len(piece.parts) > 1:
        return False
    text = piece.text
    is_inside_item = list_indent >= 0 and piece.indent > list_indent
    if is_inside_item or len(text.split()) > MAX_ANNOUNCEMENT:
        return False
    return text.endswith(":") and vocabulary.is_announcement(text[:-1].strip())


def _promote_run(run: list[Piece], before: Piece | None, after: Piece) -> None:
    """Promote those of *run*, short lines in a row, that head something."""
    is_remark = after.kind is Kind.NOTE and vocabulary.is_remark(after.label)
    if not run or not (is_remark or after.kind in _BODIES):
        return
    is_announced = (
        before is not None
        and before.kind is Kind.TEXT
        and before.parts[-1].text.endswith(":")
    )
    is_list = is_announced or len(run) >= MIN_UNMARKED_LIST
    for piece in run:
        is_last = piece is run[-1] and not (is_announced and len(run) == 1)
        if is_last or not is_list or piece.parts[0].text.isupper():
            piece.kind = Kind.HEADING


def promote_items(pieces: list[Piece]) -> None:
    """Turn numbered lines with a body below into headings, or into labels of items.

    They are labels below a heading that announces items ("How it works"), where the
    paragraphs become the text of the items; else they are headings.
    """
    headings = list(accumulate(piece.kind is Kind.HEADING for piece in pieces))
    for sequence in sorted(_sequences(pieces)):
        counts = [_count_body(pieces, index) for index in sequence]
        if not _is_outline(pieces, sequence, counts):
            continue
        above = _heading_above(pieces, sequence[0])
        is_split = headings[sequence[0]] != headings[sequence[-1]]
        announces = above is not None and vocabulary.names_items(above.text)
        if not is_split and (announces or is_step(pieces[sequence[0]].marker)):
            _absorb(pieces, sequence, counts)
            continue
        if pieces[sequence[0]].style is ListStyle.NUMBER:
            for index in sequence:
                pieces[index].kind = Kind.HEADING
                pieces[index].level = SUB_LEVEL if above and not is_split else 0


def promote_questions(pieces: list[Piece]) -> None:
    """Turn headings that all ask, with short answers, into questions, in place.

    At least three follow each other at one level; then no heading need say "FAQ".
    Numbered ones may have lists in their answers; others might be sections.
    """
    run: list[Piece] = []
    for index, piece in enumerate(pieces):
        if piece.kind is not Kind.HEADING:
            continue
        if run and piece.level != run[0].level:
            # What is deeper is inside the answer above it, which is a section then.
            _promote_questions(run[:-1] if piece.level > run[0].level else run)
            run = []
        if _is_asked(pieces, index):
            run.append(piece)
        else:
            _promote_questions(run)
            run = []
    _promote_questions(run)


def _promote_questions(run: list[Piece]) -> None:
    if len(run) >= MIN_QUESTIONS:
        for piece in run:
            piece.kind = Kind.QUESTION


def _is_asked(pieces: list[Piece], index: int) -> bool:
    """Return whether the heading at *index* is a question with a short answer."""
    piece = pieces[index]
    if not piece.text.endswith("?") or len(piece.text) > MAX_HEADING:
        return False
    is_numbered = any(map(str.isdigit, piece.marker))
    kinds = {Kind.TEXT, Kind.ANSWER} | ({Kind.ITEM} if is_numbered else set())
    end = index + 1
    while end < len(pieces) and pieces[end].kind in kinds:
        end += 1
    answer = pieces[index + 1 : end]
    is_over = end == len(pieces) or pieces[end].kind not in _NO_ANSWER
    paragraphs = [below for below in answer if below.kind is not Kind.ITEM]
    return bool(answer) and is_over and len(paragraphs) <= MAX_ANSWER


def _sequences(pieces: list[Piece]) -> Iterator[list[int]]:
    """Yield the indexes of numbers that count up, and of bullets, at one indent.

    Numbered questions wait while a list in the answer counts for itself.
    """
    running: dict[tuple[ListStyle | None, int], list[int]] = {}
    waiting: dict[tuple[ListStyle | None, int], list[int]] = {}
    for index, piece in enumerate(pieces):
        if piece.kind is Kind.HEADING:
            bullets = [key for key in running if key[0] is ListStyle.BULLET]
            yield from (running.pop(key) for key in bullets)
        if piece.kind is not Kind.ITEM or piece.style is ListStyle.LETTER:
            continue
        key = (piece.style, piece.indent)
        sequence = running.setdefault(key, [])
        last = pieces[sequence[-1]] if sequence else None
        if key in waiting and _asks_next(pieces[waiting[key][-1]], piece):
            yield sequence
            running[key] = sequence = waiting.pop(key)
        elif last and piece.ordinal not in (0, last.ordinal + 1):
            if _asks(last) and not _asks(piece):
                sequence, waiting[key] = waiting.get(key, []), sequence
            if sequence:
                yield sequence
            running[key] = sequence = []
        sequence.append(index)
    yield from running.values()
    yield from waiting.values()


def _asks(piece: Piece) -> bool:
    return piece.style is ListStyle.NUMBER and piece.text.endswith("?")


def _asks_next(piece: Piece, after: Piece) -> bool:
    return _asks(after) and after.ordinal == piece.ordinal + 1


def _count_body(pieces: list[Piece], index: int) -> int:
    """Return how many paragraphs stand below *index*, no deeper than it."""
    end = index + 1
    deepest = pieces[index].indent + 1
    while end < len(pieces):
        if pieces[end].kind is not Kind.TEXT or pieces[end].indent > deepest:
            break
        end += 1
    return end - index - 1


def _is_outline(pieces: list[Piece], sequence: list[int], counts: list[int]) -> bool:
    if len(sequence) < 2 or sum(count > 0 for count in counts) * 2 < len(sequence):
        return False
    return all(
        len(pieces[index].parts) == 1
        and looks_like_heading(pieces[index].parts[0].text)
        and split_label(pieces[index].parts[0].text) is None
        for index in sequence
    )


def _heading_above(pieces: list[Piece], index: int) -> Piece | None:
    """Return the heading over *index*, with nothing but paragraphs between."""
    while index > 0:
        index -= 1
        if pieces[index].kind is Kind.HEADING:
            return pieces[index]
        if pieces[index].kind is not Kind.TEXT:
            break
    return None


def _absorb(pieces: list[Piece], sequence: list[int], counts: list[int]) -> None:
    """Indent the paragraphs below each item, so that they belong to it.

    What follows the last item is its text only as far as the other items go.
    """
    usual = max(counts[:-1])
    for index, count in zip(
        sequence, [*counts[:-1], min(counts[-1], usual)], strict=True
    ):
        for piece in pieces[index + 1 : index + 1 + count]:
            piece.indent = pieces[index].indent + 4
