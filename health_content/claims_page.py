"""A page's document to what the claim checker reads: blocks of text with their roles.

Reads the document that `document.build_document` makes of a page, live or draft, so there is one walk over the body. A
title and its text in a list are one block, since they are one statement.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from .claims.facts import (
    Block,
    Certainty,
    Direction,
    EvidenceFacts,
    EvidenceKind,
    Page,
    Role,
)
from .document_html import html_text
from .stored_values import object_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .document_facts import Json, JsonObject

_PARTS = re.compile(r"</(?:p|li|h\d|blockquote|div)>|<br\s*/?>", re.IGNORECASE)
_KINDS, _CERTAINTIES, _DIRECTIONS = (
    frozenset(each.value for each in values)
    for values in (EvidenceKind, Certainty, Direction)
)
TRADITION = "traditional_belief"
PRESSING = frozenset({"urgent", "emergency"})
"""Levels of a care card that ask readers to act at once."""


def page_of_document(document: JsonObject) -> Page:
    """Return what the checker reads of *document*, in reading order. Disclaimers and references are marked as such.

    A question of another page is read there, with its answer: one text, one review.
    """
    blocks = [
        Block(id="title", text=_text(document.get("title")), role=Role.TITLE),
        Block(id="summary", text=_text(document.get("summary"))),
        *_rich("introduction", document.get("introduction"), Role.BODY, ""),
        *_blocks(document.get("body")),
        *_notes(document),
        *_around(document),
    ]
    return Page(
        locale=_text(document.get("locale")),
        blocks=tuple(block for block in blocks if block.text),
    )


def _around(document: JsonObject) -> Iterator[Block]:
    """Yield what stands beside the text: what search engines show, and how the page was made."""
    shown = object_of(document.get("seo"))
    said = (_text(document.get("title")), _text(document.get("summary")))
    for name in ("title", "description"):
        text = _text(shown.get(name))
        if text not in said:
            yield Block(id=f"seo_{name}", text=text)
    for name, part, key in (
        ("conflict_statement", "conflicts", "statement"),
        ("ai_note", "ai_assistance", "note"),
    ):
        yield Block(id=name, text=_text(object_of(document.get(part)).get(key)))


def _notes(document: JsonObject) -> Iterator[Block]:
    """Yield what the page says that it takes from its references; each rests on its own."""
    for reference in _objects(document.get("references")):
        facts = {**reference, "retracted": bool(reference.get("retracted_at"))}
        yield Block(
            id=_text(reference.get("key")),
            text=_text(reference.get("note")),
            evidence=_evidence({"evidence": [facts]}),
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
        elif kind in READERS:
            yield from READERS[kind](block_id, kind, block)


def _list(block_id: str, kind: str, block: JsonObject) -> Iterator[Block]:
    yield _heading(block_id, kind, block)
    yield from _rich(block_id, block.get("introduction"), Role.BODY, kind)
    role = Role.STEP if kind == "step_list" else Role.BODY
    for item in _objects(block.get("items")):
        title = _text(item.get("title"))
        body = " ".join(_parts(item.get("body")))
        text = f"{title}: {body}" if title and body else title or body
        item_id = _text(item.get("id")) or block_id
        yield Block(
            id=item_id,
            kind=kind,
            text=text,
            role=role,
            evidence=_evidence(item),
            is_tradition=item.get("status") == TRADITION,
        )
        duration = _text(item.get("duration"))
        yield Block(id=item_id, kind=kind, text=duration, role=role)


def _faq(block_id: str, kind: str, block: JsonObject) -> Iterator[Block]:
    yield _heading(block_id, kind, block)
    for item in _objects(block.get("items")):
        item_id = _text(item.get("id")) or block_id
        question = _text(item.get("question"))
        yield Block(id=item_id, kind=kind, text=question, role=Role.QUESTION)
        evidence = _evidence(item)
        for each in _rich(item_id, item.get("answer"), Role.ANSWER, kind):
            yield replace(each, evidence=evidence)


def _rich_text(block_id: str, kind: str, block: JsonObject) -> Iterator[Block]:
    yield from _rich(block_id, block.get("body"), Role.BODY, kind)


def _callout(block_id: str, kind: str, block: JsonObject) -> Iterator[Block]:
    is_emergency = block.get("tone") == "emergency"
    role = Role.CARE_CARD if is_emergency else Role.BODY
    yield Block(id=block_id, kind=kind, text=_text(block.get("title")), role=role)
    yield from _rich(block_id, block.get("body"), role, kind)


def _quote(block_id: str, kind: str, block: JsonObject) -> Iterator[Block]:
    for name in ("text", "attribution"):
        text = _text(block.get(name))
        yield Block(id=block_id, kind=kind, text=text, role=Role.QUOTE)


def _story(block_id: str, kind: str, block: JsonObject) -> Iterator[Block]:
    yield from _rich(block_id, block.get("body"), Role.TESTIMONIAL, kind)
    person = _text(block.get("person"))
    yield Block(id=block_id, kind=kind, text=person, role=Role.TESTIMONIAL)


def _medicine(block_id: str, kind: str, block: JsonObject) -> Iterator[Block]:
    yield from _rich(block_id, block.get("dose"), Role.BODY, kind)
    for name in ("generic_name", "form"):
        yield Block(id=block_id, kind=kind, text=_text(block.get(name)))


def _image(block_id: str, kind: str, block: JsonObject) -> Iterator[Block]:
    alt = object_of(block.get("image")).get("alt")
    for text in (block.get("caption"), block.get("credit"), alt):
        yield Block(id=block_id, kind=kind, text=_text(text))


def _video(block_id: str, kind: str, block: JsonObject) -> Iterator[Block]:
    for name in ("title", "caption", "credit"):
        yield Block(id=block_id, kind=kind, text=_text(block.get(name)))
    yield from _rich(block_id, block.get("transcript"), Role.BODY, kind)


def _related(block_id: str, kind: str, block: JsonObject) -> Iterator[Block]:
    """Yield the heading; a title is read on the page that has it."""
    yield _heading(block_id, kind, block)


def _references(block_id: str, kind: str, block: JsonObject) -> Iterator[Block]:
    yield _heading(block_id, kind, block)
    for item in _objects(block.get("items")):
        title = _text(item.get("title"))
        yield Block(id=block_id, kind=kind, text=title, role=Role.REFERENCE)


def _care_card(block_id: str, kind: str, block: JsonObject) -> Iterator[Block]:
    role = Role.CARE_CARD if block.get("level") in PRESSING else Role.BODY
    criteria = block.get("criteria")
    for text in (
        _text(block.get("title")),
        *(_text(each) for each in (criteria if isinstance(criteria, list) else ())),
    ):
        yield Block(id=block_id, kind=kind, text=text, role=role)
    yield from _rich(block_id, block.get("action"), role, kind)


def _statement(block_id: str, kind: str, block: JsonObject) -> Iterator[Block]:
    """Yield what a figure or a finding says; a finding's own certainty counts, not that of its sources."""
    question = _text(block.get("question"))
    yield Block(id=block_id, kind=kind, text=question, role=Role.QUESTION)
    stated = _text(block.get("finding"))
    if kind == "stat":
        words = (block.get("population"), block.get("statement"), block.get("period"))
        stated = " ".join(text for each in words if (text := _text(each)))
    certainty = _certainty(block.get("certainty"))
    evidence = _evidence(block)
    if certainty is not None:
        evidence = tuple(replace(each, certainty=certainty) for each in evidence)
    for text in (stated, _text(block.get("effect"))):
        yield Block(id=block_id, kind=kind, text=text, evidence=evidence)


