"""What addresses that somebody typed lead to: pages and files of ours, public or not, in every spelling."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote
from zlib import crc32

from django.apps import apps
from django.db.models import Q
from django.urls import Resolver404, resolve

from ..compat import page_model
from ..web_addresses import may_be_ours, read_place

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from .addresses import AddressBook

SERVE = "wagtaildocs_serve"
Place = tuple[int, str]
"""A site's id and a path on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedText:
    """The addresses of a text, and where that is: relative ones begin there."""

    addresses: Collection[str]
    site_id: int
    path: str = "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedTargets:
    """What the addresses of a text lead to."""

    pages: Mapping[str, int] = field(default_factory=dict)
    """Ids, by the address as it was typed."""
    files: Mapping[str, int] = field(default_factory=dict)
    tree_paths: frozenset[str] = frozenset()
    """Those (`Page.url_path`) of the pages that may live at the addresses, now or later."""


def typed_targets(texts: Sequence[TypedText], book: AddressBook) -> list[TypedTargets]:
    """Return what each of *texts* leads to, live or not.

    Where no page is now, redirects say which one was. One query, none where no address can be a page's, and one more
    where some have no page.
    """
    places = [_places(text, book) for text in texts]
    named = {at for each in places for at in each.values()}
    files = {at: pk for at in named if (pk := file_at(at[1]))}
    tree_paths = {at: book.tree_paths(*at) for at in named - files.keys()}
    pages = _pages_at(tree_paths)
    return [
        TypedTargets(
            pages={href: pages[at] for href, at in each.items() if at in pages},
            files={href: files[at] for href, at in each.items() if at in files},
            tree_paths=frozenset(
                path for at in each.values() for path in tree_paths.get(at, ())
            ),
        )
        for each in places
    ]


def place_tag(url_path: str) -> str:
    """Return the tag of what was made of an address at which the page with this tree path lives, lived or will live."""
    return f"place-{crc32(url_path.encode()):08x}"


def file_at(path: str) -> int | None:
    """Return the id of the document that the host serves at *path*, whether or not there is one."""
    try:
        match = resolve(unquote(path))
    except Resolver404:
        return None
    if match.url_name != SERVE:
        return None
    return int([*match.args, *match.kwargs.values()][0])


def _places(text: TypedText, book: AddressBook) -> dict[str, Place]:
    """Return the place of each address of *text* that is on a site of ours."""
    found: dict[str, Place] = {}
    for href in filter(may_be_ours, text.addresses):
        host, path = read_place(href, text.path)
        site_id = book.site_at(host) if host else text.site_id
        if site_id:
            found[href] = (site_id, path)
    return found


def _pages_at(tree_paths: Mapping[Place, Sequence[str]]) -> dict[Place, int]:
    wanted = {path for paths in tree_paths.values() for path in paths}
    rows = page_model().objects.filter(url_path__in=wanted).order_by()
    known = dict(rows.values_list("url_path", "pk")) if wanted else {}
    pages = {
        at: next(known[path] for path in paths if path in known)
        for at, paths in tree_paths.items()
        if not known.keys().isdisjoint(paths)
    }
    elsewhere = {at for at, paths in tree_paths.items() if paths and at not in pages}
    return pages | pages_redirected(elsewhere)


def pages_redirected(places: Collection[Place]) -> dict[Place, int]:
    """Return the pages to which redirects lead that begin at *places*, each a site's id and a path. One query, or none.

    A redirect of the site comes before one of all sites, as in Wagtail's own middleware.
    """
    if not places or not apps.is_installed("wagtail.contrib.redirects"):
        return {}
    from wagtail.contrib.redirects.models import Redirect

    old_paths = {at: Redirect.normalise_path(at[1]) for at in places}
    sites = {site_id for site_id, _ in places}
    rows = Redirect.objects.filter(
        Q(site__in=sites) | Q(site=None),
        old_path__in=set(old_paths.values()),
        redirect_page__isnull=False,
        redirect_page_route_path="",
    )
    known = {
        (site_id, old_path): page_id
        for site_id, old_path, page_id in rows.order_by("-pk").values_list(
            "site_id", "old_path", "redirect_page_id"
        )
    }
    found: dict[Place, int] = {}
    for at, old_path in old_paths.items():
        page_id = known.get((at[0], old_path), known.get((None, old_path)))
        if page_id is not None:
            found[at] = page_id
    return found
