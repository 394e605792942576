# ruff: noqa: RUF001 - look-alike marks of real documents are read here
"""Tokens to pieces: which lines are one paragraph, one item, one heading.

A line feed in the source may be a wrap or meant. It is meant when the first word of
the next line would still have fitted, or when the source does not wrap at all.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from . import vocabulary
from .document import ListStyle, Span
from .markers import MAX_HEADING, Kind, Token

if TYPE_CHECKING:
    from .decode import Line

LONG_LINE = 120
"""Nobody wraps at more columns than this; a longer line is a whole paragraph."""

MIN_WRAPPED = 40
DEFAULT_WIDTH = 72
MIN_RUN = 3
"""Lines that show where they are wrapped; fewer are judged by the whole source."""

_ENDS = (".", "!", "?", "…", ":", ".”", ".’", '."', ".)", "?”", "!”", ".*", ".»")
_DECIMAL = re.compile(r"\d{1,9}[.,]\d")
_NOT_HEADING_ENDS = (".", ",", ";", "…", '."', ".”", ".)", ",”")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The words of one line, and whether the break before them was meant."""

    text: str
    line: int
    is_break: bool = False


@dataclass(slots=True, kw_only=True)
class Piece:
    """Lines that belong together; mutable while pieces are being cut."""

    kind: Kind
    parts: list[Part]
    gap: int
    indent: int
    marker: str = ""
    suffix: str = ""
    level: int = 0
    style: ListStyle | None = None
    ordinal: int = 0
    label: str = ""
    label_suffix: str = ""
    is_first: bool = False
    last: Line = field(repr=False)
    """The newest line, to judge the next break by."""

    @property
    def text(self) -> str:
        """The words, with a line feed where a break was meant."""
        return join_parts(self.parts)

    @property
    def span(self) -> Span:
        """The lines of the piece, an underline included."""
        return Span(start=self.parts[0].line, end=self.last.number)

    def add(self, line: Line, *, is_break: bool) -> None:
        """Append *line*, marks and all, as words of this piece.

        What seemed to close the piece was not its end, and goes back to its words.
        """
        if self.suffix:
            part = self.parts[-1]
            self.parts[-1] = replace(part, text=part.text + self.suffix)
            self.suffix = ""
        self.parts.append(Part(text=line.text, line=line.number, is_break=is_break))
        self.last = line


def join_parts(parts: list[Part]) -> str:
    """Return the words of *parts* as one text."""
    words: list[str] = []
    for part in parts:
        if words and words[-1]:
            words.append("\n" if part.is_break else " ")
        words.append(part.text)
    return "".join(words).strip()


def level_indents(pieces: list[Piece]) -> None:
    """Set the indent that running text has in this source to 0, in place.

    Some sources indent every paragraph; that does not put them below a list item.
    """
    counts: Counter[int] = Counter()
    is_in_list = False
    for piece in pieces:
        if piece.kind is not Kind.TEXT:
            is_in_list = piece.kind is Kind.ITEM
        elif not is_in_list and len(piece.parts[0].text) >= MIN_WRAPPED:
            counts[piece.indent] += 1
    usual = counts.most_common(1)[0][0] if counts else 0
    for piece in pieces:
        if piece.kind is Kind.TEXT and piece.indent == usual:
            piece.indent = 0


def wrap_widths(lines: list[Line]) -> list[int]:
    """Return for each line the column its neighbors are wrapped at, 0 for nowhere.

    Lines without a blank one between tell it best, when there are enough of them.
    """
    usual = _width(lines) if lines else 0
    widths: list[int] = []
    run: list[Line] = []
    for line, after in pairwise([*lines, None]):
        assert line is not None  # noqa: S101 - narrowing
        run.append(line)
        if after is None or after.gap:
            has_width = usual and len(run) >= MIN_RUN
            widths += [_width(run[:-1], usual) if has_width else usual] * len(run)
            run = []
    return widths


