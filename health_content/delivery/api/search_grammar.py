"""The query parameters of the search."""

from __future__ import annotations

from dataclasses import replace

from ..cursors import Cursor
from ..queries import ListQuery, SearchQuery
from .grammar import (
    LIST_PARAMETERS,
    PAGE_SIZE_PARAMETER,
    TEXT_PARAMETER,
    TYPE_PARAMETER,
    cursor_fault,
    cursor_parameter,
    read_cursor,
    text_of,
)
from .query import parse_query

SEARCH_ORDER = "search"
# Those of the lists' filters that the search has: it finds pages by what they say, not by where they are in an order.
FILTERS = (
    "site", "locale", "ancestor", "topic", "health_aspect", "review_status", "reviewed_before",
)  # fmt: skip
SEARCH_PARAMETERS = (
    replace(TEXT_PARAMETER, is_required=True),
    TYPE_PARAMETER,
    *(parameter for parameter in LIST_PARAMETERS if parameter.name in FILTERS),
    PAGE_SIZE_PARAMETER,
    cursor_parameter("cursor", "`next` of the page before, for the same query."),
)


def read_search_query(query_string: str) -> SearchQuery:
    """Return the query of the search that *query_string* makes."""
    given = parse_query(query_string, SEARCH_PARAMETERS)
    text = str(given.pop("q"))
    word = text_of(given, "cursor")
    given.pop("cursor", None)
    offset = 0
    if word is not None:
        key = read_cursor(word, SEARCH_ORDER).key
        if not isinstance(key, int):
            raise cursor_fault()
        offset = key
    return SearchQuery(
        q=text,
        offset=offset,
        filters=ListQuery(**given),  # type: ignore[arg-type]  # the grammar's readers give the fields' types
    )


def offset_cursor(offset: int) -> Cursor:
    """Return the cursor of the page that begins at *offset*."""
    return Cursor(order=SEARCH_ORDER, key=offset, id=0)
