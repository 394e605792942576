# ruff: noqa: RUF001 - look-alike marks of real documents are read here
"""What one line is, judged by its own marks: bullet, number, "Q:", "##", "----".

Only the line itself is looked at; what its neighbors make of it is for `pieces`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from . import vocabulary
from .decode import Line
from .document import ListStyle

MAX_HEADING = 140
MAX_STRONG = 600

SUB_LEVEL = 9
"""Level of a heading that is below others whatever theirs is."""

MAX_LINE = 200
"""Characters that the blocks allow in a heading or a question."""


class Kind(StrEnum):
    """What a line, and later a piece, is."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    QUESTION = "question"
    ANSWER = "answer"
    NOTE = "note"
    REPLIES = "replies"
    RULE = "rule"
    ROW = "row"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A line and its marks; `marker + text + suffix` are the line's characters."""

    kind: Kind
    line: Line
    text: str
    marker: str = ""
    suffix: str = ""
    level: int = 0
    """Depth of an explicit heading, from 1."""
    style: ListStyle | None = None
    ordinal: int = 0
    """Number of a numbered item, position of a letter; 0 for bullets."""
    label: str = ""
    label_suffix: str = ""
    """The label of a note, and the marks after it, as written."""


_BULLET = re.compile(
    "(?:[•‣⁃∙◦●○■□▪▫◾◽►▶▸➢➤➔→✓✔✅☑☐★☆✦❖·\uf0b7\uf0a7\uf0d8]\ufe0f?\\s*|[-–—*+−]\\s+)(?=\\S)"
)
_LONE_BULLET = re.compile(
    "[•‣⁃∙◦●○■□▪▫◾◽►▶▸➢➤➔→✓✔✅☑☐★☆✦❖·\uf0b7\uf0a7\uf0d8*+–—-]\ufe0f?"
)
_NUMBER = re.compile(
    r"(?:\((?P<a>\d{1,3})\)\.?|\[(?P<b>\d{1,3})\]|(?P<c>\d{1,3})[.)])"
    r"(?:\s+|(?=[^\W\d_])|$)"
    r"|(?P<d>\d{1,2})(?::|\s[-–—])\s+(?=[^\W\d_])"
)
_LETTER = re.compile(
    r"(?:\((?P<a>[A-Za-z]|[ivx]{2,5})\)|(?P<b>[A-Za-z]|[ivx]{2,5})\))(?:\s+|$)"
    r"|(?P<c>[a-z]|[ivx]{2,5})\.\s+"
)
_STEP = re.compile(
    r"(?P<open>\*\*|__|)(?:Step|STEP|Paso|PASO)\s(?P<number>\d{1,3})"
    r"(?:\s?[:.)]|\s?[–—]|\s-(?=\s))(?P<close>\*\*|__|)\s+(?=\S)"
)
_DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}[.)]?\s+(?=[^\W\d_a-z])")
_HASHES = re.compile(r"(?P<marks>#{1,6})\s+(?=[^\s#])")
_HASHES_END = re.compile(r"\s#{1,6}$")
_STRONG = re.compile(r"(\*\*\*|\*\*|__)(?=[^\s*_])(.{0,600}[^\s*_])\1(:?)")
_RULE = re.compile(r"([-=_*~–—•·+#])(?:\s?\1){2,}")
_ROW = re.compile(r"\|.+\|")
_QUESTION = re.compile(
    r"(?P<open>\*\*|__|)(?:Q(?:uestion)?|QUESTION|Pregunta|PREGUNTA|P(?=:))\s?\d{0,3}"
    r"\s?(?:[:.)]|\s[-–—](?=\s))(?P<close>\*\*|__|)\s*"
)
_ANSWER = re.compile(
    r"(?P<open>\*\*|__|)(?:A(?:nswer|ns)?|ANSWER|Respuesta|RESPUESTA|R(?=:))\s?\d{0,3}"
    r"\s?(?:[:.)]|\s[-–—](?=\s))(?P<close>\*\*|__|)(?:\s+|$)"
)
_INLINE_ANSWER = re.compile(r"\s(?:A|R|Answer|Respuesta):\s")
_ASKED = frozenset({Kind.QUESTION, Kind.ANSWER})
_OPENING = re.compile(r"[*_(\[]{0,3}")
_CLOSING = str.maketrans("([", ")]")
_ROMAN = {"i": 1, "v": 5, "x": 10}


