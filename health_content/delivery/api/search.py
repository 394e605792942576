"""The search endpoint."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from ..cursors import encode_cursor
from ..encode import join_items
from ..responses import fresh_response
from ..selectors.search import search_documents
from .base import ContentView, next_link, query_string_of
from .search_grammar import SEARCH_PARAMETERS, offset_cursor, read_search_query

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# Long enough to answer a rush for one word, short enough that nobody notices: what is typed is seldom typed again.
KEPT_SECONDS = 60


class SearchView(ContentView):
    """Pages by what they say."""

    is_uncached = True
    parameters = SEARCH_PARAMETERS

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return a page of the hits."""
        query_string = query_string_of(request)
        query = read_search_query(query_string)
        found = search_documents(query)
        cursor = None
        if found.next_offset is not None:
            cursor = encode_cursor(offset_cursor(found.next_offset))
        tail: dict[str, Any] = {
            "next": cursor,
            "page_size": query.filters.page_size,
            "total": {"value": found.total, "is_exact": found.is_exact},
            "did_you_mean": found.did_you_mean,
            "facets": found.facets,
        }
        kept_until = int(time.time()) + KEPT_SECONDS
        return fresh_response(
            request,
            join_items(found.items, tail),
            next_transition=min(kept_until, found.next_transition or kept_until),
            tags="list list-search",
            link=next_link(request, query_string, cursor) if cursor else "",
        )