def _width(lines: list[Line], default: int = DEFAULT_WIDTH) -> int:
    """Return the column *lines* are wrapped at, or 0 when they are not wrapped."""
    lengths = [line.indent + len(line.text) for line in lines]
    sample = sorted(length for length in lengths if length > MIN_WRAPPED)
    if not sample:
        return default
    wrapped = [length for length in sample if length <= LONG_LINE]
    if len(wrapped) < len(sample) * 0.75:
        return 0
    return wrapped[len(wrapped) * 3 // 4]


def cut_pieces(tokens: list[Token]) -> list[Piece]:
    """Return the pieces of *tokens* in order."""
    widths = wrap_widths([token.line for token in tokens])
    pieces: list[Piece] = []
    for index, token in enumerate(tokens):
        piece = pieces[-1] if pieces else None
        if piece is None:
            pieces.append(_piece(token))
            pieces[0].is_first = True
            continue
        is_meant = _is_meant(piece, token, widths[index])
        if token.kind is Kind.RULE and _underlines(piece, token):
            _underline(piece, token)
        elif _resumes(piece, token):
            piece.add(token.line, is_break=False)
        elif token.line.gap or not _continues(
            piece, token, _after(tokens, index), is_meant=is_meant
        ):
            pieces.append(_piece(token))
        else:
            is_break = is_meant and not _goes_on(piece, token)
            piece.add(token.line, is_break=is_break and bool(piece.parts[-1].text))
    return pieces


def _after(tokens: list[Token], index: int) -> Token | None:
    return tokens[index + 1] if index + 1 < len(tokens) else None


def _piece(token: Token) -> Piece:
    return Piece(
        kind=token.kind,
        parts=[Part(text=token.text, line=token.line.number)],
        gap=token.line.gap,
        indent=token.line.indent,
        marker=token.marker,
        suffix=token.suffix,
        level=token.level,
        style=token.style,
        ordinal=token.ordinal,
        label=token.label,
        label_suffix=token.label_suffix,
        last=token.line,
    )


def _is_meant(piece: Piece, token: Token, width: int) -> bool:
    """Return whether the line feed before *token* is more than a wrap."""
    line = piece.last
    length = line.indent + len(line.text)
    if not width or length > LONG_LINE:
        return True
    first_word = len(token.line.text.split(None, 1)[0])
    return length + 1 + first_word <= width - 2


def _goes_on(piece: Piece, token: Token) -> bool:
    """Return whether *token* is in the midst of the sentence of the item *piece*.

    Items are short, so where their lines are wrapped says nothing.
    """
    last = piece.parts[-1].text
    if piece.kind is not Kind.ITEM or token.kind is not Kind.TEXT:
        return False
    return not last.endswith(_ENDS) and token.text[0].islower()


def _resumes(piece: Piece, token: Token) -> bool:
    """Return whether *token* goes on with a sentence that a blank line cut in two.

    Page breaks of printed sources leave such lines.
    """
    if (
        token.line.gap != 1
        or token.kind is not Kind.TEXT
        or piece.kind is not Kind.TEXT
    ):
        return False
    last = piece.parts[-1].text
    is_cut = last[-1].isalnum() or last[-1] == ","
    return is_cut and len(last) > MIN_WRAPPED and token.text[0].islower()


def _underlines(piece: Piece, token: Token) -> bool:
    """Return whether *token* is the underline of the one line above it."""
    if token.line.gap or len(piece.parts) > 1 or token.text[0] not in "=-~":
        return False
    if " " in token.text or piece.kind not in (Kind.TEXT, Kind.ITEM):
        return False
    text = piece.parts[0].text
    return 0 < len(text) <= MAX_HEADING * 2 and not text.endswith(_NOT_HEADING_ENDS)


def _underline(piece: Piece, token: Token) -> None:
    piece.kind = Kind.HEADING
    piece.level = 1 if token.text[0] == "=" else 2
    piece.suffix = token.text
    piece.last = token.line


def _continues(
    piece: Piece, token: Token, after: Token | None, *, is_meant: bool
) -> bool:
    """Return whether *token*, directly below *piece*, is more of the same."""
    if piece.kind in (Kind.HEADING, Kind.REPLIES, Kind.RULE):
        return False
    if Kind.ROW in (piece.kind, token.kind):
        return piece.kind is token.kind
    match token.kind:
        case Kind.TEXT:
            return _text_continues(piece, token, is_meant=is_meant)
        case Kind.ITEM:
            return _item_is_wrap(piece, token, after, is_meant=is_meant)
        case Kind.NOTE:
            return not is_meant and not piece.parts[-1].text.endswith(_ENDS)
        case _:
            return False


def _text_continues(piece: Piece, token: Token, *, is_meant: bool) -> bool:
    last = piece.parts[-1].text
    if not last:
        return True
    match piece.kind:
        case Kind.QUESTION:
            return not last.endswith("?") and not (is_meant and last.endswith(_ENDS))
        case Kind.ITEM if token.line.indent > piece.indent:
            return True
    if not is_meant:
        return True
    if piece.kind is Kind.ITEM:
        return _goes_on(piece, token)
    return not (last.endswith(_ENDS) or _starts_paragraph(piece, token))


def _starts_paragraph(piece: Piece, token: Token) -> bool:
    """Return whether *token* is prose below a line that may be its heading."""
    text = token.line.text
    if len(piece.parts) > 1 or not looks_like_heading(piece.parts[0].text):
        return False
    return not text[0].islower() and (
        piece.is_first or len(text) >= MIN_WRAPPED or text.endswith(_ENDS)
    )


def _item_is_wrap(
    piece: Piece, token: Token, after: Token | None, *, is_meant: bool
) -> bool:
    """Return whether a line that begins like an item is only a wrapped sentence."""
    last = piece.parts[-1].text
    if is_meant or not last or last.endswith(_ENDS):
        return False
    if piece.kind is Kind.ITEM:
        return _breaks_sequence(piece, token)
    if token.style is ListStyle.BULLET:
        is_alone = after is None or after.marker != token.marker
        return token.marker in "-–—+−*" and is_alone
    return token.ordinal != 1


def _breaks_sequence(piece: Piece, token: Token) -> bool:
    """Return whether *token* cannot be the item after *piece*."""
    if token.style is ListStyle.BULLET or token.line.indent > piece.indent:
        return False
    if token.style is not piece.style:
        return token.ordinal > 1 and piece.style is not ListStyle.BULLET
    return not piece.ordinal <= token.ordinal <= piece.ordinal + 2


def looks_like_heading(text: str) -> bool:
    """Return whether *text*, alone on its line, reads as a heading."""
    words = text.split() if len(text) <= MAX_HEADING else []
    is_long = len(words) > 14
    if not words or len(words) > 20:
        return False
    if is_long and not (text.endswith("?") or _is_title_case(words)):
        return False
    first = next((letter for letter in text if letter.isalnum()), "")
    if not first or first.islower() or not any(map(str.isalpha, text)):
        return False
    bare = text.strip("*_")
    if bare.endswith(_NOT_HEADING_ENDS) or text[0] in '“"«(':
        return False
    if text[0].isdigit() and _DECIMAL.match(text):
        return False
    if text.endswith(":"):
        return len(words) <= 8 and _is_title_case(words)
    return not vocabulary.is_byline(text)


def _is_title_case(words: list[str]) -> bool:
    """Return whether every word of weight begins with a capital."""
    heavy = [word for word in words if len(word) > 3 and word[0].isalpha()]
    heavy = heavy or words[:1]
    return all(word[0].isupper() for word in heavy)
