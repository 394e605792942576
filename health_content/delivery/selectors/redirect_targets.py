"""Where redirects lead in the end: to something public, or nowhere. Never in circles.

What a client is sent to is the address of a public page, that of a document or file that everybody may have, or an
address of others. At none of the first two does a redirect begin: `redirects` asks `places_taken`, as a page comes before a redirect with the same
path, here and in Wagtail. So whoever follows an answer is not sent on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote, urlparse

from django.apps import apps
from django.conf import settings
from django.db.models import Q
from django.urls import Resolver404
from django.utils import timezone, translation
from django.utils.encoding import escape_uri_path, iri_to_uri, uri_to_iri
from django.utils.http import escape_leading_slashes

from ...compat import page_model
from ...selectors.addresses import AddressBook
from ...selectors.visibility import public_view
from ..hosts import STANDARD_PORTS, parse_host
from ..paths import path_key
from ..visibility import documents_public
from .public_files import files_public
from .redirect_links import Link, read_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wagtail.contrib.redirects.models import Redirect
    from wagtail.models import AbstractPage

    from ...selectors.addresses import Address

# A site, and the key of a path there.
Spot: TypeAlias = tuple[int, str]

# Redirects to paths at which others begin, one after the other. More than anybody makes on purpose.
MAX_STEPS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """A path on a site, with its query: what a redirect may begin at."""

    site_id: int
    path: str
    query: str = ""

    @property
    def spot(self) -> Spot:
        """The place of the path, at which pages and documents live."""
        return self.site_id, path_key(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a redirect leads in the end."""

    location: str
    """Site-relative on the site where the way begins, else absolute."""
    is_permanent: bool
    """So is every redirect on the way."""
    steps: tuple[int, ...]
    """Ids of the redirects on the way."""
    passed: tuple[Spot, ...]
    """The places on the way at which they begin, without the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """How far a redirect was followed."""

    redirect: Redirect
    """The last one so far."""
    site_id: int
    """Where that begins."""
    is_permanent: bool
    steps: tuple[int, ...]
    passed: tuple[Spot, ...] = ()

    def end(self, location: str) -> Target:
        return Target(
            location=location,
            is_permanent=self.is_permanent,
            steps=self.steps,
            passed=self.passed,
        )

    def step(self, redirect: Redirect, at: Beginning) -> _Way:
        return replace(
            self,
            redirect=redirect,
            site_id=at.site_id,
            is_permanent=self.is_permanent and redirect.is_permanent,
            steps=(*self.steps, redirect.pk),
            passed=(*self.passed, at.spot),
        )


class RedirectBook:
    """The sites and the rules of visibility as they are now, for any number of redirects that begin on one site."""

    def __init__(self, site_id: int) -> None:
        self.site_id = site_id
        self._addresses = AddressBook()
        self._view = public_view()

    def targets(self, redirects: Sequence[Redirect]) -> dict[int, Target]:
        """Return where each of *redirects* leads, by id; those that lead nowhere public are left out.

        The number of queries grows with the longest way, and not with the redirects.
        """
        found: dict[int, Target] = {}
        ways = {
            redirect.pk: _Way(
                redirect=redirect,
                site_id=self.site_id,
                is_permanent=redirect.is_permanent,
                steps=(redirect.pk,),
            )
            for redirect in redirects
        }
        for _ in range(MAX_STEPS):
            if not ways:
                break
            found |= self._page_ends(ways)
            link_ends, ways = self._follow_links(ways)
            found |= link_ends
        return found

    def places_taken(self, beginnings: Iterable[Beginning]) -> set[Spot]:
        """Return those places at which the public finds a page: there no redirect is looked for. Three queries at most."""
        paths: dict[str, set[Spot]] = {}
        spots: set[Spot] = set()
        for at in beginnings:
            spots.add(at.spot)
            for url_path in self._addresses.tree_paths(at.site_id, at.path):
                paths.setdefault(url_path, set()).add(at.spot)
        if not spots:
            return set()
        pages = page_model().objects.filter(url_path__in=paths, live=True)
        found = [paths[page.url_path] for page in self._view.shown(pages)]
        return _public_spots(spots).union(*found)

    def _page_ends(self, ways: Mapping[int, _Way]) -> dict[int, Target]:
        """Return the ends of those *ways* that lead to a public page."""
        to_pages = {
            pk: way
            for pk, way in ways.items()
            if way.redirect.redirect_page_id is not None
        }
        pages = self._public_pages(
            {way.redirect.redirect_page_id for way in to_pages.values()}
        )
        routes: dict[int, Beginning] = {}
        ends: dict[int, Address] = {}
        for pk, way in to_pages.items():
            if way.redirect.redirect_page_id not in pages:
                continue
            page, address = pages[way.redirect.redirect_page_id]
            ends[pk] = address
            route = _route(page, way.redirect.redirect_page_route_path)
            if route:
                path = address.path.rstrip("/") + route
                routes[pk] = Beginning(site_id=address.site_id, path=path)
        # A path below a page's own is nobody's, so a redirect could begin there and send the client on.
        taken = redirects_at(routes)
        return {
            pk: to_pages[pk].end(
                self._location(
                    address,
                    routes[pk].path
                    if pk in routes and pk not in taken
                    else address.path,
                )
            )
            for pk, address in ends.items()
        }

    def _follow_links(
        self, ways: Mapping[int, _Way]
    ) -> tuple[dict[int, Target], dict[int, _Way]]:
        """Return the ends of those *ways* that lead to a link, and those ways on which another redirect follows."""
        ends: dict[int, Target] = {}
        waiting: dict[int, tuple[_Way, Link, Beginning]] = {}
        for pk, way in ways.items():
            is_to_page = way.redirect.redirect_page_id is not None
            link = None if is_to_page else read_link(way.redirect.redirect_link)
            if link is None:
                continue
            site_id = self._site_of(link, way.site_id)
            if site_id is None:
                # An address elsewhere is the editor's own business.
                ends[pk] = way.end(link.text)
            else:
                at = Beginning(site_id=site_id, path=link.path, query=link.query)
                waiting[pk] = (way, link, at)
        # A path on one of our sites could be that of a draft, so it has to be that of a public page or file.
        public = _public_spots({at.spot for _, _, at in waiting.values()})
        onward = {pk: at for pk, (_, _, at) in waiting.items() if at.spot not in public}
        following = redirects_at(onward)
        taken = self.places_taken(onward[pk] for pk in following)
        files = files_public(
            at.path for pk, at in onward.items() if pk not in following
        )
        for pk, (way, link, at) in waiting.items():
            if at.spot in public or at.path in files:
                ends[pk] = way.end(self._link_location(link, at.site_id))
        return ends, {
            pk: waiting[pk][0].step(redirect, onward[pk])
            for pk, redirect in following.items()
            if onward[pk].spot not in taken and redirect.pk not in waiting[pk][0].steps
        }

    def _public_pages(
        self, page_ids: set[int]
    ) -> dict[int, tuple[AbstractPage, Address]]:
        """Return those of the pages that the public may see, and where they are. Two queries at most."""
        if not page_ids:
            return {}
        pages = page_model().objects.filter(pk__in=page_ids)
        with translation.override(settings.LANGUAGE_CODE):
            shown = [(p, self._addresses.address(p)) for p in self._view.shown(pages)]
        return {
            page.pk: (page, address) for page, address in shown if address is not None
        }

    def _location(self, address: Address, path: str) -> str:
        if address.site_id == self.site_id:
            return path
        return address.url.removesuffix(address.path) + path

    def _link_location(self, link: Link, site_id: int) -> str:
        """Return what a client of this site follows to *link*, which leads to the site *site_id* of ours."""
        if link.has_scheme:
            return link.text
        if site_id == self.site_id:
            return link.resource
        return self._addresses.root_urls[site_id] + link.resource

    def _site_of(self, link: Link, site_id: int) -> int | None:
        """Return the site of ours that *link*, on the site *site_id*, leads to; None when it leads elsewhere.

        A host of ours at a port of its own that no site has is another service.
        """
        if not link.host:
            return site_id
        ports: dict[int, int] = {}
        for pk, root_url in self._addresses.root_urls.items():
            scheme, _, label = root_url.partition("://")
            host = parse_host(label)
            if host.name == link.host:
                ports[host.port or (443 if scheme == "https" else 80)] = pk
        if not ports or (link.port not in ports and link.port not in STANDARD_PORTS):
            return None
        return ports.get(link.port, ports[min(ports)])


def redirects_at(beginnings: Mapping[int, Beginning]) -> dict[int, Redirect]:
    """Return the redirects that begin at *beginnings*, under the same keys. One query.

    As in Wagtail's middleware one with the query comes before one without, and one of the site before one of all sites.
    """
    if not beginnings or not apps.is_installed("wagtail.contrib.redirects"):
        return {}
    from wagtail.contrib.redirects.models import Redirect

    spellings = {key: _spellings(at) for key, at in beginnings.items()}
    sites = {at.site_id for at in beginnings.values()}
    rows = Redirect.objects.filter(
        Q(site__in=sites) | Q(site=None),
        old_path__in={path for paths in spellings.values() for path in paths},
    ).order_by("-pk")
    known = {(row.old_path, row.site_id): row for row in rows}
    found: dict[int, Redirect] = {}
    for key, at in beginnings.items():
        for path in spellings[key]:
            row = known.get((path, at.site_id)) or known.get((path, None))
            if row is not None:
                found[key] = row
                break
    return found


def _spellings(at: Beginning) -> list[str]:
    """Return how the path may be stored, the best first: what `wagtail.contrib.redirects.middleware` looks for.

    The last is a path that was stored unescaped; Wagtail does not find it, and the list of redirects shows it.
    """
    from wagtail.contrib.redirects.models import Redirect

    query = f"?{at.query}" if at.query else ""
    full = escape_leading_slashes(escape_uri_path(unquote(at.path)))
    full += iri_to_uri(query)
    encoded = Redirect.normalise_path(full, decode_unicode=False)
    bare = urlparse(encoded).path
    stored = [uri_to_iri(encoded), encoded, uri_to_iri(bare), bare]
    if not at.path.startswith("//"):
        stored.append(Redirect.normalise_path(at.path + query))
    return list(dict.fromkeys(stored))


def _public_spots(spots: set[Spot]) -> set[Spot]:
    """Return those of *spots* at which a public document lives. One query."""
    if not spots:
        return set()
    documents = documents_public(timezone.now()).filter(
        site__in={site_id for site_id, _ in spots},
        path_key__in={key for _, key in spots},
    )
    return spots & set(documents.values_list("site_id", "path_key"))


def _route(page: AbstractPage, route: str) -> str:
    """Return *route* when the page has such a one, as Wagtail's own `Redirect.link` asks."""
    if not route or not hasattr(page.specific_class, "resolve_subpage"):
        return ""
    try:
        page.specific_deferred.resolve_subpage(route)
    except Resolver404:
        return ""
    return route
