"""Redirects of the site that lead somewhere the public may go."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from wagtail.models import Site

from ..cache_tags import path_tag, redirect_tag
from ..cursors import Cursor
from ..encode import encode_json
from .keysets import KeysetPage
from .redirect_targets import Beginning, RedirectBook, redirects_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wagtail.contrib.redirects.models import Redirect

    from .documents import Place
    from .redirect_targets import Target


REDIRECTS_ORDER = "redirect"


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectAnswer:
    """Where a path leads instead."""

    status: HTTPStatus
    location: str
    """Site-relative on the same site, else absolute."""
    tags: str


def redirect_answer(place: Place) -> RedirectAnswer | None:
    """Return where the path of *place* is redirected to, None when nowhere, or nowhere public."""
    if not apps.is_installed("wagtail.contrib.redirects"):
        return None
    site = place_site(place)
    if site is None:
        return None
    at = Beginning(site_id=site.pk, path=place.path, query=place.query)
    found = redirects_at({0: at}).get(0)
    if found is None:
        return None
    book = RedirectBook(site.pk)
    if at.spot in book.places_taken([at]):
        return None
    target = book.targets([found]).get(found.pk)
    if target is None:
        return None
    tags = [redirect_tag(pk) for pk in target.steps]
    tags += [path_tag(site_id, key) for site_id, key in (at.spot, *target.passed)]
    return RedirectAnswer(
        status=_status(target), location=target.location, tags=" ".join(tags)
    )


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
    targets = _targets(shown, site)
    last = shown[-1].pk if len(rows) > len(shown) else None
    return KeysetPage(
        items=tuple(
            encode_json(
                {
                    "path": row.old_path,
                    "status": _status(target),
                    "location": target.location,
                }
            )
            for row in shown
            if (target := targets.get(row.pk))
        ),
        next=Cursor(order=REDIRECTS_ORDER, key=0, id=last) if last else None,
        next_transition=None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectStatement:
    """What the public may know of a redirect."""

    site_id: int | None
    """None: of all sites; its location is then that of the default site."""
    path: str
    status: int
    location: str


def redirect_statements(redirect_ids: Iterable[int]) -> dict[int, RedirectStatement]:
    """Return the statements of those of the redirects that lead somewhere public, by id.

    The number of queries grows with the sites that they are of, not with the redirects.
    """
    if not apps.is_installed("wagtail.contrib.redirects"):
        return {}
    from wagtail.contrib.redirects.models import Redirect

    rows = Redirect.objects.filter(pk__in=list(redirect_ids)).select_related("site")
    by_site: dict[Site | None, list[Redirect]] = {}
    for row in rows:
        by_site.setdefault(row.site, []).append(row)
    found: dict[int, RedirectStatement] = {}
    for own_site, redirects in by_site.items():
        site = own_site or Site.objects.filter(is_default_site=True).first()
        if site is not None:
            found |= _statements(redirects, site)
    return found


def redirects_to(page_ids: Iterable[int]) -> list[int]:
    """Return the ids of the redirects that lead to the pages. One query."""
    if not apps.is_installed("wagtail.contrib.redirects"):
        return []
    from wagtail.contrib.redirects.models import Redirect

    rows = Redirect.objects.filter(redirect_page__in=list(page_ids)).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _statements(
    redirects: Sequence[Redirect], site: Site
) -> dict[int, RedirectStatement]:
    targets = _targets(redirects, site)
    return {
        row.pk: RedirectStatement(
            site_id=row.site_id,
            path=row.old_path,
            status=_status(target),
            location=target.location,
        )
        for row in redirects
        if (target := targets.get(row.pk))
    }


def _targets(redirects: Sequence[Redirect], site: Site) -> dict[int, Target]:
    """Return where those of *redirects* lead that `resolve/` gives on *site*: it finds a page before a redirect."""
    book = RedirectBook(site.pk)
    beginnings = {row.pk: _beginning(row, site) for row in redirects}
    taken = book.places_taken(beginnings.values())
    return book.targets(
        [row for row in redirects if beginnings[row.pk].spot not in taken]
    )


def _beginning(redirect: Redirect, site: Site) -> Beginning:
    path, _, query = redirect.old_path.partition("?")
    return Beginning(site_id=site.pk, path=path, query=query)


def place_site(place: Place) -> Site | None:
    """Return the site that *place* is on, None when it names one that does not exist."""
    condition = Q(hostname__in=place.hosts)
    if not place.is_named:
        condition |= Q(is_default_site=True)
    candidates = list(Site.objects.filter(condition))
    return min(candidates, key=lambda site: _rank(site, place), default=None)


def _rank(site: Site, place: Place) -> tuple[int, int]:
    """Return how well *site* fits, the best first: the order of `selectors.documents`."""
    is_host = site.hostname in place.hosts
    if is_host and site.port == place.port:
        return 0, site.port
    if place.is_named:
        return 1, site.port
    if site.is_default_site:
        return (1 if is_host else 2), site.port
    return 3, site.port


def _status(target: Target) -> HTTPStatus:
    if target.is_permanent:
        return HTTPStatus.MOVED_PERMANENTLY
    return HTTPStatus.FOUND
