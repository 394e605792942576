"""Links of texts that were published before: which of them lead somewhere public today."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Site

from ...selectors.addresses import site_label
from ..paths import path_key
from ..visibility import documents_public
from .public_files import files_public

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


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
    files: dict[str, str] = {}
    for href in hrefs:
        parts = urlsplit(href)
        own = sites.get(parts.netloc.lower() or label)
        if not parts.path and not parts.netloc:
            foreign.add(href)  # A place on the page itself, a mail address, a number.
        elif parts.scheme in {"mailto", "tel"} or (
            parts.netloc and parts.hostname not in hosts
        ):
            foreign.add(href)
        else:
            files[href] = parts.path
            if own is not None:
                pages[href] = (own, path_key(parts.path or "/"))
    public_files = files_public(files.values())
    public = _public_places(pages.values())
    return frozenset(
        foreign
        | {href for href, place in pages.items() if place in public}
        | {href for href, path in files.items() if path in public_files}
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
