"""What a document may be found by, besides its own columns."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..document_facts import Json, JsonObject, TopicFacts


class FacetKind(StrEnum):
    """The kinds of facets."""

    TOPIC = "topic"
    HEALTH_ASPECT = "health_aspect"


def document_facets(
    document: JsonObject, topics: tuple[TopicFacts, ...]
) -> frozenset[tuple[str, str]]:
    """Return the facets of *document* as pairs of kind and value.

    *topics* are the document's, with those above them: who looks for the wider topic finds the narrower one's pages.
    """
    slugs = {slug for topic in topics for slug in (topic.slug, *topic.above)}
    found = {(FacetKind.TOPIC.value, slug) for slug in slugs}
    found |= {
        (FacetKind.HEALTH_ASPECT.value, aspect)
        for aspect in _aspects(document.get("body"))
    }
    return frozenset(found)


def _aspects(body: Json) -> Iterator[str]:
    for block in body if isinstance(body, list) else []:
        aspect = block.get("health_aspect") if isinstance(block, dict) else None
        if isinstance(aspect, str):
            yield aspect
