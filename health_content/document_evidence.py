"""The references that single statements of a body rest on: which they are, and what a document says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .stored_values import (
    array_of,
    integer_of,
    list_items,
    object_of,
    text_of,
    walk_stream,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .document_facts import Json, Resources


def find_evidence(stream: Json) -> Iterator[tuple[str, int]]:
    """Yield place and reference of each piece of evidence in *stream*, in reading order: the id of the list's child,
    and that of the reference.

    Blocks have their evidence beside their other fields, lists have it at each item.
    """
    for block in walk_stream(stream):
        fields = object_of(block.get("value"))
        yield from _children(fields.get("evidence"))
        for _id, item in list_items(fields.get("items")):
            yield from _children(item.get("evidence"))


def evidence_json(value: Json, resources: Resources) -> list[Json]:
    """Return the stored list of references *value* as a document has it: in its order, each once, the live ones only."""
    shown: dict[int, Json] = {}
    for _id, identifier in _children(value):
        facts = resources.references.get(identifier)
        if facts is not None:
            shown[identifier] = {
                "number": facts.number,
                "key": facts.key,
                "kind": facts.kind,
                "certainty": facts.certainty or None,
                "direction": facts.direction or None,
                "retracted": facts.is_retracted,
            }
    return list(shown.values())


def _children(value: Json) -> Iterator[tuple[str, int]]:
    """Yield id and reference of each child; a program that wrote plain ids left no ids of children."""
    for child in array_of(value):
        fields = object_of(child)
        chosen = integer_of(fields.get("value") if fields else child)
        if chosen:
            yield text_of(fields.get("id")) or f"reference-{chosen}", chosen
