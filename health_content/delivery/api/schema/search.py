"""The answer of the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...selectors.facets import FACETS
from .parts import (
    BOOLEAN,
    INTEGER,
    TEXT,
    TEXT_OR_NULL,
    array,
    described,
    enum,
    record,
    ref,
)

if TYPE_CHECKING:
    from ....document_facts import JsonObject


def search_schemas() -> dict[str, JsonObject]:
    """Return the component schemas."""
    hit: dict[str, JsonObject] = {
        "score": {
            "type": "number",
            "minimum": 0,
            "maximum": 1,
            "description": "Above 0.5 when the title has all that was looked for; to compare hits of one answer only.",
        },
        "highlights": array(ref("Highlight")),
        "document": ref("Card"),
    }
    highlight: dict[str, JsonObject] = {
        "field": enum("title", "summary", "introduction", "body"),
        "block_id": described(TEXT_OR_NULL, "The block of the body that it is in."),
        "section_id": described(TEXT_OR_NULL, "The section that it is in."),
        "parts": array(ref("HighlightPart")),
    }
    answer: dict[str, JsonObject] = {
        "items": array(ref("SearchHit")),
        "next": described(TEXT_OR_NULL, "The cursor of the next page, null on the last."),
        "page_size": INTEGER,
        "total": ref("SearchTotal"),
        "did_you_mean": described(TEXT_OR_NULL, "What was found instead, when nothing has what was asked for."),
        "facets": record({name: array(ref("FacetCount")) for name in FACETS}),
    }  # fmt: skip
    return {
        "SearchResults": record(answer, "What was found, the best first."),
        "SearchHit": record(hit, "A page that was found, and where it says so."),
        "Highlight": record(highlight, "A short text around matches."),
        "HighlightPart": record(
            {"text": TEXT, "match": BOOLEAN},
            "A piece of a highlight: plain text, to be marked when it matches.",
        ),
        "SearchTotal": record(
            {"value": INTEGER, "is_exact": BOOLEAN},
            "How many were found; when not exact, there are more.",
        ),
        "FacetCount": record(
            {"value": TEXT, "count": INTEGER}, "How many of those found have a value."
        ),
    }
