"""Where links in rich text lead: to what the public may see, in the reader's language, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zlib import crc32

from django.apps import apps
from django.conf import settings
from django.db.models import Q
from django.utils import translation
from wagtail.models import Locale

from ..compat import page_model
from ..document_facts import PageLink, Resources
from ..document_html import find_references
from .addresses import AddressBook
from .media import document_urls, embeds_by_url, images_by_id
from .visibility import public_view

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from uuid import UUID

    from wagtail.models import AbstractPage

    from .visibility import PublicView


def html_resources(html: Sequence[str], site_id: int | None = None) -> Resources:
    """Return what the stored rich texts *html* refer to, as the public sees it, for text that is part of no document.

    Links lead to the active language where the target has it, and are site-relative within the site *site_id*. Nothing
    is asked of the database when the texts refer to nothing; otherwise the number of queries is that of one text.
    """
    references = find_references(html)
    linked: Mapping[int, str] = {}
    typed: Mapping[str, int] = {}
    if references.pages or references.addresses:
        view, book, locale = public_view(), AddressBook(), Locale.get_active()
        by_site = pages_typed({site_id or 0: references.addresses}, book)
        typed = by_site[site_id or 0]
        chosen = references.pages | set(typed.values())
        found = page_model().objects.filter(pk__in=chosen)
        pages = view.shown(found)
        local = translations_for(pages, [locale.pk], view)
        targets = {p.pk: local.get((p.translation_key, locale.pk), p) for p in pages}
        with translation.override(locale.language_code):
            linked = link_targets(targets, book, site_id)
    return Resources(
        pages=linked,
        addresses=typed,
        documents=document_urls(references.documents),
        embeds=embeds_by_url(references.embeds),
        images=images_by_id(references.images),
    )


def pages_typed(
    addresses: Mapping[int, Collection[str]], book: AddressBook
) -> Mapping[int, Mapping[str, int]]:
    """Return to which pages of ours *addresses* lead, live or not, by site: those of texts on the site with that id.

    An address without a host is one of that site. Where no page is now, redirects say which one was. One query, none
    where no address can be a page's, and one more where some have no page.
    """
    places: dict[tuple[int, str], tuple[int, str]] = {}
    tree_paths: dict[tuple[int, str], list[str]] = {}
    for site_id, hrefs in addresses.items():
        for href in hrefs:
            at = _place(href, site_id, book)
            if at is not None and (paths := book.tree_paths(*at)):
                places[site_id, href] = at
                tree_paths[site_id, href] = paths
    wanted = {path for paths in tree_paths.values() for path in paths}
    rows = page_model().objects.filter(url_path__in=wanted).order_by()
    known = dict(rows.values_list("url_path", "pk")) if wanted else {}
    pages = {
        key: next(known[path] for path in paths if path in known)
        for key, paths in tree_paths.items()
        if not known.keys().isdisjoint(paths)
    }
    moved = pages_redirected({at for key, at in places.items() if key not in pages})
    pages |= {key: moved[at] for key, at in places.items() if at in moved}
    found: dict[int, dict[str, int]] = {site_id: {} for site_id in addresses}
    for (site_id, href), page_id in pages.items():
        found[site_id][href] = page_id
    return found


def places_typed(hrefs: Iterable[str], site_id: int, book: AddressBook) -> set[str]:
    """Return the tree paths (`Page.url_path`) of the pages that may live at *hrefs*, typed on the site *site_id*."""
    found = (_place(href, site_id, book) for href in hrefs)
    return {path for at in found if at is not None for path in book.tree_paths(*at)}


def place_tag(url_path: str) -> str:
    """Return the tag of what was made of an address at which the page with this tree path lives, lived or will live."""
    return f"place-{crc32(url_path.encode()):08x}"


def pages_redirected(places: Collection[tuple[int, str]]) -> dict[tuple[int, str], int]:
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
    found: dict[tuple[int, str], int] = {}
    for at, old_path in old_paths.items():
        page_id = known.get((at[0], old_path), known.get((None, old_path)))
        if page_id is not None:
            found[at] = page_id
    return found


def _place(href: str, site_id: int, book: AddressBook) -> tuple[int, str] | None:
    """Return the site and the path that *href* names, when the site is one of ours."""
    parts = urlsplit(href)
    own = book.site_at(parts.netloc) if parts.netloc else site_id
    return (own, parts.path or "/") if own else None


def translations_for(
    linked: Iterable[AbstractPage], locale_ids: Collection[int], view: PublicView
) -> Mapping[tuple[UUID, int], AbstractPage]:
    """Return the visible translations of *linked* into the languages *locale_ids*, by translation key and language.

    A link leads to the target in the reader's language where there is one, as Wagtail's own links do.
    """
    foreign = {p.translation_key for p in linked if set(locale_ids) - {p.locale_id}}
    if not foreign or not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return {}
    found = page_model().objects.filter(
        translation_key__in=foreign, locale_id__in=locale_ids
    )
    return {(page.translation_key, page.locale_id): page for page in view.shown(found)}


def link_targets(
    linked: Mapping[int, AbstractPage], book: AddressBook, site_id: int | None
) -> Mapping[int, str]:
    """Return the address of each of *linked*: site-relative on the site *site_id*, absolute elsewhere."""
    targets: dict[int, str] = {}
    for identifier, page in linked.items():
        address = book.address(page)
        if address is not None:
            is_here = address.site_id == site_id
            targets[identifier] = address.path if is_here else address.url
    return targets


def page_links(
    pages: Iterable[AbstractPage], book: AddressBook
) -> tuple[PageLink, ...]:
    """Return *pages* as documents name them, those that are on a site."""
    located = [(page, book.address(page)) for page in pages]
    return tuple(
        PageLink(
            id=page.pk,
            title=page.title,
            path=address.path,
            url=address.url,
            locale=book.locales.get(page.locale_id, settings.LANGUAGE_CODE),
        )
        for page, address in located
        if address is not None
    )
