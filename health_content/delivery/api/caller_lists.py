"""Lists for callers, as answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..cursors import encode_cursor
from .base import next_link, query_string_of
from .write import json_response

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from ...document_facts import Json
    from ..selectors.callers import CallerPage


def page_response(
    request: HttpRequest, found: CallerPage, *, page_size: int
) -> HttpResponse:
    """Return a page of a list, in the form of all lists."""
    cursor = encode_cursor(found.next) if found.next else None
    link = next_link(request, query_string_of(request), cursor) if cursor else ""
    items: list[Json] = [*found.items]
    return json_response(
        {"items": items, "next": cursor, "page_size": page_size},
        headers={"Link": link} if link else None,
    )
