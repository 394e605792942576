"""Links of texts that were published before: which of them lead somewhere public today."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from django.db.models import Q
from django.urls import Resolver404, resolve
from django.utils import timezone
from wagtail.models import Site

from ...selectors.addresses import site_label
from ...selectors.media import document_urls
from ..paths import path_key
from ..visibility import documents_public

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

DOCUMENT_ROUTE = "wagtaildocs_serve"


def links_public(hrefs: Collection[str], label: str) -> frozenset[str]:
    """Return those of *hrefs*, of a text on the site *label*, that may be followed: to other sites, or to what is public.

    What is on a site of ours and is neither a public document's path nor a public file is refused: nobody can say what
    it names. At most four queries.
    """
    if not hrefs:
        return frozenset()
    sites = {site_label(site): site.pk for site in Site.objects.all()}
    hosts = {urlsplit(f"//{name}").hostname for name in sites}
    foreign: set[str] = set()
    pages: dict[str, tuple[int, str]] = {}
    files: dict[str, int] = {}
    for href in hrefs:
        parts = urlsplit(href)
        own = sites.get(parts.netloc.lower() or label)
        if not parts.path and not parts.netloc:
            foreign.add(href)  # A place on the page itself, a mail address, a number.
        elif parts.scheme in {"mailto", "tel"} or (
            parts.netloc and parts.hostname not in hosts
        ):
            foreign.add(href)
        elif (file := _file_id(parts.path)) is not None:
            files[href] = file
        elif own is not None:
            pages[href] = (own, path_key(parts.path or "/"))
    public_files = document_urls(set(files.values()))
    public = _public_places(pages.values())
    return frozenset(
        foreign
        | {href for href, place in pages.items() if place in public}
        | {href for href, file in files.items() if file in public_files}
    )


def _public_places(places: Iterable[tuple[int, str]]) -> set[tuple[int, str]]:
    wanted = set(places)
    if not wanted:
        return set()
    here = Q(
        site__in={site for site, _ in wanted}, path_key__in={key for _, key in wanted}
    )
    found = documents_public(timezone.now()).filter(here)
    return wanted & set(found.values_list("site_id", "path_key"))


def _file_id(path: str) -> int | None:
    """Return the id of the document file that Wagtail serves at *path*."""
    try:
        match = resolve(unquote(path))
    except Resolver404:
        return None
    if match.url_name != DOCUMENT_ROUTE:
        return None
    return int(match.kwargs.get("document_id") or match.args[0])
