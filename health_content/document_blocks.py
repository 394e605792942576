"""The stored stream of a page to the typed blocks of its document.

Reads what the database holds (`{"type", "value", "id"}`, nested), so a half-filled block, a missing key or a value of a
wrong kind gives an emptier block and never an error. A block of an unknown type is left out: clients are promised a
closed union.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from .document_html import expand_html, html_text, safe_href
from .health_aspects import HEALTH_ASPECTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .document_facts import DisclaimerFacts, Json, JsonObject, Resources

TONES = frozenset({"info", "warning", "do", "dont", "emergency"})
SECTION_LEVELS = frozenset({2, 3})
IN_TEXT = "text"
"""Why the body shows a disclaimer: somebody put it there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamReferences:
    """What a stored stream refers to."""

    html: tuple[str, ...] = ()
    """Its rich texts, as stored."""
    images: frozenset[int] = field(default_factory=frozenset)
    disclaimers: frozenset[int] = field(default_factory=frozenset)


def build_blocks(stream: Json, resources: Resources) -> list[Json]:
    """Return the blocks of *stream* as the document has them, in order."""
    return [
        builder(_text(block.get("id")), block.get("value"), resources)
        for block in _objects(stream)
        if (builder := BUILDERS.get(_text(block.get("type")))) is not None
    ]


def find_stream_references(stream: Json) -> StreamReferences:
    """Return what *stream* refers to, so that it can be looked up in bulk. Cost: one walk."""
    html: list[str] = []
    images: set[int] = set()
    disclaimers: set[int] = set()
    for block in walk_stream(stream):
        value = block.get("value")
        match block.get("type"):
            case "image":
                images.add(_integer(_object(_object(value).get("image")).get("image")))
            case "disclaimer":
                disclaimers.add(chosen_disclaimer(value))
            case "section":
                pass  # What is in it comes by itself.
            case _:
                html.extend(_strings_with_markup(value))
    return StreamReferences(
        html=tuple(html),
        images=frozenset(images - {0}),
        disclaimers=frozenset(disclaimers - {0}),
    )


def walk_stream(stream: Json) -> Iterator[JsonObject]:
    """Yield every stored block of *stream*, sections before what is in them."""
    for block in _objects(stream):
        yield block
        if block.get("type") == "section":
            yield from walk_stream(_object(block.get("value")).get("blocks"))


def chosen_disclaimer(value: Json) -> int:
    """Return the id that a stored disclaimer block chose, 0 without one: alone or in a struct."""
    return _integer(value.get("disclaimer") if isinstance(value, dict) else value)


def disclaimer_json(
    facts: DisclaimerFacts,
    placement: str,
    resources: Resources,
    *,
    why: str = IN_TEXT,
    name: str = "",
) -> JsonObject:
    """Return a disclaimer as the safety envelope and the body carry it: *why*, and from which topic or section."""
    return {
        "key": facts.key,
        "version": facts.version,
        "title": facts.title,
        "kind": facts.kind,
        "placement": placement,
        "why": {"code": why, "name": name or None},
        "wording": "pinned" if facts.is_pinned else "latest",
        "body": {"html": expand_html(facts.body, resources)},
    }


def image_json(chosen: JsonObject, resources: Resources) -> JsonObject | None:
    """Return the picture that *chosen* names (`image`, `alt_text`, `decorative`), None when nobody can see it."""
    facts = resources.images.get(_integer(chosen.get("image")))
    if facts is None:
        return None
    is_decorative = chosen.get("decorative") is True
    point = facts.focal_point
    return {
        "key": facts.key,
        "alt": "" if is_decorative else (_text(chosen.get("alt_text")) or facts.alt),
        "decorative": is_decorative,
        "focal_point": None
        if point is None
        else {"x": point.x, "y": point.y, "width": point.width, "height": point.height},
        "width": facts.width,
        "height": facts.height,
        "pending": facts.is_pending,
        "sources": [
            {"src": s.src, "width": s.width, "height": s.height, "type": s.type}
            for s in facts.sources
        ],
    }


