"""Where in the editor each part of a document is written: JSON pointers to content paths.

A content path is what Wagtail's editor calls the place of a field: names and ids with dots between them, such as
`body.<block>.items.<item>.title`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ...document_facts import Json, JsonObject

# Members of the document, and the page's fields that they come from. A page without the field has no such place.
PAGE_FIELDS = {
    "/title": "title",
    "/slug": "slug",
    "/summary": "summary",
    "/topics": "topics",
    "/introduction": "introduction",
    "/seo/title": "seo_title",
    "/seo/description": "search_description",
    "/replies": "replies_mode",
    "/content_kind": "content_kind",
    "/audience_group": "audience_group",
    "/about/conditions": "about_conditions",
    "/about/treatments": "about_treatments",
    "/contributors": "contributors",
    "/references": "references",
    "/conflicts/statement": "conflict_statement",
    "/conflicts/sponsor": "sponsor",
    "/conflicts/is_commercial": "is_commercial",
    "/ai_assistance/use": "ai_assistance",
    "/ai_assistance/note": "ai_note",
}
# Members that name a thing or are worked out; nobody types them.
NOT_TYPED = frozenset({"type", "id", "position"})
# What a document calls otherwise than the block does: type and member to the name in the block.
RENAMED = {
    ("rich_text", "body"): "",
    ("table", "columns"): "table",
    ("table", "rows"): "table",
    ("stat", "natural_frequency"): "numerator",
    ("personal_story", "experience"): "",
    ("video", "video"): "url",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a part of a document is edited."""

    content_path: str | None
    """None for what the page shows without naming it: a disclaimer that it inherits."""
    block_id: str | None = None
    """Of the innermost block or list item around it."""
    disclaimer: str | None = None
    """Key of the disclaimer whose wording this is: it is edited in the library, not on the page."""

    @property
    def kind(self) -> str:
        """Return what is edited there: the page, or a disclaimer of the library."""
        return "disclaimer" if self.disclaimer else "page"

    @property
    def field(self) -> str | None:
        """Return the page's field."""
        return self.content_path.partition(".")[0] if self.content_path else None


def build_source_map(
    document: JsonObject,
    *,
    fields: Collection[str],
    chosen_disclaimers: Mapping[str, str],
    evidence: Collection[str] = (),
) -> dict[str, Place]:
    """Return the places of *document* by JSON pointer (RFC 6901), outer ones first.

    *fields* are those of the page's model. *chosen_disclaimers* are the ids of the blocks in the page's `disclaimers` by
    the key of the disclaimer chosen there, *evidence* the keys of references that statements in the body may have brought
    in by themselves. What has no pointer is edited where the nearest thing around it is.
    """
    places = {
        pointer: Place(content_path=name)
        for pointer, name in PAGE_FIELDS.items()
        if name in fields
    }
    body = dict(_blocks("/body", document["body"], "body"))
    places |= body
    places |= _sources(document["sources"], body.values())
    brought = {
        key: path
        for key, path in reversed([*_evidence(document["body"], "body")])
        if key in evidence
    }
    places |= _cited(document.get("references"), brought)
    safety = document["safety"]
    shown = safety["disclaimers"] if isinstance(safety, dict) else []
    places |= _disclaimers(shown, chosen_disclaimers, body.values())
    return places


def _blocks(pointer: str, blocks: Json, path: str) -> Iterator[tuple[str, Place]]:
    for index, block in enumerate(blocks if isinstance(blocks, list) else []):
        if isinstance(block, dict):
            yield from _block(f"{pointer}/{index}", block, path)


def _block(pointer: str, block: JsonObject, path: str) -> Iterator[tuple[str, Place]]:
    """Yield the places of *block*, a block or a list item; without an id it has no place of its own."""
    identifier = block.get("id")
    if not isinstance(identifier, str) or not identifier:
        return
    kind, own = str(block.get("type", "")), f"{path}.{identifier}"
    yield pointer, Place(content_path=own, block_id=identifier)
    for name, value in block.items():
        if name in NOT_TYPED:
            continue
        inner = RENAMED.get((kind, name), name)
        place = f"{own}.{inner}" if inner else own
        key = (
            value.get("key")
            if kind == "disclaimer" and isinstance(value, dict)
            else None
        )
        yield (
            f"{pointer}/{name}",
            Place(
                content_path=place,
                block_id=identifier,
                disclaimer=key if isinstance(key, str) else None,
            ),
        )
        if name in {"blocks", "items"}:
            yield from _blocks(f"{pointer}/{name}", value, place)


def _sources(sources: Json, body: Collection[Place]) -> Iterator[tuple[str, Place]]:
    """Yield the places of the references: the list items that they were made of."""
    items = {p.block_id: p for p in reversed([*body]) if _is_whole(p)}
    for index, source in enumerate(sources if isinstance(sources, list) else []):
        key = source["key"] if isinstance(source, dict) else None
        if isinstance(key, str) and key in items:
            yield f"/sources/{index}", items[key]


def _evidence(blocks: Json, path: str) -> Iterator[tuple[str, str]]:
    """Yield key and content path of the references that statements name, as if each brought its own in."""
    for block in blocks if isinstance(blocks, list) else []:
        if not isinstance(block, dict):
            continue
        own, found = f"{path}.{block.get('id')}", block.get("evidence")
        for each in found if isinstance(found, list) else []:
            key = each.get("key") if isinstance(each, dict) else None
            if isinstance(key, str):
                yield key, f"{own}.evidence.{key}"
        for name in ("blocks", "items"):
            yield from _evidence(block.get(name), f"{own}.{name}")


def _cited(references: Json, brought: Mapping[str, str]) -> Iterator[tuple[str, Place]]:
    """Yield the places of the page's references: the blocks that cite them, or the statements that *brought* them in."""
    for index, reference in enumerate(
        references if isinstance(references, list) else []
    ):
        key = reference.get("key") if isinstance(reference, dict) else None
        if isinstance(key, str) and key:
            yield (
                f"/references/{index}",
                Place(content_path=brought.get(key, f"references.{key}"), block_id=key),
            )


def _is_whole(place: Place) -> bool:
    return str(place.content_path).endswith(f".{place.block_id}")


def _disclaimers(
    shown: Json, chosen: Mapping[str, str], body: Collection[Place]
) -> Iterator[tuple[str, Place]]:
    """Yield the places of the envelope's disclaimers: chosen for the page, in the body, or inherited."""
    inline = {place.disclaimer: place for place in body if place.disclaimer}
    for index, disclaimer in enumerate(shown if isinstance(shown, list) else []):
        key = disclaimer["key"] if isinstance(disclaimer, dict) else None
        if not isinstance(key, str):
            continue
        pointer, block = f"/safety/disclaimers/{index}", chosen.get(key)
        if block is not None:
            path: str | None = f"disclaimers.{block}" if block else "disclaimers"
            yield (
                pointer,
                Place(content_path=path, block_id=block or None, disclaimer=key),
            )
        else:
            yield pointer, inline.get(key) or Place(content_path=None, disclaimer=key)
