"""Questions and their answers, however they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from .document import Item, ItemList, Paragraph, Question, Span
from .lists import first_paragraph
from .markers import MAX_LINE, Kind, split_inline_answer

if TYPE_CHECKING:
    from .pieces import Piece


_SENTENCE_END = re.compile(r"[.!?…]\s")
_FIRST_QUESTION = re.compile(rf"[^?]{{3,{MAX_LINE - 1}}}\?(?=\s|$)")

_STRONG_QUESTION = re.compile(
    rf"(\*\*|__)(?P<text>[^*_?]{{3,{MAX_LINE - 1}}}\?)\1(?=\s)"
)


@dataclass(slots=True, kw_only=True)
class QuestionParts:
    """A question that is still collecting its answer."""

    text: str
    span: Span
    marker: str = ""
    suffix: str = ""
    blocks: list[Paragraph | ItemList] = field(default_factory=list)

    def freeze(self) -> Question:
        """Return the question with the answer collected so far."""
        end = self.blocks[-1].span.end if self.blocks else self.span.end
        return Question(
            span=Span(start=self.span.start, end=end),
            text=self.text.replace("\n", " "),
            blocks=tuple(self.blocks),
            marker=self.marker,
            suffix=self.suffix,
        )


def question_from_piece(piece: Piece) -> QuestionParts:
    """Return the question of a "Q:" line or of a heading."""
    text, marker, answer = piece.text, "", ""
    if piece.kind is Kind.QUESTION:
        text, marker, answer = split_inline_answer(text)
    text, rest = _cut(text)
    parts = QuestionParts(
        text=text, span=piece.span, marker=piece.marker, suffix=piece.suffix
    )
    if rest:
        parts.suffix = ""
        parts.blocks.append(Paragraph(text=rest, span=piece.span, suffix=piece.suffix))
    if answer:
        parts.blocks.append(Paragraph(text=answer, span=piece.span, marker=marker))
    return parts


def question_from_paragraph(paragraph: Paragraph) -> QuestionParts | None:
    """Return the question a paragraph is, with an answer on the lines below it."""
    strong = _STRONG_QUESTION.match(paragraph.text)
    if strong:
        answer = paragraph.text[strong.end() :].strip()
        parts = _parts(paragraph, strong["text"], answer)
        parts.marker, parts.suffix = paragraph.marker + strong[1], strong[1]
        return parts
    question, _, answer = paragraph.text.partition("?\n")
    text = question + "?" if answer else question
    is_one = text.endswith("?") and not _SENTENCE_END.search(text)
    if not is_one or len(text) > MAX_LINE:
        return None
    return _parts(paragraph, text, answer)


def question_from_item(item: Item) -> QuestionParts | None:
    """Return the question a list item begins with, the rest being its answer."""
    first = first_paragraph(item)
    match = _FIRST_QUESTION.match(first.text)
    if match is None:
        return None
    answer = first.text[match.end() :].strip()
    parts = _parts(replace(first, marker=item.marker), match[0], answer)
    parts.blocks += item.blocks[1:]
    return parts


def _parts(paragraph: Paragraph, text: str, answer: str) -> QuestionParts:
    parts = QuestionParts(
        text=text,
        span=paragraph.span,
        marker=paragraph.marker,
        suffix="" if answer else paragraph.suffix,
    )
    if answer:
        rest = replace(paragraph, text=answer, marker="")
        parts.blocks.append(rest)
    return parts


def _cut(text: str) -> tuple[str, str]:
    """Return *text* as a question that fits, and the rest, which its answer opens with."""
    if len(text) <= MAX_LINE:
        return text, ""
    first = _FIRST_QUESTION.match(text)
    end = first.end() if first else text.rfind(" ", 0, MAX_LINE) + 1 or MAX_LINE
    return text[:end].strip(), text[end:].strip()
