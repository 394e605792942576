"""A document as a few lines of text, to compare and to review like code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from health_content.importers.document import (
    Callout,
    Disclaimer,
    Document,
    Faq,
    Item,
    ItemList,
    ListRole,
    Paragraph,
    Section,
    Span,
    Table,
    fragments,
)
from health_content.importers.text import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

IGNORED = "\ufeff\u200b\u2060"


def describe(document: Document) -> str:
    """Return the sequence of blocks with kinds, source lines, counts and labels."""
    lines = [f"title: {document.title.text if document.title else None}"]
    lines += [f"introduction {at(p.span)}" for p in document.introduction]
    for block in document.blocks:
        lines += block_lines(block, "")
    for disclaimer in document.disclaimers:
        lines += block_lines(disclaimer, "")
    lines += [f"{mark.kind} {at(mark.span)}" for mark in document.marks]
    lines += [f"unmapped {line.line}: {line.text}" for line in document.unmapped]
    lines.append(f"replies: {'open' if document.replies_open else 'closed'}")
    return "\n".join(lines) + "\n"


def block_lines(block: object, pad: str) -> Iterator[str]:
    """Yield the lines of one block and of those inside."""
    deeper = pad + "  "
    match block:
        case Section(heading=heading, blocks=blocks):
            yield f"{pad}section {at(block.span)} h{heading.level} {heading.text}"
            for child in blocks:
                yield from block_lines(child, deeper)
        case Paragraph():
            yield f"{pad}text {at(block.span)}"
        case Faq(items=items):
            yield f"{pad}questions {at(block.span)} x{len(items)}"
            for question in items:
                yield f"{deeper}? {question.text}"
                for child in question.blocks:
                    yield from block_lines(child, deeper + "  ")
        case (
            Callout(label=label, blocks=blocks) | Disclaimer(label=label, blocks=blocks)
        ):
            kind = type(block).__name__.lower()
            place = " leading" if getattr(block, "is_leading", False) else ""
            yield f"{pad}{kind}{place} {at(block.span)} x{len(blocks)} {label.text}"
        case Table(columns=columns, rows=rows):
            yield f"{pad}table {at(block.span)} {len(columns.cells)}x{len(rows)}"
        case ItemList():
            yield from list_lines(block, pad)


def list_lines(block: ItemList, pad: str) -> Iterator[str]:
    kind = block.style if block.role is ListRole.PLAIN else block.role
    start = f" from {block.start}" if block.start != 1 else ""
    lead = " with lead" if block.introduction else ""
    yield f"{pad}{kind} {at(block.span)} x{len(block.items)}{start}{lead}"
    for item in block.items:
        if item.label:
            yield f"{pad}  - {item.label}"
        for child in item.blocks[1:]:
            yield from block_lines(child, pad + "    ")


def at(span: Span) -> str:
    return str(span.start) if span.start == span.end else f"{span.start}-{span.end}"


def bare(text: str) -> str:
    """Return *text* without anything that counts as white space."""
    return "".join(c for c in text if not c.isspace() and c not in IGNORED)


def rebuilt(document: Document) -> str:
    """Return the source of *document*, marks and all, without white space."""
    return bare("".join(fragment.text for fragment in fragments(document)))


def marks(document: Document) -> list[str]:
    """Return the bits of the source that the document holds as marks."""
    return [f.text for f in fragments(document) if f.is_mark and f.text]


def items_of(document: Document, role: ListRole) -> list[Item]:
    """Return the items of all lists of *role* in sections, in order."""
    return [
        item
        for section in document.blocks
        if isinstance(section, Section)
        for block in section.blocks
        if isinstance(block, ItemList) and block.role is role
        for item in block.items
    ]


def read(body: str) -> Document:
    """Return the document of a title and *body*, the law checked."""
    source = "A Title for All\n\nAn introduction.\n\n" + body
    document = read_text(source.encode())
    assert rebuilt(document) == bare(source)
    return document


def outline(body: str) -> list[str]:
    """Return what *body* gives, without the lines every source here has, and without line numbers."""
    lines = describe(read(body)).splitlines()[2:-1]
    return [re.sub(r"(?<!from) \d+(-\d+)?(?= |$)", "", line).strip() for line in lines]
