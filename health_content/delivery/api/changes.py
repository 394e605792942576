"""The change feed's endpoints: JSON for programs that keep a copy, Atom for feed readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...conf import get_conf
from ..cache_tags import ALL_LISTS, CHANGES
from ..encode import join_items
from ..feed import FeedHead, atom_feed
from ..responses import fresh_response
from ..selectors.changes import (
    CursorAheadError,
    change_cursor,
    changes_newest,
    changes_since,
)
from .base import ContentView, next_link
from .grammar import (
    CHANGES_PARAMETERS,
    FEED_PARAMETERS,
    read_changes_query,
    read_feed_query,
)
from .problems import cursor_gone

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from ...document_facts import JsonObject

ATOM_TYPE = "application/atom+xml; charset=utf-8"
TAGS = f"{ALL_LISTS} {CHANGES}"
# Whoever keeps a copy asks again and again, and must not be told what a cache remembers.
ALWAYS_REVALIDATED = 0


class ChangesView(ContentView):
    """What changed since a cursor, oldest first."""

    parameters = CHANGES_PARAMETERS

    is_uncached = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return a page of the feed."""
        query_string = request.META.get("QUERY_STRING", "")
        query = read_changes_query(query_string)
        try:
            found = changes_since(
                query.since, page_size=query.page_size, fields=query.fields
            )
        except CursorAheadError as error:
            raise cursor_gone() from error
        next_cursor = found.cursor if found.has_more else None
        tail: JsonObject = {
            "next": next_cursor,
            "cursor": found.cursor,
            "page_size": query.page_size,
        }
        return fresh_response(
            request,
            join_items(found.items, tail),
            next_transition=ALWAYS_REVALIDATED,
            tags=TAGS,
            link=next_link(request, query_string, next_cursor, name="since")
            if next_cursor
            else "",
        )


class FeedView(ContentView):
    """What changed, newest first, as Atom."""

    parameters = FEED_PARAMETERS

    is_uncached = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return a page of the feed."""
        query = read_feed_query(request.META.get("QUERY_STRING", ""))
        feed = changes_newest(before=query.before, page_size=query.page_size)
        first_url = request.build_absolute_uri(request.path)
        size = f"page_size={query.page_size}"
        publisher = get_conf().publisher_name or request.get_host()
        head = FeedHead(
            title=f"{publisher}: changes",
            author=publisher,
            self_url=request.build_absolute_uri(),
            first_url=first_url,
            next_url=f"{first_url}?{size}&cursor={change_cursor(feed.next)}"
            if feed.next is not None
            else None,
        )
        return fresh_response(
            request,
            atom_feed(head, feed.entries),
            next_transition=ALWAYS_REVALIDATED,
            tags=TAGS,
            content_type=ATOM_TYPE,
        )
