"""Disclaimers and remarks: what opens one, what belongs to it, what it becomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import vocabulary
from .document import Callout, Disclaimer, Heading, ItemList, Paragraph, Span
from .markers import Kind

if TYPE_CHECKING:
    from .pieces import Piece

_ENDS = frozenset({Kind.QUESTION, Kind.RULE, Kind.REPLIES, Kind.NOTE})


@dataclass(slots=True, kw_only=True)
class OpenNote:
    """A note that is still collecting its paragraphs."""

    label: Heading
    is_disclaimer: bool
    takes_all: bool
    """True below a heading or a label that stands alone: paragraphs belong to it."""
    is_leading: bool
    blocks: list[Paragraph | ItemList] = field(default_factory=list)

    def takes(self, piece: Piece) -> bool:
        """Return whether the paragraph *piece* still belongs to this note."""
        if self.takes_all:
            return self.is_disclaimer or not self.blocks
        if not self.is_disclaimer or piece.gap > 1:
            return False
        return piece.gap == 0 or vocabulary.sounds_legal(piece.text)

    def freeze(self) -> Disclaimer | Callout:
        """Return the finished note."""
        end = self.blocks[-1].span.end if self.blocks else self.label.span.end
        span = Span(start=self.label.span.start, end=end)
        blocks = tuple(self.blocks)
        if self.is_disclaimer:
            return Disclaimer(
                span=span, label=self.label, blocks=blocks, is_leading=self.is_leading
            )
        tone = vocabulary.callout_tone(self.label.text)
        return Callout(span=span, tone=tone, label=self.label, blocks=blocks)


def note_label(piece: Piece) -> Heading:
    """Return the label of the note *piece*."""
    return Heading(
        text=piece.label,
        marker=piece.marker,
        suffix=piece.label_suffix,
        span=Span(start=piece.parts[0].line, end=piece.parts[0].line),
    )


def is_legal(piece: Piece, after: Piece | None, *, is_last_section: bool) -> bool:
    """Return whether the note *piece* is legal, not a remark on its subject.

    "Disclaimer" always is. A plain "Note" is when it says so, or when the article
    is over: no heading follows, only questions, other notes or the end.
    """
    if not vocabulary.is_note(piece.label):
        return vocabulary.is_disclaimer(piece.label)
    is_over = is_last_section and (after is None or after.kind in _ENDS)
    return is_over or vocabulary.sounds_legal(piece.text)


def note_as_paragraph(piece: Piece) -> Paragraph:
    """Return a remark with its label, for where no callout may stand."""
    words = f"{piece.label}{piece.label_suffix} {piece.text}".strip()
    return Paragraph(
        text=words, span=piece.span, marker=piece.marker, suffix=piece.suffix
    )