def tokenize(lines: list[Line]) -> list[Token]:
    """Return one token per line; "A:" only counts once a question has been asked."""
    tokens: list[Token] = []
    is_asked = False
    for index, line in enumerate(lines):
        token = classify(line)
        if line.text.startswith("o ") and _is_word_bullet(lines, index):
            token = Token(
                kind=Kind.ITEM,
                line=line,
                text=line.text[2:],
                marker="o",
                style=ListStyle.BULLET,
            )
        if token.kind is Kind.ANSWER and not is_asked:
            token = as_item(line) or as_text(line)
        if token.text.endswith("?") or token.kind in _ASKED:
            is_asked = True
        elif token.kind not in (Kind.TEXT, Kind.ITEM):
            is_asked = False
        tokens.append(token)
    return tokens


def _is_word_bullet(lines: list[Line], index: int) -> bool:
    """Return whether an "o" that opens a line is the bullet word processors use.

    It is, below a line that announces a list or next to another one like it; alone
    it may be a word, as in Spanish.
    """
    before = lines[index - 1].text if index else ""
    after = lines[index + 1].text if index + 1 < len(lines) else ""
    return before.endswith(":") or before.startswith("o ") or after.startswith("o ")


def as_text(line: Line) -> Token:
    """Return *line* as words without marks."""
    return Token(kind=Kind.TEXT, line=line, text=line.text)


def classify(line: Line) -> Token:
    """Return what *line* is by its own marks."""
    text = line.text
    if _RULE.fullmatch(text):
        return Token(kind=Kind.RULE, line=line, text=text)
    if _ROW.fullmatch(text):
        return Token(kind=Kind.ROW, line=line, text=text)
    hashes = _HASHES.match(text)
    if hashes:
        return _hash_heading(line, hashes)
    strong = _strong(text)
    return _strong_line(line, strong) if strong else _plain(line)


def _strong(text: str) -> re.Match[str] | None:
    """Return the parts of a *text* that is bold from end to end."""
    strong = _STRONG.fullmatch(text) if len(text) <= MAX_STRONG else None
    return strong if strong and strong[1] not in strong[2] else None


def _hash_heading(line: Line, hashes: re.Match[str]) -> Token:
    rest = line.text[hashes.end() :]
    closing = _HASHES_END.search(rest)
    suffix = rest[closing.start() :].strip() if closing else ""
    rest = rest[: closing.start()].strip() if closing else rest
    strong = _strong(rest)
    marker = hashes["marks"]
    if strong:
        marker += strong[1]
        suffix = strong[1] + strong[3] + suffix
        rest = strong[2]
    if len(rest) <= MAX_HEADING and vocabulary.is_replies(rest):
        return Token(kind=Kind.REPLIES, line=line, text=line.text)
    return _numbered_heading(
        Token(
            kind=Kind.HEADING,
            line=line,
            text=rest,
            marker=marker,
            suffix=suffix,
            level=len(hashes["marks"]),
        )
    )


def _numbered_heading(token: Token) -> Token:
    """Move "2." or "2.1" from the text of a heading to its marker."""
    number = _DECIMAL.match(token.text) or _NUMBER.match(token.text)
    question = _QUESTION.match(token.text)
    mark = number or question
    if mark is None or mark.end() == len(token.text):
        return token
    return Token(
        kind=Kind.QUESTION if question and not number else Kind.HEADING,
        line=token.line,
        text=token.text[mark.end() :],
        marker=f"{token.marker} {mark[0].strip()}",
        suffix=token.suffix,
        level=token.level,
    )


def _strong_line(line: Line, strong: re.Match[str]) -> Token:
    """Judge the words of a line that is bold from end to end."""
    inner = strong[2]
    plain = _plain(
        Line(number=line.number, indent=line.indent, text=inner, gap=line.gap)
    )
    suffix = strong[1] + strong[3]
    match plain.kind:
        case Kind.REPLIES:
            return Token(kind=Kind.REPLIES, line=line, text=line.text)
        case Kind.NOTE if not plain.text:
            marks = plain.label_suffix + suffix
            return replace(plain, line=line, marker=strong[1], label_suffix=marks)
        case Kind.QUESTION | Kind.NOTE:
            return replace(
                plain,
                line=line,
                marker=strong[1] + plain.marker,
                suffix=plain.suffix + suffix,
            )
        case _ if inner.endswith((".", ",", ";")) or len(inner) > MAX_HEADING:
            return as_text(line)
    heading = Token(
        kind=Kind.HEADING,
        line=line,
        text=inner.rstrip(":").rstrip() or inner,
        marker=strong[1],
        suffix=(
            ":" * (len(inner) - len(inner.rstrip(":"))) if inner.rstrip(":") else ""
        )
        + suffix,
    )
    return _numbered_heading(heading)


