"""Redirects of the site that lead somewhere the public may go."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone, translation
from wagtail.models import Site

from ...compat import page_model
from ...document_html import safe_href
from ...selectors.addresses import AddressBook
from ...selectors.visibility import public_view
from ..cursors import Cursor
from ..encode import encode_json
from ..paths import path_key
from ..visibility import documents_public
from .keysets import KeysetPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wagtail.contrib.redirects.models import Redirect

    from .documents import Place


REDIRECTS_ORDER = "redirect"


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
    location = _locations([found], site)[found.pk] if found else None
    if found is None or location is None:
        return None
    return RedirectAnswer(status=_status(found), location=location)


def redirect_list(site: Site, *, cursor: Cursor | None, page_size: int) -> KeysetPage:
    """Return the redirects of *site* that lead somewhere public, in order of their making.

    A page may hold fewer items than *page_size*: what leads to something hidden is left out. A constant number of
    queries.
    """
    rows: list[Redirect] = []
    if apps.is_installed("wagtail.contrib.redirects"):
        from wagtail.contrib.redirects.models import Redirect

        own = Redirect.objects.filter(site=site, old_path=OuterRef("old_path"))
        rows = list(
            Redirect.objects.filter(Q(site=site) | Q(site=None) & ~Exists(own))
            .filter(pk__gt=cursor.id if cursor else 0)
            .order_by("pk")[: page_size + 1]
        )
    shown = rows[:page_size]
    locations = _locations(shown, site)
    pages = _public_keys({path_key(row.old_path) for row in shown}, site)
    last = shown[-1].pk if len(rows) > len(shown) else None
    return KeysetPage(
        items=tuple(
            encode_json({"path": row.old_path, "status": _status(row), "location": to})
            for row in shown
            # `resolve/` finds a public page before it looks for a redirect.
            if (to := locations[row.pk]) and path_key(row.old_path) not in pages
        ),
        next=Cursor(order=REDIRECTS_ORDER, key=0, id=last) if last else None,
        next_transition=None,
    )


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


def _status(redirect: Redirect) -> HTTPStatus:
    if redirect.is_permanent:
        return HTTPStatus.MOVED_PERMANENTLY
    return HTTPStatus.FOUND


def _locations(redirects: Sequence[Redirect], site: Site) -> dict[int, str | None]:
    """Return where each of *redirects* leads, None when that is hidden.

    An address elsewhere is the editor's own business; a path on this site could be that of a draft, so it has to be
    that of a public document.
    """
    targets = _page_addresses([r.redirect_page_id for r in redirects], site)
    links = {r.pk: safe_href(r.redirect_link) for r in redirects}
    keys = {pk: _local_key(href, site) for pk, href in links.items() if href}
    public = _public_keys({key for key in keys.values() if key}, site)
    locations: dict[int, str | None] = {}
    for redirect in redirects:
        if redirect.redirect_page_id is not None:
            base = targets.get(redirect.redirect_page_id)
            route = redirect.redirect_page_route_path
            location = base.rstrip("/") + route if base and route else base
        else:
            key = keys.get(redirect.pk)
            location = links[redirect.pk] if not key or key in public else None
        locations[redirect.pk] = location
    return locations


def _page_addresses(page_ids: Sequence[int | None], site: Site) -> dict[int, str]:
    wanted = [pk for pk in page_ids if pk is not None]
    if not wanted:
        return {}
    book = AddressBook()
    pages = public_view().shown(page_model().objects.filter(pk__in=wanted))
    with translation.override(settings.LANGUAGE_CODE):
        addresses = {page.pk: book.address(page) for page in pages}
    return {
        pk: address.path if address.site_id == site.pk else address.url
        for pk, address in addresses.items()
        if address is not None
    }


def _public_keys(keys: set[str], site: Site) -> set[str]:
    """Return those of *keys* at which a public document lives."""
    if not keys:
        return set()
    documents = documents_public(timezone.now()).filter(site=site, path_key__in=keys)
    return set(documents.values_list("path_key", flat=True))


def _local_key(href: str, site: Site) -> str | None:
    """Return the key of the path that *href* has on *site*, None when it leads elsewhere."""
    parts = urlsplit(href)
    is_here = not parts.netloc or parts.netloc in {
        site.hostname,
        f"{site.hostname}:{site.port}",
    }
    if parts.scheme in {"mailto", "tel"} or not is_here:
        return None
    return path_key(parts.path or "/")
