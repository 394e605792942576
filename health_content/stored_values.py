"""Readers of what a stream stores: whatever is there, a value of the wanted kind comes back, and never an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .document_html import expand_html, html_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .document_facts import Json, JsonObject, Resources


def walk_stream(stream: Json) -> Iterator[JsonObject]:
    """Yield every stored block of *stream*, sections before what is in them."""
    for block in objects_of(stream):
        yield block
        if block.get("type") == "section":
            yield from walk_stream(object_of(block.get("value")).get("blocks"))


def text_of(value: Json) -> str:
    """Return a text, "" for anything else."""
    return value if isinstance(value, str) else ""


def text_or_none(value: Json) -> str | None:
    """Return a text without white space around it, None when nothing is left."""
    return text_of(value).strip() or None


def integer_of(value: Json) -> int:
    """Return a whole number, 0 for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def integer_or_none(value: Json) -> int | None:
    """Return a whole number that is not negative, None for anything else."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    return None


def object_of(value: Json) -> JsonObject:
    """Return an object, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def array_of(value: Json) -> list[Json]:
    """Return a list, an empty one for anything else."""
    return value if isinstance(value, list) else []


def objects_of(value: Json) -> list[JsonObject]:
    """Return the objects of a list."""
    return [item for item in array_of(value) if isinstance(item, dict)]


def list_items(value: Json) -> Iterator[tuple[str, JsonObject]]:
    """Yield id and value of each child of a ListBlock; ids are absent in streams older than Wagtail 2.16."""
    for item in objects_of(value):
        if item.get("type") == "item" and "value" in item:
            yield text_of(item.get("id")), object_of(item.get("value"))
        else:
            yield "", item


def list_values(value: Json) -> Iterator[Json]:
    """Yield the values of a ListBlock whose children are no structs."""
    for item in array_of(value):
        yield item.get("value") if isinstance(item, dict) else item


def list_texts(value: Json) -> Iterator[str]:
    """Yield the texts of a ListBlock of texts, without those that are blank."""
    for stored in list_values(value):
        if text := text_or_none(stored):
            yield text


def strings_with_markup(value: Json) -> Iterator[str]:
    """Yield every text below *value* that may be rich text."""
    if isinstance(value, str):
        if "<" in value:
            yield value
    elif isinstance(value, dict):
        for child in value.values():
            yield from strings_with_markup(child)
    elif isinstance(value, list):
        for child in value:
            yield from strings_with_markup(child)


def rich(value: Json, resources: Resources) -> JsonObject:
    """Return rich text as a document has it."""
    return {"html": expand_html(text_of(value), resources)}


def rich_or_none(value: Json, resources: Resources) -> JsonObject | None:
    """Return rich text as a document has it, None when there is nothing to read."""
    html = expand_html(text_of(value), resources)
    # An emptied editor leaves an empty paragraph behind.
    return {"html": html} if html_text(html) or "<img" in html else None
