"""The stored stream of a page to the typed blocks of its document.

Reads what the database holds (`{"type", "value", "id"}`, nested), so a half-filled block, a missing key or a value of a
wrong kind gives an emptier block and never an error. A block of an unknown type is left out: clients are promised a
closed union.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from .document_evidence import evidence_json
from .document_fact_blocks import (
    care_card_block,
    evidence_summary_block,
    medicine_info_block,
    personal_story_block,
    stat_block,
)
from .document_html import expand_html
from .document_media import image_block, page_json, related_block, video_block
from .document_questions import QuestionChoice, chosen_question, faq_ref_block
from .health_aspects import HEALTH_ASPECTS
from .stored_values import (
    array_of,
    integer_of,
    list_items,
    list_values,
    object_of,
    objects_of,
    rich,
    rich_or_none,
    strings_with_markup,
    text_of,
    text_or_none,
    walk_stream,
)
from .web_addresses import public_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .document_facts import DisclaimerFacts, Json, JsonObject, Resources

TONES = frozenset({"info", "warning", "do", "dont", "emergency"})
SECTION_LEVELS = frozenset({2, 3})
IN_TEXT = "text"
"""Why the body shows a disclaimer: somebody put it there."""
MECHANISM_STATUSES = frozenset({"established", "plausible", "traditional_belief"})
# European Commission, "A guideline on summary of product characteristics" (2009), section 4.8: the words for how often.
FREQUENCIES = frozenset(
    {"very_common", "common", "uncommon", "rare", "very_rare", "not_known"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamReferences:
    """What a stored stream refers to."""

    html: tuple[str, ...] = ()
    """Its rich texts, as stored."""
    images: frozenset[int] = field(default_factory=frozenset)
    disclaimers: frozenset[int] = field(default_factory=frozenset)
    videos: frozenset[str] = field(default_factory=frozenset)
    """Addresses."""
    addresses: frozenset[str] = field(default_factory=frozenset)
    """All that somebody typed outside rich text, those of videos included."""
    related: frozenset[int] = field(default_factory=frozenset)
    """Pages that blocks link to."""
    questions: frozenset[QuestionChoice] = field(default_factory=frozenset)
    """Those of other pages."""


def build_blocks(stream: Json, resources: Resources) -> list[Json]:
    """Return the blocks of *stream* as the document has them, in order."""
    return [
        builder(text_of(block.get("id")), block.get("value"), resources)
        for block in objects_of(stream)
        if (builder := BUILDERS.get(text_of(block.get("type")))) is not None
    ]


def find_stream_references(stream: Json) -> StreamReferences:
    """Return what *stream* refers to, so that it can be looked up in bulk. Cost: one walk."""
    html: list[str] = []
    images: set[int] = set()
    disclaimers: set[int] = set()
    videos: set[str] = set()
    addresses: set[str] = set()
    related: set[int] = set()
    questions: set[QuestionChoice | None] = set()
    for block in walk_stream(stream):
        value = block.get("value")
        fields = object_of(value)
        match block.get("type"):
            case "image":
                images.add(integer_of(object_of(fields.get("image")).get("image")))
            case "disclaimer":
                disclaimers.add(chosen_disclaimer(value))
            case "related":
                related.update(map(integer_of, list_values(fields.get("pages"))))
            case "faq_ref":
                questions.add(chosen_question(value))
            case "section":
                pass  # What is in it comes by itself.
            case kind:
                if kind == "video":
                    videos.add(text_of(fields.get("url")))
                if kind == "approach_list":
                    items = list_items(fields.get("items"))
                    related.update(integer_of(item.get("page")) for _id, item in items)
                addresses.update(_plain_addresses(text_of(kind), fields))
                html.extend(strings_with_markup(value))
    return StreamReferences(
        html=tuple(html),
        images=frozenset(images - {0}),
        disclaimers=frozenset(disclaimers - {0}),
        videos=frozenset(videos - {""}),
        addresses=frozenset(addresses | videos - {""}) - {""},
        related=frozenset(related - {0}),
        questions=frozenset(each for each in questions if each is not None),
    )


def _plain_addresses(kind: str, fields: JsonObject) -> Iterator[str]:
    if kind == "quote":
        yield text_of(fields.get("source_url"))
    elif kind == "references":
        for _id, item in list_items(fields.get("items")):
            yield text_of(item.get("url"))


def chosen_disclaimer(value: Json) -> int:
    """Return the id that a stored disclaimer block chose, 0 without one: alone or in a struct."""
    return integer_of(value.get("disclaimer") if isinstance(value, dict) else value)


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


# Blocks. Each takes the block's id, its stored value and what is visible.

Builder: TypeAlias = "Callable[[str, Json, Resources], JsonObject]"
ItemField: TypeAlias = "Callable[[JsonObject, Resources], JsonObject]"


def _section(block_id: str, value: Json, resources: Resources) -> JsonObject:
    fields = object_of(value)
    level = (
        int(text_of(fields.get("level")) or 2)
        if text_of(fields.get("level")).isdecimal()
        else 2
    )
    return {
        "type": "section",
        "id": block_id,
        "heading": text_of(fields.get("heading")),
        "level": level if level in SECTION_LEVELS else 2,
        "health_aspect": _aspect(fields),
        "standalone_safe": fields.get("standalone_safe") is True,
        "blocks": build_blocks(
            [b for b in objects_of(fields.get("blocks")) if b.get("type") != "section"],
            resources,
        ),
    }


def _aspect(fields: JsonObject) -> str | None:
    aspect = text_of(fields.get("health_aspect"))
    return aspect if aspect in HEALTH_ASPECTS else None


def _rich_text(block_id: str, value: Json, resources: Resources) -> JsonObject:
    return {"type": "rich_text", "id": block_id, "body": rich(value, resources)}


def _titled_list(
    block_type: str, *own: ItemField, is_numbered: bool = False
) -> Builder:
    """Return the builder of a list whose items have a title, a text, and *own* fields besides."""

    def build(block_id: str, value: Json, resources: Resources) -> JsonObject:
        fields = object_of(value)
        start = (integer_of(fields.get("start")) or 1) if is_numbered else 1
        items: list[Json] = []
        for offset, (item_id, item) in enumerate(list_items(fields.get("items"))):
            entry: JsonObject = {
                "position": start + offset,
                "id": item_id,
                "title": text_or_none(item.get("title")),
                "body": rich(item.get("body"), resources),
            }
            for read in own:
                entry |= read(item, resources)
            items.append(entry)
        return {
            "type": block_type,
            "id": block_id,
            "heading": text_or_none(fields.get("heading")),
            "introduction": rich_or_none(fields.get("introduction"), resources),
            **({"start": start} if is_numbered else {}),
            "items": items,
        }

    return build


def _duration(item: JsonObject, _resources: Resources) -> JsonObject:
    return {"duration": text_or_none(item.get("duration"))}


def _status(item: JsonObject, _resources: Resources) -> JsonObject:
    status = text_of(item.get("status"))
    return {"status": status if status in MECHANISM_STATUSES else None}


def _frequency(item: JsonObject, _resources: Resources) -> JsonObject:
    frequency = text_of(item.get("frequency"))
    return {"frequency": frequency if frequency in FREQUENCIES else None}


def _page(item: JsonObject, resources: Resources) -> JsonObject:
    return {"page": page_json(item.get("page"), resources)}


def _evidence(item: JsonObject, resources: Resources) -> JsonObject:
    return {"evidence": evidence_json(item.get("evidence"), resources)}


def _callout(block_id: str, value: Json, resources: Resources) -> JsonObject:
    fields = object_of(value)
    tone = text_of(fields.get("tone"))
    return {
        "type": "callout",
        "id": block_id,
        "tone": tone if tone in TONES else "info",
        "title": text_or_none(fields.get("title")),
        "body": rich(fields.get("body"), resources),
    }


def _quote(block_id: str, value: Json, resources: Resources) -> JsonObject:
    fields = object_of(value)
    return {
        "type": "quote",
        "id": block_id,
        "text": text_of(fields.get("text")),
        "attribution": text_or_none(fields.get("attribution")),
        "source_url": public_url(text_of(fields.get("source_url")), resources),
    }


def _table(block_id: str, value: Json, resources: Resources) -> JsonObject:
    fields = object_of(value)
    table = object_of(fields.get("table"))
    columns = objects_of(table.get("columns"))
    rows: list[Json] = []
    for row in objects_of(table.get("rows")):
        values = array_of(row.get("values"))
        cells: list[Json] = [
            _cell(text_of(column.get("type")), cell, resources)
            for column, cell in zip(columns, values, strict=False)
        ]
        rows.append({"cells": cells})
    return {
        "type": "table",
        "id": block_id,
        "caption": text_or_none(fields.get("caption"))
        or text_or_none(table.get("caption")),
        "row_headings": fields.get("row_headings") is not False,
        "columns": [
            {
                "heading": text_of(c.get("heading")),
                "type": _cell_type(text_of(c.get("type"))),
            }
            for c in columns
        ],
        "rows": rows,
        "notes": rich_or_none(fields.get("notes"), resources),
    }


def _cell_type(stored: str) -> str:
    return stored if stored in {"rich_text", "number"} else "text"


def _cell(column_type: str, value: Json, resources: Resources) -> JsonObject:
    match _cell_type(column_type), value:
        case "rich_text", _:
            return {"type": "rich_text", "body": rich(value, resources)}
        case "number", int() | float() as number if math.isfinite(number):
            return {"type": "number", "value": number}
        case "number", _:
            return {"type": "number", "value": None}
        case _:
            return {"type": "text", "text": "" if value is None else str(value)}


def _faq(block_id: str, value: Json, resources: Resources) -> JsonObject:
    fields = object_of(value)
    return {
        "type": "faq",
        "id": block_id,
        "heading": text_or_none(fields.get("heading")),
        "items": [
            {
                "id": item_id,
                "question": text_of(item.get("question")),
                "answer": rich(item.get("answer"), resources),
                "health_aspect": _aspect(item),
                **_evidence(item, resources),
            }
            for item_id, item in list_items(fields.get("items"))
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


def _references(block_id: str, value: Json, resources: Resources) -> JsonObject:
    fields = object_of(value)
    return {
        "type": "references",
        "id": block_id,
        "heading": text_or_none(fields.get("heading")),
        "items": [
            {
                "position": position,
                "id": item_id,
                "title": text_of(item.get("title")),
                "authors": text_or_none(item.get("authors")),
                "publication": text_or_none(item.get("publication")),
                "year": integer_of(item.get("year")) or None,
                "doi": text_or_none(item.get("doi")),
                "pmid": text_or_none(item.get("pmid")),
                "url": public_url(text_of(item.get("url")), resources),
            }
            for position, (item_id, item) in enumerate(
                list_items(fields.get("items")), start=1
            )
        ],
    }


BUILDERS: dict[str, Builder] = {
    "section": _section,
    "rich_text": _rich_text,
    "mechanism_list": _titled_list(
        "mechanism_list", _status, _evidence, is_numbered=True
    ),
    "benefit_list": _titled_list("benefit_list", _evidence),
    "risks": _titled_list("risks", _frequency, _evidence),
    "approach_list": _titled_list("approach_list", _page, _evidence, is_numbered=True),
    "step_list": _titled_list("step_list", _duration),
    "care_card": care_card_block,
    "stat": stat_block,
    "evidence_summary": evidence_summary_block,
    "personal_story": personal_story_block,
    "medicine_info": medicine_info_block,
    "callout": _callout,
    "quote": _quote,
    "image": image_block,
    "video": video_block,
    "table": _table,
    "faq": _faq,
    "faq_ref": faq_ref_block,
    "related": related_block,
    "disclaimer": _disclaimer,
    "references": _references,
}
