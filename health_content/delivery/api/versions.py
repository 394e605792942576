"""The publications of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..selectors.versions import version_list
from .base import ContentView, absent, keyset_response, page_number, query_string_of
from .list_grammar import read_version_query

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class VersionListView(ContentView):
    """When an article was published, and with which disclaimers."""

    def get(self, request: HttpRequest, page_id: str) -> HttpResponse:
        """Return a page of the publications."""
        query = read_version_query(query_string_of(request))
        identifier = page_number(page_id)
        found = version_list(identifier, document_type="article", query=query)
        if found is None:
            raise absent(identifier, "article")
        tags = f"page-{identifier} list-disclaimer"
        return keyset_response(request, found, page_size=query.page_size, tags=tags)
