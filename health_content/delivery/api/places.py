"""Where pages live, where they moved, and what the site is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..encode import encode_json
from ..responses import fresh_response
from ..selectors.redirects import place_site, redirect_list
from ..selectors.routes import route_list
from ..selectors.sites import site_json
from .base import ContentView, keyset_response, place_of, query_string_of
from .list_grammar import read_redirect_query, read_route_query, read_site_query
from .problems import not_found

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Site


class RouteListView(ContentView):
    """The places of all public pages."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return a page of the places."""
        query = read_route_query(query_string_of(request))
        found = route_list(query)
        return keyset_response(
            request, found, page_size=query.page_size, tags="list list-route"
        )


class RedirectListView(ContentView):
    """The redirects of a site."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return a page of the redirects. Editors change them without a purge, so no shared cache keeps them."""
        query = read_redirect_query(query_string_of(request))
        found = redirect_list(
            _site(request, query.site), cursor=query.cursor, page_size=query.page_size
        )
        return keyset_response(
            request,
            found,
            page_size=query.page_size,
            tags="list list-redirect",
            is_kept=False,
        )


class SiteView(ContentView):
    """A site."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return what a front end needs to know of the site."""
        site = _site(request, read_site_query(query_string_of(request)))
        content = encode_json(site_json(site))
        return fresh_response(request, content, tags=f"list site-{site.pk}")


def _site(request: HttpRequest, label: str | None) -> Site:
    site = place_site(place_of(request, site=label))
    if site is None:
        raise not_found("There is no such site.")
    return site
