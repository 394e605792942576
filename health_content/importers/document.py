"""The neutral document every reader produces, before any page exists.

Each node names the source lines it came from, and keeps the marks it was recognized
by ("1.", "Q:", "##"). Marks and words together are the whole source: see
`fragments`, the law all readers are tested against.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class DocumentError(ValueError):
    """The source cannot be read as an article; the message says why in one line."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        """Stable: import.empty, import.too_large, import.encoding, import.binary …"""


class ListStyle(StrEnum):
    """How the items of a list are marked in the source."""

    BULLET = "bullet"
    NUMBER = "number"
    LETTER = "letter"


class ListRole(StrEnum):
    """What a list is for; everything but PLAIN becomes a block of its own."""

    PLAIN = "plain"
    MECHANISMS = "mechanisms"
    BENEFITS = "benefits"
    APPROACHES = "approaches"
    STEPS = "steps"
    REFERENCES = "references"


class Tone(StrEnum):
    """The tone of a callout, as the callout block spells it."""

    INFO = "info"
    WARNING = "warning"


class MarkKind(StrEnum):
    """Why a line carries no content of the article."""

    RULE = "rule"
    REPLIES = "replies"
    FORM = "form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """First and last source line, counted from 1, both included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A title, a section heading or a label that stands alone."""

    text: str
    span: Span
    level: int = 2
    marker: str = ""
    suffix: str = ""
    """What closes or underlines the heading: "##", "**", "-----"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Words that belong together; a line feed in `text` is a deliberate line break."""

    text: str
    span: Span
    marker: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One list item: its label when it has one, then paragraphs and nested lists."""

    span: Span
    marker: str
    blocks: tuple[Paragraph | ItemList, ...]
    label: str = ""
    opening: str = ""
    separator: str = ""
    """`opening` and `separator` are the marks around the label: "**" and ":**"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemList:
    """A list; `start` is the number of its first item (1 for bullets)."""

    span: Span
    style: ListStyle
    items: tuple[Item, ...]
    role: ListRole = ListRole.PLAIN
    start: int = 1
    introduction: Paragraph | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question and its answer; `blocks` is empty when the source has no answer."""

    span: Span
    text: str
    blocks: tuple[Paragraph | ItemList, ...]
    marker: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Faq:
    """Questions that follow each other."""

    span: Span
    items: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout:
    """A labelled remark that belongs where it stands ("Tip: …")."""

    span: Span
    tone: Tone
    label: Heading
    blocks: tuple[Paragraph | ItemList, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclaimer:
    """A legal or medical note; it leaves the body and becomes a snippet."""

    span: Span
    label: Heading
    blocks: tuple[Paragraph | ItemList, ...]
    is_leading: bool = False
    """True when it stands before the first heading and the body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The cells of one line of a table; the pipes around them are marks."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Named columns and rows with as many cells."""

    span: Span
    columns: Row
    rule: str
    """The line below the names of the columns, "|---|---|"."""
    rows: tuple[Row, ...]


Content = Paragraph | ItemList | Faq | Callout | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading (level 2 or 3) and what stands under it."""

    span: Span
    heading: Heading
    blocks: tuple[Content, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Lines that shape the article but say nothing in it: rules, the reply form."""

    span: Span
    kind: MarkKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmappedLine:
    """A source line that has no place in the article; a person has to look at it."""

    line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article as read, in source order within each field."""

    title: Heading | None
    introduction: tuple[Paragraph, ...]
    blocks: tuple[Section | Content, ...]
    disclaimers: tuple[Disclaimer, ...]
    marks: tuple[Mark, ...]
    unmapped: tuple[UnmappedLine, ...]
    replies_open: bool
    """True when the source invites replies and does not say that they are closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """A bit of the source: its line, its characters, and whether they are a mark."""

    line: int
    text: str
    is_mark: bool = False


Node = (
    Heading
    | Paragraph
    | Item
    | ItemList
    | Question
    | Faq
    | Callout
    | Disclaimer
    | Section
    | Table
    | Row
    | Mark
    | UnmappedLine
)


def fragments(document: Document) -> list[Fragment]:
    """Return every bit of *document* in source order.

    Law: joined, and without white space, the texts equal the source without white
    space. So nothing is lost, doubled, moved or changed. Cost: O(n log n).
    """
    nodes: list[Node] = [] if document.title is None else [document.title]
    nodes += [
        *document.introduction,
        *document.blocks,
        *document.disclaimers,
        *document.marks,
        *document.unmapped,
    ]
    found = [fragment for node in nodes for fragment in _walk(node)]
    return sorted(found, key=lambda fragment: fragment.line)


def _walk(node: Node) -> Iterator[Fragment]:
    """Yield the fragments of *node*; lists nest no deeper than a reader's limit."""
    match node:
        case Heading() | Paragraph() | Question():
            yield from _edged(node.span, node.marker, node.text, node.suffix)
        case Item():
            yield Fragment(line=node.span.start, text=node.marker, is_mark=True)
            yield from _edged(node.span, node.opening, node.label, node.separator)
        case Row(line=line, cells=cells):
            yield Fragment(line=line, text="|", is_mark=True)
            for cell in cells:
                yield Fragment(line=line, text=cell)
                yield Fragment(line=line, text="|", is_mark=True)
        case Table(columns=columns, rule=rule):
            # Sorting by line puts it between the columns and the rows.
            yield Fragment(line=columns.line + 1, text=rule, is_mark=True)
        case Mark():
            yield Fragment(line=node.span.start, text=node.text, is_mark=True)
        case UnmappedLine():
            yield Fragment(line=node.line, text=node.text)
        case _:
            pass
    yield from _walk_all(_children(node))


def _children(node: Node) -> tuple[Node, ...]:
    """Return the nodes inside *node*, in source order."""
    match node:
        case Question() | Item():
            return node.blocks
        case Section():
            return (node.heading, *node.blocks)
        case Callout() | Disclaimer():
            return (node.label, *node.blocks)
        case ItemList():
            lead = () if node.introduction is None else (node.introduction,)
            return (*lead, *node.items)
        case Faq():
            return node.items
        case Table():
            return (node.columns, *node.rows)
        case _:
            return ()


def _walk_all(nodes: tuple[Node, ...]) -> Iterator[Fragment]:
    for node in nodes:
        yield from _walk(node)


def _edged(span: Span, marker: str, text: str, suffix: str) -> Iterator[Fragment]:
    yield Fragment(line=span.start, text=marker, is_mark=True)
    yield Fragment(line=span.start, text=text)
    yield Fragment(line=span.start, text=suffix, is_mark=True)
