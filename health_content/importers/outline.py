# ruff: noqa: RUF001 - look-alike marks of real documents are read here
"""Pieces to the document: sections, questions, notes, and the end of the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import vocabulary
from .document import (
    Content,
    Disclaimer,
    Document,
    Heading,
    ItemList,
    Mark,
    MarkKind,
    Paragraph,
    Section,
    UnmappedLine,
)
from .lists import as_paragraph, build_lists
from .markers import MAX_LINE, SUB_LEVEL, Kind
from .notes import OpenNote, is_legal, note_as_paragraph, note_label
from .questions import (
    QuestionParts,
    question_from_item,
    question_from_paragraph,
    question_from_piece,
)
from .sections import OpenSection, take_introduction
from .tables import as_table

if TYPE_CHECKING:
    from .pieces import Piece


def build_document(title: Piece | None, pieces: list[Piece]) -> Document:
    """Return the document of *pieces*, the headings of which are settled."""
    assembly = _Assembly(title, pieces)
    index = 0
    while index < len(pieces):
        index = assembly.take(index)
    return assembly.document()


class _Assembly:
    """Reads pieces in order; every `_take_*` method handles one kind."""

    def __init__(self, title: Piece | None, pieces: list[Piece]) -> None:
        self.pieces = pieces
        self.title = as_heading(title) if title else None
        title_text = self.title.text if self.title else ""
        self.last_heading = max(
            (i for i, piece in enumerate(pieces) if piece.kind is Kind.HEADING),
            default=-1,
        )
        self.base_level = min(
            (
                p.level
                for p in pieces
                if p.kind is Kind.HEADING and 0 < p.level < SUB_LEVEL
            ),
            default=2,
        )
        self.has_hashes = any(p.marker.startswith("#") for p in pieces)
        self.sections = [
            OpenSection(
                is_faq=vocabulary.is_faq(title_text),
                subjects=(title_text,) if title_text else (),
            )
        ]
        self.question: QuestionParts | None = None
        self.note: OpenNote | None = None
        self.disclaimers: list[Disclaimer] = []
        self.marks: list[Mark] = []
        self.unmapped: list[UnmappedLine] = []
        self.replies: list[str] = []

    def take(self, index: int) -> int:
        """Read the piece at *index* and return the index of the next."""
        piece = self.pieces[index]
        if self.replies and piece.kind is not Kind.NOTE:
            self._take_residue(piece)
            return index + 1
        match piece.kind:
            case Kind.HEADING:
                self._take_heading(index)
            case Kind.QUESTION:
                self._ask(question_from_piece(piece))
            case Kind.NOTE:
                self._take_note(index)
            case Kind.ITEM:
                return self._take_lists(index)
            case Kind.ROW:
                self._take_table(index)
            case Kind.RULE:
                self._close_all()
                self._mark(piece, MarkKind.RULE)
            case Kind.REPLIES:
                self._close_all()
                self._take_replies(piece)
            case _:
                self._take_paragraph(index)
        return index + 1

    def document(self) -> Document:
        """Return what was read."""
        self._close_all()
        self.sections[0].settle()
        outside, *sections = self.sections
        blocks: list[Section | Content] = list(outside.blocks)
        introduction = take_introduction(
            blocks, has_sections=any(section.heading for section in sections)
        )
        for section in sections:
            blocks += section.freeze()
        return Document(
            title=self.title,
            introduction=introduction,
            blocks=tuple(blocks),
            disclaimers=tuple(self.disclaimers),
            marks=tuple(self.marks),
            unmapped=tuple(sorted(self.unmapped, key=lambda line: line.line)),
            replies_open=bool(self.replies)
            and not any(vocabulary.closes_replies(line) for line in self.replies),
        )

    # Headings

    def _take_heading(self, index: int) -> None:
        if len(self.pieces[index].text) > MAX_LINE:
            self._take_paragraph(index)
            return
        heading = as_heading(self.pieces[index], level=self._level(self.pieces[index]))
        is_question = heading.text.endswith("?")
        if is_question and self.sections[-1].is_faq:
            self._ask(question_from_piece(self.pieces[index]))
            return
        self._close_all()
        if vocabulary.is_disclaimer(heading.text):
            self._open_note(heading, is_disclaimer=True, takes_all=True)
            return
        above = self.sections[-1]
        after = self._after(index)
        goes_on = above.is_faq and after is not None and _asks(after)
        inherits = heading.level == 3 and above.heading is not None
        self.sections.append(
            OpenSection(
                heading=heading,
                is_faq=vocabulary.is_faq(heading.text) or goes_on,
                subjects=(heading.text, *(above.subjects if inherits else ())),
            )
        )

    def _level(self, piece: Piece) -> int:
        """Return 2 for the highest headings in use and 3 for all below."""
        if not piece.level:
            is_bold = piece.marker.startswith(("**", "__"))
            return 3 if is_bold and self.has_hashes else 2
        return 2 if piece.level <= max(self.base_level, 1) else 3

    # Paragraphs and lists

    def _take_paragraph(self, index: int) -> None:
        paragraph = as_paragraph(self.pieces[index])
        section = self.sections[-1]
        if self.note and self.note.takes(self.pieces[index]):
            self.note.blocks.append(paragraph)
            return
        self._close_note()
        asked = question_from_paragraph(paragraph) if section.is_faq else None
        if asked and self.pieces[index].kind is Kind.TEXT:
            self._ask(asked)
        elif self.question:
            self.question.blocks.append(paragraph)
        else:
            section.add(paragraph)

    def _take_table(self, index: int) -> None:
        """Read a table; an answer or a note has room for its words only."""
        piece = self.pieces[index]
        table = as_table(piece)
        is_inside = self.question or (self.note and self.note.takes(piece))
        if table is None or is_inside:
            self._take_paragraph(index)
            return
        self._close_note()
        self.sections[-1].add(table)

    def _take_lists(self, index: int) -> int:
        run = _list_run(self.pieces, index)
        if not run:
            self._leave(self.pieces[index])
            return index + 1
        for item_list in build_lists(run):
            self._place_list(item_list)
        return index + len(run)

    def _place_list(self, item_list: ItemList) -> None:
        section = self.sections[-1]
        if self.note and self.note.takes_all:
            self.note.blocks.append(item_list)
            return
        self._close_note()
        asked = [question_from_item(item) for item in item_list.items]
        if section.is_faq and all(asked):
            for parts in asked:
                self._ask(parts)
        elif self.question:
            self.question.blocks.append(item_list)
        else:
            section.add_list(item_list)

    # Questions

    def _ask(self, parts: QuestionParts | None) -> None:
        self._close_all()
        self.question = parts

    def _close_question(self) -> None:
        """Put the open question into the questions it follows, or start new ones."""
        if self.question is None:
            return
        question = self.question.freeze()
        self.question = None
        section = self.sections[-1]
        last = section.blocks[-1] if section.blocks else None
        is_lead = isinstance(last, Paragraph) and last.text.endswith(":")
        is_apart = bool(last) and not (section.questions or is_lead)
        if section.heading and not section.is_faq and is_apart:
            section = OpenSection()
            self.sections.append(section)
        section.add_question(question)

    # Notes

    def _take_note(self, index: int) -> None:
        piece = self.pieces[index]
        is_last_section = bool(self.replies) or index > self.last_heading
        is_disclaimer = is_legal(
            piece, self._after(index), is_last_section=is_last_section
        )
        if self.question and not is_disclaimer:
            self.question.blocks.append(note_as_paragraph(piece))
            return
        self._close_all()
        paragraph = as_paragraph(piece, marker="")
        note = self._open_note(
            note_label(piece), is_disclaimer=is_disclaimer, takes_all=not paragraph.text
        )
        if paragraph.text:
            note.blocks.append(paragraph)

    def _after(self, index: int) -> Piece | None:
        return self.pieces[index + 1] if index + 1 < len(self.pieces) else None

    def _open_note(
        self, label: Heading, *, is_disclaimer: bool, takes_all: bool
    ) -> OpenNote:
        self.note = OpenNote(
            label=label,
            is_disclaimer=is_disclaimer,
            takes_all=takes_all,
            is_leading=len(self.sections) == 1 and self.sections[0].is_empty(),
        )
        return self.note

    def _close_note(self) -> None:
        if self.note is None:
            return
        note = self.note.freeze()
        self.note = None
        if not note.blocks:
            edges = (note.label.marker, note.label.text, note.label.suffix)
            text = " ".join(filter(None, edges))
            line = note.label.span.start
            self.unmapped.append(UnmappedLine(line=line, text=text))
            return
        if isinstance(note, Disclaimer):
            self.disclaimers.append(note)
        else:
            self.sections[-1].add(note)

    def _close_all(self) -> None:
        self._close_question()
        self._close_note()

    # The end of the article

    def _take_replies(self, piece: Piece) -> None:
        self.replies.append(piece.parts[0].text)
        self._mark(piece, MarkKind.REPLIES)

    def _take_residue(self, piece: Piece) -> None:
        """Note what a copied reply form leaves; leave the rest to a person."""
        self._close_all()
        if piece.kind is Kind.REPLIES:
            self._take_replies(piece)
        elif piece.kind is Kind.RULE:
            self._mark(piece, MarkKind.RULE)
        elif all(vocabulary.is_form(part.text) for part in piece.parts[:20]):
            self._mark(piece, MarkKind.FORM)
        else:
            self._leave(piece)

    def _mark(self, piece: Piece, kind: MarkKind) -> None:
        self.marks.append(Mark(span=piece.span, kind=kind, text=_source(piece)))

    def _leave(self, piece: Piece) -> None:
        first, *others = piece.parts
        edges = (
            piece.marker,
            piece.label,
            piece.label_suffix,
            first.text,
            piece.suffix,
        )
        text = " ".join(edge for edge in edges if edge)
        self.unmapped.append(UnmappedLine(line=first.line, text=text))
        self.unmapped += [UnmappedLine(line=p.line, text=p.text) for p in others]


def as_heading(piece: Piece, *, level: int = 1) -> Heading:
    """Return *piece* as a heading; the colon that ends it is a mark."""
    text = piece.text
    bare = text.rstrip(":：").rstrip() or text
    return Heading(
        text=bare,
        span=piece.span,
        level=level,
        marker=piece.marker,
        suffix=text[len(bare) :].strip() + piece.suffix,
    )


def _source(piece: Piece) -> str:
    return " ".join(part for part in (piece.marker, piece.text, piece.suffix) if part)


def _asks(piece: Piece) -> bool:
    return piece.kind is Kind.QUESTION or piece.parts[-1].text.endswith("?")


def _list_run(pieces: list[Piece], index: int) -> list[Piece]:
    """Return the items from *index* on, and the paragraphs indented below them."""
    run: list[Piece] = []
    indent = pieces[index].indent
    for position in range(index, len(pieces)):
        piece = pieces[position]
        is_item = piece.kind is Kind.ITEM and bool(piece.text)
        is_below = piece.kind is Kind.TEXT and bool(run) and piece.indent > indent
        if not (is_item or is_below):
            break
        run.append(piece)
    return run
