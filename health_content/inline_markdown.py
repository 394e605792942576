"""Running text to one paragraph of Markdown: pieces in, escaped text out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

EMPHASIS = {"em": "*", "i": "*", "strong": "**", "b": "**"}
ELEMENTS = {"i": "em", "b": "strong"}
# HTML's white space; a no-break space is a character like others.
WHITE_SPACE = re.compile(r"[ \t\n\r\f]+")
# What means something anywhere in a line, in CommonMark or in GitHub's dialect. `:` and `.` where GitHub would make a
# link of a bare address, and show our backslashes in it.
SPECIAL = re.compile(
    r"[\\`*_\[\]<~|]|&(?=#?[0-9A-Za-z]+;)|:(?=//)|(?<=www)\.", re.IGNORECASE
)
SPECIAL_IN_ADDRESS = re.compile(r"[\\()<>*_\[\]~`]|&(?=#?[0-9A-Za-z]+;)")
# ASCII punctuation beside which asterisks are read as on paper; not the asterisk itself.
PUNCTUATION = frozenset("!\"#$%&'(),-./:;<=>?@[\\]^`{|}~+")


@dataclass(frozen=True, slots=True)
class Text:
    """Words; white space counts as in HTML."""

    value: str


@dataclass(frozen=True, slots=True)
class Code:
    """Words in a code span."""

    value: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture in running text."""

    alt: str
    src: str


@dataclass(frozen=True, slots=True)
class Break:
    """A new line."""


@dataclass(frozen=True, slots=True)
class Open:
    """The beginning of an element: emphasis, a link, or one that is kept as it is."""

    tag: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Close:
    """The end of the innermost open element."""

    tag: str
    href: str = ""


Piece: TypeAlias = "Text | Code | Image | Break | Open | Close"
SPACE = Text(" ")


def tidy_pieces(pieces: Iterable[Piece]) -> list[Piece]:
    """Return *pieces* with white space collapsed and moved out of elements, and without elements that hold nothing.

    An element within another of its kind is dropped.
    """
    tidier = _Tidier()
    for piece in pieces:
        tidier.add(piece)
    return tidier.tidied


def write_pieces(
    pieces: Sequence[Piece], *, line_break: str, is_cell: bool = False
) -> str:
    """Return the Markdown of tidy *pieces*; a cell's text has no bare pipe."""
    if is_cell:
        pieces = _without_pipes(pieces)
    if len(pieces) == 1 and isinstance(pieces[0], Text):
        return _escape(pieces[0].value)
    ends = _ends(pieces)
    is_sign = _signs(pieces, ends)
    parts: list[str] = []
    for position, piece in enumerate(pieces):
        part = _write(piece, line_break, is_sign=is_sign[position])
        if part.startswith("[") and isinstance(piece, Open) and parts:
            # An exclamation mark before a link would make a picture of it.
            parts[-1] = re.sub(r"!$", r"\\!", parts[-1])
        parts.append(part)
    return "".join(parts)


class _Tidier:
    """Keeps white space and the beginnings of elements back until something to read follows."""

    def __init__(self) -> None:
        self.tidied: list[Piece] = []
        self._gap: Piece | None = None
        self._waiting: list[Open] = []
        self._opened: list[str] = []
        self._is_repeated: list[bool] = []

    def add(self, piece: Piece) -> None:
        match piece:
            case Open():
                self._open(piece)
            case Close():
                self._close(piece)
            case Break():
                self._gap = piece
            case Text(value):
                self._add_text(WHITE_SPACE.sub(" ", value))
            case Code(value):
                if words := WHITE_SPACE.sub(" ", value).strip():
                    self._begin()
                    _append_code(self.tidied, words)
            case _:
                self._begin()
                self.tidied.append(piece)

    def _open(self, piece: Open) -> None:
        kind = ELEMENTS.get(piece.tag, piece.tag)
        self._is_repeated.append(kind in self._opened)
        self._opened.append(kind)
        if not self._is_repeated[-1]:
            self._waiting.append(piece)

    def _close(self, piece: Close) -> None:
        self._opened.pop()
        if self._is_repeated.pop():
            return
        if self._waiting:
            self._waiting.pop()
        else:
            self.tidied.append(piece)

    def _add_text(self, words: str) -> None:
        # A no-break space alone is an editor's way to leave a line empty.
        is_blank = not words.strip()
        if self._gap is None and (is_blank or words.startswith(" ")):
            self._gap = SPACE
        if not is_blank:
            self._begin()
            _append_text(self.tidied, words.strip(" "))
            self._gap = SPACE if words.endswith(" ") else None

    def _begin(self) -> None:
        if self._gap is not None and self.tidied:
            self.tidied.append(self._gap)
        self._gap = None
        self.tidied += self._waiting
        self._waiting = []