# Readers of untyped JSON.


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""


def _text_or_none(value: Json) -> str | None:
    return _text(value).strip() or None


def _integer(value: Json) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _object(value: Json) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _array(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _objects(value: Json) -> list[JsonObject]:
    return [item for item in _array(value) if isinstance(item, dict)]


def _strings_with_markup(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        if "<" in value:
            yield value
    elif isinstance(value, dict):
        for child in value.values():
            yield from _strings_with_markup(child)
    elif isinstance(value, list):
        for child in value:
            yield from _strings_with_markup(child)


def _rich(value: Json, resources: Resources) -> JsonObject:
    return {"html": expand_html(_text(value), resources)}


def _rich_or_none(value: Json, resources: Resources) -> JsonObject | None:
    html = expand_html(_text(value), resources)
    # An emptied editor leaves an empty paragraph behind.
    return {"html": html} if html_text(html) or "<img" in html else None


def _list_items(value: Json) -> Iterator[tuple[str, JsonObject]]:
    """Yield id and value of each child of a ListBlock; ids are absent in streams older than Wagtail 2.16."""
    for item in _objects(value):
        if item.get("type") == "item" and "value" in item:
            yield _text(item.get("id")), _object(item.get("value"))
        else:
            yield "", item


# Blocks. Each takes the block's id, its stored value and what is visible.

Builder: TypeAlias = "Callable[[str, Json, Resources], JsonObject]"


def _section(block_id: str, value: Json, resources: Resources) -> JsonObject:
    fields = _object(value)
    level = (
        int(_text(fields.get("level")) or 2)
        if _text(fields.get("level")).isdecimal()
        else 2
    )
    aspect = _text(fields.get("health_aspect"))
    return {
        "type": "section",
        "id": block_id,
        "heading": _text(fields.get("heading")),
        "level": level if level in SECTION_LEVELS else 2,
        "health_aspect": aspect if aspect in HEALTH_ASPECTS else None,
        "standalone_safe": fields.get("standalone_safe") is True,
        "blocks": build_blocks(
            [b for b in _objects(fields.get("blocks")) if b.get("type") != "section"],
            resources,
        ),
    }


def _rich_text(block_id: str, value: Json, resources: Resources) -> JsonObject:
    return {"type": "rich_text", "id": block_id, "body": _rich(value, resources)}


def _titled_list(
    block_type: str, *, is_numbered: bool = False, has_duration: bool = False
) -> Builder:
    def build(block_id: str, value: Json, resources: Resources) -> JsonObject:
        fields = _object(value)
        start = (_integer(fields.get("start")) or 1) if is_numbered else 1
        items: list[Json] = []
        for offset, (item_id, item) in enumerate(_list_items(fields.get("items"))):
            entry: JsonObject = {
                "position": start + offset,
                "id": item_id,
                "title": _text_or_none(item.get("title")),
                "body": _rich(item.get("body"), resources),
            }
            if has_duration:
                entry["duration"] = _text_or_none(item.get("duration"))
            items.append(entry)
        return {
            "type": block_type,
            "id": block_id,
            "heading": _text_or_none(fields.get("heading")),
            "introduction": _rich_or_none(fields.get("introduction"), resources),
            **({"start": start} if is_numbered else {}),
            "items": items,
        }

    return build


def _callout(block_id: str, value: Json, resources: Resources) -> JsonObject:
    fields = _object(value)
    tone = _text(fields.get("tone"))
    return {
        "type": "callout",
        "id": block_id,
        "tone": tone if tone in TONES else "info",
        "title": _text_or_none(fields.get("title")),
        "body": _rich(fields.get("body"), resources),
    }


def _quote(block_id: str, value: Json, _resources: Resources) -> JsonObject:
    fields = _object(value)
    return {
        "type": "quote",
        "id": block_id,
        "text": _text(fields.get("text")),
        "attribution": _text_or_none(fields.get("attribution")),
        "source_url": safe_href(_text(fields.get("source_url"))),
    }


def _image(block_id: str, value: Json, resources: Resources) -> JsonObject:
    fields = _object(value)
    chosen = _object(fields.get("image"))
    return {
        "type": "image",
        "id": block_id,
        "image": image_json(chosen, resources),
        "caption": _text_or_none(fields.get("caption")),
        "credit": _text_or_none(fields.get("credit")),
    }


def _table(block_id: str, value: Json, resources: Resources) -> JsonObject:
    fields = _object(value)
    table = _object(fields.get("table"))
    columns = _objects(table.get("columns"))
    rows: list[Json] = []
    for row in _objects(table.get("rows")):
        values = _array(row.get("values"))
        cells: list[Json] = [
            _cell(_text(column.get("type")), cell, resources)
            for column, cell in zip(columns, values, strict=False)
        ]
        rows.append({"cells": cells})
    return {
        "type": "table",
        "id": block_id,
        "caption": _text_or_none(fields.get("caption"))
        or _text_or_none(table.get("caption")),
        "row_headings": fields.get("row_headings") is not False,
        "columns": [
            {
                "heading": _text(c.get("heading")),
                "type": _cell_type(_text(c.get("type"))),
            }
            for c in columns
        ],
        "rows": rows,
        "notes": _rich_or_none(fields.get("notes"), resources),
    }


def _cell_type(stored: str) -> str:
    return stored if stored in {"rich_text", "number"} else "text"


def _cell(column_type: str, value: Json, resources: Resources) -> JsonObject:
    match _cell_type(column_type), value:
        case "rich_text", _:
            return {"type": "rich_text", "body": _rich(value, resources)}
        case "number", int() | float() as number if math.isfinite(number):
            return {"type": "number", "value": number}
        case "number", _:
            return {"type": "number", "value": None}
        case _:
            return {"type": "text", "text": "" if value is None else str(value)}


def _faq(block_id: str, value: Json, resources: Resources) -> JsonObject:
    fields = _object(value)
    return {
        "type": "faq",
        "id": block_id,
        "heading": _text_or_none(fields.get("heading")),
        "items": [
            {
                "id": item_id,
                "question": _text(item.get("question")),
                "answer": _rich(item.get("answer"), resources),
            }
            for item_id, item in _list_items(fields.get("items"))
        ],
    }


def _disclaimer(block_id: str, value: Json, resources: Resources) -> JsonObject:
    facts = resources.disclaimers.get(chosen_disclaimer(value))
    return {
        "type": "disclaimer",
        "id": block_id,
        "disclaimer": None
        if facts is None
        else disclaimer_json(facts, "inline", resources),
    }


def _references(block_id: str, value: Json, _resources: Resources) -> JsonObject:
    fields = _object(value)
    return {
        "type": "references",
        "id": block_id,
        "heading": _text_or_none(fields.get("heading")),
        "items": [
            {
                "position": position,
                "id": item_id,
                "title": _text(item.get("title")),
                "authors": _text_or_none(item.get("authors")),
                "publication": _text_or_none(item.get("publication")),
                "year": _integer(item.get("year")) or None,
                "doi": _text_or_none(item.get("doi")),
                "pmid": _text_or_none(item.get("pmid")),
                "url": safe_href(_text(item.get("url"))),
            }
            for position, (item_id, item) in enumerate(
                _list_items(fields.get("items")), start=1
            )
        ],
    }


BUILDERS: dict[str, Builder] = {
    "section": _section,
    "rich_text": _rich_text,
    "mechanism_list": _titled_list("mechanism_list", is_numbered=True),
    "benefit_list": _titled_list("benefit_list"),
    "approach_list": _titled_list("approach_list", is_numbered=True),
    "step_list": _titled_list("step_list", has_duration=True),
    "callout": _callout,
    "quote": _quote,
    "image": _image,
    "table": _table,
    "faq": _faq,
    "disclaimer": _disclaimer,
    "references": _references,
}