def _evidence(value: JsonObject) -> tuple[EvidenceFacts, ...]:
    return tuple(
        EvidenceFacts(
            kind=EvidenceKind(kind),
            certainty=_certainty(each.get("certainty")),
            direction=Direction(direction)
            if direction in _DIRECTIONS
            else Direction.SUPPORTS,
            is_retracted=each.get("retracted") is True,
        )
        for each in _objects(value.get("evidence"))
        if (kind := _text(each.get("kind"))) in _KINDS
        for direction in (_text(each.get("direction")),)
    )


def _certainty(value: Json) -> Certainty | None:
    text = _text(value)
    return Certainty(text) if text in _CERTAINTIES else None


def _table(block_id: str, kind: str, block: JsonObject) -> Iterator[Block]:
    yield Block(id=block_id, kind=kind, text=_text(block.get("caption")))
    for column in _objects(block.get("columns")):
        heading = _text(column.get("heading"))
        yield Block(id=block_id, kind=kind, text=heading, role=Role.HEADING)
    for row in _objects(block.get("rows")):
        for cell in _objects(row.get("cells")):
            yield Block(id=block_id, kind=kind, text=_text(cell.get("text")))
            yield from _rich(block_id, cell.get("body"), Role.BODY, kind)
    yield from _rich(block_id, block.get("notes"), Role.BODY, kind)


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


READERS: dict[str, Callable[[str, str, JsonObject], Iterator[Block]]] = {
    "rich_text": _rich_text,
    "mechanism_list": _list,
    "benefit_list": _list,
    "risks": _list,
    "approach_list": _list,
    "step_list": _list,
    "faq": _faq,
    "related": _related,
    "callout": _callout,
    "care_card": _care_card,
    "quote": _quote,
    "personal_story": _story,
    "stat": _statement,
    "evidence_summary": _statement,
    "medicine_info": _medicine,
    "image": _image,
    "video": _video,
    "table": _table,
    "references": _references,
}
