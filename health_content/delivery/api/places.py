"""Where pages live, where they moved, and what the site is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils import timezone

from ..cache_tags import ALL_LISTS, REDIRECTS, home_tag, list_tags
from ..encode import encode_json
from ..purge.purgers import has_tag_purger
from ..responses import fresh_response
from ..selectors.navigation import navigation_answer
from ..selectors.redirects import place_site, redirect_list
from ..selectors.routes import route_list
from ..selectors.sites import site_json
from ..selectors.transitions import next_transition, next_transition_of_all
from .base import ContentView, keyset_response, place_of, query_string_of
from .list_grammar import (
    NAVIGATION_PARAMETERS,
    REDIRECT_PARAMETERS,
    ROUTE_PARAMETERS,
    SITE_PARAMETERS,
    read_navigation_query,
    read_redirect_query,
    read_route_query,
    read_site_query,
)
from .problems import not_found

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Site


class RouteListView(ContentView):
    """The places of all public pages."""

    parameters = ROUTE_PARAMETERS

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return a page of the places."""
        query = read_route_query(query_string_of(request))
        found = route_list(query)
        return keyset_response(
            request,
            found,
            page_size=query.page_size,
            tags=list_tags("route", query.locale),
        )


class RedirectListView(ContentView):
    """The redirects of a site."""

    parameters = REDIRECT_PARAMETERS

    is_uncached = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return a page of the redirects. No shared cache keeps what it is not told of."""
        query = read_redirect_query(query_string_of(request))
        found = redirect_list(
            _site(request, query.site), cursor=query.cursor, page_size=query.page_size
        )
        is_kept = has_tag_purger()
        if is_kept:
            moment = next_transition_of_all(timezone.now())
            found = replace(found, next_transition=moment)
        return keyset_response(
            request,
            found,
            page_size=query.page_size,
            tags=f"{ALL_LISTS} {REDIRECTS}",
            is_kept=is_kept,
        )


class SiteView(ContentView):
    """A site."""

    parameters = SITE_PARAMETERS

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return what a front end needs to know of the site."""
        site = _site(request, read_site_query(query_string_of(request)))
        return fresh_response(
            request,
            encode_json(site_json(site)),
            next_transition=next_transition(timezone.now()),
            tags=f"{home_tag(site.pk)} site-{site.pk}",
        )


class NavigationView(ContentView):
    """A menu of a site."""

    parameters = NAVIGATION_PARAMETERS

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """Return the menu, in the language asked for or else in the default one."""
        query = read_navigation_query(query_string_of(request))
        site = _site(request, query.site)
        menu = navigation_answer(site, key, locale=query.locale)
        if menu is None:
            raise not_found("The site has no such menu.")
        return fresh_response(
            request,
            menu.content,
            next_transition=menu.next_transition,
            tags=menu.tags,
            locale=menu.locale,
        )


def _site(request: HttpRequest, label: str | None) -> Site:
    site = place_site(place_of(request, site=label))
    if site is None:
        raise not_found("There is no such site.")
    return site