def _plain(line: Line) -> Token:
    text = line.text
    if len(text) <= 300 and vocabulary.is_replies(text):
        return Token(kind=Kind.REPLIES, line=line, text=text)
    question = _QUESTION.match(text)
    if question and _balanced(question) and question.end() < len(text):
        return _marked(Kind.QUESTION, line, question)
    answer = _ANSWER.match(text)
    if answer and _balanced(answer):
        return _marked(Kind.ANSWER, line, answer)
    item = as_item(line)
    return (
        _note(line) or _item_question(item) or item or _decimal(line) or as_text(line)
    )


def _item_question(item: Token | None) -> Token | None:
    """Return the question or answer of "1. Q: …" or "- A: …"."""
    if item is None:
        return None
    question = _QUESTION.match(item.text)
    answer = _ANSWER.match(item.text)
    mark = question or answer
    if mark is None or not _balanced(mark) or mark.end() == len(item.text):
        return None
    return Token(
        kind=Kind.QUESTION if question else Kind.ANSWER,
        line=item.line,
        text=item.text[mark.end() :],
        marker=f"{item.marker} {mark[0].strip()}",
    )


def _balanced(mark: re.Match[str]) -> bool:
    return mark["open"] == mark["close"]


def _marked(kind: Kind, line: Line, mark: re.Match[str]) -> Token:
    return Token(
        kind=kind, line=line, text=line.text[mark.end() :], marker=mark[0].strip()
    )


def _decimal(line: Line) -> Token | None:
    """Return a heading for "2.1 Causes"."""
    mark = _DECIMAL.match(line.text)
    rest = line.text[mark.end() :] if mark else ""
    if mark is None or len(rest) > MAX_HEADING or rest.endswith((".", ",", ";", ":")):
        return None
    return Token(
        kind=Kind.HEADING, line=line, text=rest, marker=mark[0].strip(), level=SUB_LEVEL
    )


def _note(line: Line) -> Token | None:
    opening = _OPENING.match(line.text)
    start = opening.end() if opening else 0
    mark = vocabulary.LABELED.match(line.text, start)
    if mark is None or mark["label"][0].islower():
        return None
    text = line.text[mark.end() :]
    suffix = ""
    marks = line.text[:start]
    closing = marks[::-1].translate(_CLOSING)
    if (
        marks
        and marks not in mark["suffix"]
        and text.endswith(closing)
        and text != closing
    ):
        text, suffix = text[: -len(marks)].rstrip(), closing
    elif marks.strip("*_"):
        return None
    return Token(
        kind=Kind.NOTE,
        line=line,
        text=text,
        marker=marks,
        label=mark["label"],
        label_suffix=mark["suffix"].strip(),
        suffix=suffix,
    )


def as_item(line: Line) -> Token | None:
    """Return *line* as a list item when it has a bullet, number or letter."""
    bullet = _BULLET.match(line.text) or _LONE_BULLET.fullmatch(line.text)
    if bullet:
        return _item_token(line, bullet, ListStyle.BULLET, 0)
    number = _NUMBER.match(line.text)
    if number:
        digits = number["a"] or number["b"] or number["c"] or number["d"]
        return _item_token(line, number, ListStyle.NUMBER, int(digits))
    step = _STEP.match(line.text)
    if step and _balanced(step):
        return _item_token(line, step, ListStyle.NUMBER, int(step["number"]))
    letter = _LETTER.match(line.text)
    if letter:
        word = letter["a"] or letter["b"] or letter["c"]
        return _item_token(line, letter, ListStyle.LETTER, _letter_value(word))
    return None


def _item_token(
    line: Line, mark: re.Match[str], style: ListStyle, ordinal: int
) -> Token:
    return Token(
        kind=Kind.ITEM,
        line=line,
        text=line.text[mark.end() :],
        marker=mark[0].strip(),
        style=style,
        ordinal=ordinal,
    )


def is_step(marker: str) -> bool:
    """Return whether *marker*, of an item, is "Step 1:" and not a mere number."""
    return bool(_STEP.match(f"{marker} x"))


def _letter_value(word: str) -> int:
    """Return 1 for "a" and for "ii" its Roman value."""
    if len(word) == 1:
        return ord(word.lower()) - ord("a") + 1
    values = [_ROMAN[letter] for letter in word]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


def split_inline_answer(text: str) -> tuple[str, str, str]:
    """Return question, marker and answer of "What? A: This."; empty when absent."""
    mark = _INLINE_ANSWER.search(text)
    if mark is None:
        return text, "", ""
    return text[: mark.start()], mark[0].strip(), text[mark.end() :]
