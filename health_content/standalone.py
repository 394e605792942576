"""Sections that may be shown without the rest of their article: an editor offers them, a medical reviewer clears them.

A clearance is of what the section says. Whatever changes in it ends the clearance, and so does the next full review of
the page that does not repeat it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .content_digest import OFFER, content_digest
from .stored_values import object_of, objects_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from .document_facts import Json, JsonObject


def offered_digests(stream: Json) -> tuple[str, ...]:
    """Return the digests of the sections of *stream* that an editor offers, in order of the alphabet."""
    return tuple(sorted({_digest(section) for section in _offered(stream)}))


def cleared_only(stream: Json, cleared: Collection[str]) -> Json:
    """Return *stream* with no offer but those of sections whose digest is among *cleared*."""
    if not isinstance(stream, list) or not any(_offered(stream)):
        return stream
    return [_cleared(block, cleared) for block in stream]


def _cleared(block: Json, cleared: Collection[str]) -> Json:
    if not isinstance(block, dict) or not _is_offered(block):
        return block
    section = object_of(block.get("value"))
    return block | {"value": section | {OFFER: _digest(section) in cleared}}


def _offered(stream: Json) -> Iterator[JsonObject]:
    for block in objects_of(stream):
        if _is_offered(block):
            yield object_of(block.get("value"))


def _is_offered(block: JsonObject) -> bool:
    return (
        block.get("type") == "section"
        and object_of(block.get("value")).get(OFFER) is True
    )


def _digest(section: JsonObject) -> str:
    return content_digest({"section": section})
