"""A page's document to what the claim checker reads: blocks of text with their roles.

Reads the document that `document.build_document` makes of a page, live or draft, so there is one walk over the body. A
title and its text in a list are one block, since they are one statement.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .claims.facts import Block, Page, Role
from .document_html import html_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .document_facts import Json, JsonObject

_PARTS = re.compile(r"</(?:p|li|h\d|blockquote|div)>|<br\s*/?>", re.IGNORECASE)
LISTS = frozenset({"mechanism_list", "benefit_list", "approach_list", "step_list"})


def page_of_document(document: JsonObject) -> Page:
    """Return what the checker reads of *document*, in reading order. Disclaimers and references are marked as such."""
    blocks = [
        Block(id="title", text=_text(document.get("title")), role=Role.TITLE),
        Block(id="summary", text=_text(document.get("summary"))),
        *_rich("introduction", document.get("introduction"), Role.BODY, ""),
        *_blocks(document.get("body")),
    ]
    return Page(
        locale=_text(document.get("locale")),
        blocks=tuple(block for block in blocks if block.text),
    )


def _blocks(stream: Json) -> Iterator[Block]:
    for block in _objects(stream):
        block_id, kind = _text(block.get("id")), _text(block.get("type"))
        if kind == "section":
            yield Block(
                id=block_id,
                kind=kind,
                text=_text(block.get("heading")),
                role=Role.HEADING,
            )
            yield from _blocks(block.get("blocks"))
        elif kind in LISTS:
            yield from _list(block_id, kind, block)
        elif kind == "faq":
            yield from _faq(block_id, block)
        else:
            yield from _leaf(block_id, kind, block)


def _list(block_id: str, kind: str, block: JsonObject) -> Iterator[Block]:
    yield _heading(block_id, kind, block)
    yield from _rich(block_id, block.get("introduction"), Role.BODY, kind)
    role = Role.STEP if kind == "step_list" else Role.BODY
    for item in _objects(block.get("items")):
        title = _text(item.get("title"))
        body = " ".join(_parts(item.get("body")))
        text = f"{title}: {body}" if title and body else title or body
        yield Block(
            id=_text(item.get("id")) or block_id, kind=kind, text=text, role=role
        )


def _faq(block_id: str, block: JsonObject) -> Iterator[Block]:
    yield _heading(block_id, "faq", block)
    for item in _objects(block.get("items")):
        item_id = _text(item.get("id")) or block_id
        question = _text(item.get("question"))
        yield Block(id=item_id, kind="faq", text=question, role=Role.QUESTION)
        yield from _rich(item_id, item.get("answer"), Role.ANSWER, "faq")


def _leaf(block_id: str, kind: str, block: JsonObject) -> Iterator[Block]:
    match kind:
        case "rich_text":
            yield from _rich(block_id, block.get("body"), Role.BODY, kind)
        case "callout":
            is_emergency = block.get("tone") == "emergency"
            role = Role.CARE_CARD if is_emergency else Role.BODY
            title = _text(block.get("title"))
            yield Block(id=block_id, kind=kind, text=title, role=role)
            yield from _rich(block_id, block.get("body"), role, kind)
        case "quote":
            text = _text(block.get("text"))
            yield Block(id=block_id, kind=kind, text=text, role=Role.QUOTE)
        case "image":
            yield Block(id=block_id, kind=kind, text=_text(block.get("caption")))
        case "table":
            yield from _table(block_id, block)
        case "references":
            for item in _objects(block.get("items")):
                title = _text(item.get("title"))
                yield Block(id=block_id, kind=kind, text=title, role=Role.REFERENCE)
        case _:
            pass


def _table(block_id: str, block: JsonObject) -> Iterator[Block]:
    yield Block(id=block_id, kind="table", text=_text(block.get("caption")))
    for row in _objects(block.get("rows")):
        for cell in _objects(row.get("cells")):
            yield Block(id=block_id, kind="table", text=_text(cell.get("text")))
            yield from _rich(block_id, cell.get("body"), Role.BODY, "table")
    yield from _rich(block_id, block.get("notes"), Role.BODY, "table")


def _heading(block_id: str, kind: str, block: JsonObject) -> Block:
    text = _text(block.get("heading"))
    return Block(id=block_id, kind=kind, text=text, role=Role.HEADING)


def _rich(block_id: str, value: Json, role: Role, kind: str) -> Iterator[Block]:
    for text in _parts(value):
        yield Block(id=block_id, kind=kind, text=text, role=role)


def _parts(value: Json) -> list[str]:
    html = _text(value.get("html")) if isinstance(value, dict) else ""
    return [text for part in _PARTS.split(html) if (text := html_text(part))]


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""


def _objects(value: Json) -> list[JsonObject]:
    items = value if isinstance(value, list) else []
    return [item for item in items if isinstance(item, dict)]
