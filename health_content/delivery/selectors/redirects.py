"""Redirects of the site that lead somewhere the public may go."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone, translation
from wagtail.models import Site

from ...compat import page_model
from ...document_html import safe_href
from ...selectors.addresses import AddressBook
from ...selectors.visibility import public_view
from ..paths import path_key
from ..visibility import documents_public

if TYPE_CHECKING:
    from wagtail.contrib.redirects.models import Redirect

    from .documents import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectAnswer:
    """Where a path leads instead."""

    status: HTTPStatus
    location: str
    """Site-relative on the same site, else absolute."""


def redirect_answer(place: Place) -> RedirectAnswer | None:
    """Return where the path of *place* is redirected to, None when nowhere, or nowhere public."""
    if not apps.is_installed("wagtail.contrib.redirects"):
        return None
    from wagtail.contrib.redirects.models import Redirect

    site = place_site(place)
    if site is None:
        return None
    path = Redirect.normalise_path(place.path)
    found = (
        Redirect.objects.filter(Q(site=site) | Q(site=None), old_path=path)
        .order_by(F("site").desc(nulls_last=True))
        .first()
    )
    location = _location(found, site) if found else None
    if found is None or location is None:
        return None
    status = HTTPStatus.MOVED_PERMANENTLY if found.is_permanent else HTTPStatus.FOUND
    return RedirectAnswer(status=status, location=location)


def place_site(place: Place) -> Site | None:
    """Return the site that *place* is on, None when it names one that does not exist."""
    named = Site.objects.filter(hostname=place.host)
    candidates = list(
        named
        if place.is_named
        else Site.objects.filter(Q(hostname=place.host) | Q(is_default_site=True))
    )
    return min(candidates, key=lambda site: _rank(site, place), default=None)


def _rank(site: Site, place: Place) -> tuple[int, int]:
    """Return how well *site* fits, the best first: the order of `selectors.documents`."""
    is_host = site.hostname == place.host
    if is_host and site.port == place.port:
        return 0, site.port
    if place.is_named:
        return 1, site.port
    if site.is_default_site:
        return (1 if is_host else 2), site.port
    return 3, site.port


def _location(redirect: Redirect, site: Site) -> str | None:
    if redirect.redirect_page_id is not None:
        target = page_model().objects.filter(pk=redirect.redirect_page_id)
        page = next(iter(public_view().shown(target)), None)
        if page is None:
            return None
        with translation.override(settings.LANGUAGE_CODE):
            address = AddressBook().address(page)
        if address is None:
            return None
        base = address.path if address.site_id == site.pk else address.url
        route = redirect.redirect_page_route_path
        return base.rstrip("/") + route if route else base
    return _link_location(redirect.redirect_link, site)


def _link_location(link: str, site: Site) -> str | None:
    """Return *link* when it names nothing hidden: a path on this site has to lead to a public document.

    An address elsewhere is the editor's own business; a path here could be that of a draft.
    """
    href = safe_href(link)
    if href is None:
        return None
    parts = urlsplit(href)
    is_here = not parts.netloc or parts.netloc in {
        site.hostname,
        f"{site.hostname}:{site.port}",
    }
    if parts.scheme in {"mailto", "tel"} or not is_here:
        return href
    documents = documents_public(timezone.now()).filter(
        site=site, path_key=path_key(parts.path or "/")
    )
    return href if documents.exists() else None
