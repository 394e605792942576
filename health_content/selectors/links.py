"""Where links in rich text lead: to what the public may see, in the reader's language, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from wagtail.models import Locale

from ..compat import page_model
from ..document_facts import PageLink, Resources
from ..document_html import find_references
from .addresses import AddressBook
from .media import document_urls, embeds_by_url, images_by_id
from .typed import TypedTargets, TypedText, typed_targets
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
    typed = TypedTargets()
    if references.pages or references.addresses:
        view, book, locale = public_view(), AddressBook(), Locale.get_active()
        text = TypedText(addresses=references.addresses, site_id=site_id or 0)
        [typed] = typed_targets([text], book)
        chosen = references.pages | set(typed.pages.values())
        found = page_model().objects.filter(pk__in=chosen)
        pages = view.shown(found)
        local = translations_for(pages, [locale.pk], view)
        targets = {p.pk: local.get((p.translation_key, locale.pk), p) for p in pages}
        with translation.override(locale.language_code):
            linked = link_targets(targets, book, site_id)
    return Resources(
        pages=linked,
        addresses=typed.pages,
        files=typed.files,
        documents=document_urls(references.documents | set(typed.files.values())),
        embeds=embeds_by_url(references.embeds),
        images=images_by_id(references.images),
    )


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
