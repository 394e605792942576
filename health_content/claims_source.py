"""An article as an importer read it, to what the claim checker reads; block ids are source lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .claims.facts import Block, Page, Role
from .importers.document import (
    Callout,
    Disclaimer,
    Faq,
    Heading,
    ItemList,
    ListRole,
    Paragraph,
    Section,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .importers.document import Content, Document, Item

_KINDS = {
    ListRole.MECHANISMS: "mechanism_list",
    ListRole.BENEFITS: "benefit_list",
    ListRole.APPROACHES: "approach_list",
    ListRole.STEPS: "step_list",
    ListRole.REFERENCES: "references",
}


def page_of_source(document: Document, *, locale: str = "en") -> Page:
    """Return what the checker reads of *document*; its disclaimers are marked as such."""
    blocks = [] if document.title is None else [_block(document.title, Role.TITLE)]
    blocks += [_block(each, Role.BODY) for each in document.introduction]
    blocks += _contents(document.blocks)
    for disclaimer in document.disclaimers:
        blocks += _disclaimer(disclaimer)
    return Page(locale=locale, blocks=tuple(blocks))


def _contents(contents: Iterable[Section | Content]) -> Iterator[Block]:
    for each in contents:
        match each:
            case Section():
                yield _block(each.heading, Role.HEADING)
                yield from _contents(each.blocks)
            case Paragraph():
                yield _block(each, Role.BODY)
            case ItemList():
                yield from _items(each)
            case Faq():
                yield from _questions(each)
            case Callout():
                yield _block(each.label, Role.HEADING)
                yield from _contents(each.blocks)
            case _:
                yield from (
                    Block(id=str(row.line), kind="table", text=" | ".join(row.cells))
                    for row in each.rows
                )


def _items(found: ItemList) -> Iterator[Block]:
    kind = _KINDS.get(found.role, "")
    role = Role.REFERENCE if found.role is ListRole.REFERENCES else Role.BODY
    if found.introduction is not None:
        yield _block(found.introduction, Role.BODY)
    for item in found.items:
        yield Block(
            id=str(item.span.start), kind=kind, text=_item_text(item), role=role
        )


def _item_text(item: Item) -> str:
    parts = [
        part.text
        if isinstance(part, Paragraph)
        else " ".join(_item_text(child) for child in part.items)
        for part in item.blocks
    ]
    body = " ".join(parts)
    return f"{item.label}: {body}" if item.label and body else item.label or body


def _questions(faq: Faq) -> Iterator[Block]:
    for question in faq.items:
        line = str(question.span.start)
        yield Block(id=line, kind="faq", text=question.text, role=Role.QUESTION)
        for part in question.blocks:
            if isinstance(part, Paragraph):
                yield _block(part, Role.ANSWER)
            else:
                yield from _items(part)


def _disclaimer(disclaimer: Disclaimer) -> Iterator[Block]:
    yield _block(disclaimer.label, Role.DISCLAIMER)
    for part in disclaimer.blocks:
        if isinstance(part, Paragraph):
            yield _block(part, Role.DISCLAIMER)
        else:
            yield from (
                Block(id=str(i.span.start), text=_item_text(i), role=Role.DISCLAIMER)
                for i in part.items
            )


def _block(node: Heading | Paragraph, role: Role) -> Block:
    return Block(id=str(node.span.start), text=node.text, role=role)
