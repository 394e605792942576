"""A document to the texts that are searched, each with its place, so that a front end can lead a reader there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...document_html import html_text
from ..encode import encode_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...document_facts import Json, JsonObject

# 30,000 words: ten times a long article. PostgreSQL takes 1 MB of positions for a text, and a text that it refused
# could not be published.
TEXT_MAX_LENGTH = 200_000
# Plain texts and rich texts of blocks and their items, in reading order. Disclaimers and references are not searched:
# the ones are everywhere, the others are the words of others.
PLAIN_KEYS = (
    "heading", "title", "question", "text", "caption", "duration", "attribution", "population", "statement", "period",
    "finding", "effect", "generic_name", "form",
)  # fmt: skip
RICH_KEYS = ("introduction", "body", "answer", "action", "dose", "notes")
SKIPPED_BLOCKS = frozenset({"disclaimer", "references"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text of a document."""

    field: str
    """`title`, `summary`, `introduction` or `body`."""
    text: str
    block_id: str | None = None
    """The block of the body that it is in, if any."""
    section_id: str | None = None
    """The section that the block is in, or is."""


def find_passages(document: JsonObject) -> list[Passage]:
    """Return the texts of *document*, in reading order, `TEXT_MAX_LENGTH` characters at most."""
    passages: list[Passage] = []
    left = TEXT_MAX_LENGTH
    for passage in _passages(document):
        if not passage.text:
            continue
        if len(passage.text) > left:
            break
        left -= len(passage.text)
        passages.append(passage)
    return passages


def encode_passages(passages: Sequence[Passage]) -> bytes:
    """Return *passages* as they are stored."""
    return encode_json([[p.field, p.block_id, p.section_id, p.text] for p in passages])


def decode_passages(content: bytes) -> list[Passage]:
    """Return the passages that `encode_passages` stored."""
    return [
        Passage(field=field, block_id=block, section_id=section, text=text)
        for field, block, section, text in json.loads(content)
    ]


def _passages(document: JsonObject) -> Iterator[Passage]:
    for field in ("title", "summary"):
        yield Passage(field=field, text=_plain(document.get(field)))
    yield Passage(field="introduction", text=_rich(document.get("introduction")))
    yield from _blocks(document.get("body"), None)


def _blocks(blocks: Json, section_id: str | None) -> Iterator[Passage]:
    for block in _objects(blocks):
        if block.get("type") in SKIPPED_BLOCKS:
            continue
        block_id = str(block.get("id") or "") or None
        within = block_id if block.get("type") == "section" else section_id
        for text in _texts(block):
            yield Passage(field="body", text=text, block_id=block_id, section_id=within)
        yield from _blocks(block.get("blocks"), within)


def _texts(value: JsonObject) -> Iterator[str]:
    """Yield the texts of a block or of an item of one, one by one: a match may not run from one into the next."""
    for key in PLAIN_KEYS:
        yield _plain(value.get(key))
    signs = value.get("criteria")
    yield from (_plain(sign) for sign in (signs if isinstance(signs, list) else ()))
    for key in RICH_KEYS:
        yield _rich(value.get(key))
    for item in _objects(value.get("items")):
        yield from _texts(item)
    for row in (*_objects(value.get("columns")), *_objects(value.get("rows"))):
        cells = _objects(row.get("cells"))
        yield _plain(row.get("heading"))
        yield " ".join(text for cell in cells for text in _texts(cell) if text)


def _plain(value: Json) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _rich(value: Json) -> str:
    return html_text(str(value.get("html", ""))) if isinstance(value, dict) else ""


def _objects(value: Json) -> list[JsonObject]:
    items = value if isinstance(value, list) else []
    return [item for item in items if isinstance(item, dict)]