def _append_text(tidied: list[Piece], words: str) -> None:
    """Join *words* to the text before, so that what is special across the seam is seen."""
    while tidied and isinstance(last := tidied[-1], Text):
        words = last.value + words
        tidied.pop()
    tidied.append(Text(words))


def _without_pipes(pieces: Sequence[Piece]) -> list[Piece]:
    """Return *pieces* with the code spans that have a pipe as text: inside of them nothing escapes it."""
    plain: list[Piece] = []
    for piece in pieces:
        match piece:
            case Text(value):
                _append_text(plain, value)
            case Code(value) if "|" in value or "\\" in value:
                _append_text(plain, value.strip(" "))
            case _:
                plain.append(piece)
    return plain


def _append_code(tidied: list[Piece], words: str) -> None:
    if tidied and isinstance(last := tidied[-1], Code):
        tidied[-1] = Code(last.value + words)
    else:
        tidied.append(Code(words))


def _write(piece: Piece, line_break: str, *, is_sign: bool) -> str:
    match piece:
        case Text(value):
            return _escape(value)
        case Code(value):
            return _code(value)
        case Image(alt, src):
            words = _escape(" ".join(alt.split()))
            return f"![{words}]({_address(src)})"
        case Break():
            return line_break
        case Open("a"):
            return "["
        case Close("a", href):
            return f"]({_address(href)})"
        case Open(tag):
            return EMPHASIS[tag] if is_sign else f"<{ELEMENTS.get(tag, tag)}>"
        case _:
            tag = piece.tag
            return EMPHASIS[tag] if is_sign else f"</{ELEMENTS.get(tag, tag)}>"


def _escape(text: str) -> str:
    return SPECIAL.sub(r"\\\g<0>", text)


def _address(href: str) -> str:
    href = re.sub("[\x00-\x20\x7f]", "", href).replace("|", "%7C")
    return SPECIAL_IN_ADDRESS.sub(r"\\\g<0>", href)


def _code(text: str) -> str:
    runs = {len(run) for run in re.findall("`+", text)}
    fence = "`" * next(
        length for length in range(1, len(text) + 2) if length not in runs
    )
    room = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{room}{text}{room}{fence}"


def _ends(pieces: Sequence[Piece]) -> dict[int, int]:
    """Return the position of the end of each element by the position of its beginning."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for position, piece in enumerate(pieces):
        if isinstance(piece, Open):
            opened.append(position)
        elif isinstance(piece, Close):
            ends[opened.pop()] = position
    return ends


def _signs(pieces: Sequence[Piece], ends: dict[int, int]) -> list[bool]:
    """Return for each piece whether it is emphasis that asterisks say beyond doubt."""
    signs = [False] * len(pieces)
    for start, end in ends.items():
        piece = pieces[start]
        if isinstance(piece, Open) and piece.tag in EMPHASIS:
            is_sure = _is_sure(pieces, start - 1, start + 1) and _is_sure(
                pieces, end + 1, end - 1
            )
            signs[start] = signs[end] = is_sure
    return signs


def _is_sure(pieces: Sequence[Piece], outer: int, inner: int) -> bool:
    """Return whether asterisks between these two neighbors are read as emphasis: CommonMark's flanking rules."""
    is_start = inner > outer
    inside = _edge(pieces[inner], is_first=is_start)
    outside = " "
    if 0 <= outer < len(pieces):
        outside = _edge(pieces[outer], is_first=not is_start)
    if not inside or not outside or outside in "*_":
        return False
    if inside.isalnum():
        return True
    return inside in PUNCTUATION and (outside in " \n" or outside in PUNCTUATION)


def _edge(piece: Piece, *, is_first: bool) -> str:
    """Return the first, or last, character that *piece* is written with, "" when it may be an asterisk."""
    match piece:
        case Text(value):
            if is_first:
                return "\\" if value[0] in "*_" else value[0]  # It will be escaped.
            return value[-1]
        case Code():
            return "`"
        case Image():
            return "!" if is_first else ")"
        case Break():
            return "\n"
        case Open("a"):
            return "["
        case Close("a"):
            return ")"
        case _:
            if piece.tag in EMPHASIS:
                return ""
            return "<" if is_first else ">"
