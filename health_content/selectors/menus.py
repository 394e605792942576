"""Menus and the pages they lead to, as the public sees them: many menus at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q
from django.utils import translation

from ..compat import page_model
from ..document_facts import PageLink
from ..navigation import MenuFacts, MenuTarget, find_menu_references
from .addresses import site_label
from .links import translations_for
from .media import document_urls
from .pages import surroundings_now
from .typed import TypedText, typed_targets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from wagtail.models import AbstractPage

    from ..models import Menu
    from ..navigation import MenuReferences
    from .addresses import AddressBook
    from .typed import TypedTargets
    from .visibility import PublicView


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMenu:
    """A menu's facts, and what they were made of."""

    facts: MenuFacts
    site_id: int
    pages: frozenset[int]
    """Ids of all pages that it names or shows, visible or not: when one changes, the menu may."""
    expiries: Mapping[int, datetime]
    """When pages that it may show go offline by themselves."""


def menus_found(menus: Sequence[Menu]) -> list[FoundMenu]:
    """Return what each of *menus*, with site and locale loaded, is made of. At most twelve queries, whatever their number."""
    around = surroundings_now()
    wanted = [find_menu_references(menu.items.get_prep_value()) for menu in menus]
    typed = typed_targets(
        [
            TypedText(addresses=each.addresses, site_id=menu.site_id)
            for menu, each in zip(menus, wanted, strict=True)
        ],
        around.book,
    )
    files = document_urls({pk for each in typed for pk in each.files.values()})
    named = {pk for each in wanted for pk in each.pages | each.parents}
    named |= {pk for each in typed for pk in each.pages.values()}
    chosen = around.view.shown(page_model().objects.filter(pk__in=named))
    locales = {menu.locale_id for menu in menus}
    pages = _Pages(
        {page.pk: page for page in chosen},
        translations_for(chosen, locales, around.view),
    )
    parents = [
        pages.local(pk, menu.locale_id)
        for menu, each in zip(menus, wanted, strict=True)
        for pk in each.parents
    ]
    pages.add_children([page for page in parents if page is not None], around.view)
    return [
        _found(menu, references, targets, files, pages, around.book)
        for menu, references, targets in zip(menus, wanted, typed, strict=True)
    ]


class _Pages:
    """The public pages that menus name."""

    def __init__(
        self,
        by_id: Mapping[int, AbstractPage],
        translations: Mapping[tuple[UUID, int], AbstractPage],
    ) -> None:
        self.by_id = by_id
        self.translations = translations
        self.children: dict[int, list[AbstractPage]] = defaultdict(list)

    def local(self, page_id: int, locale_id: int) -> AbstractPage | None:
        """Return the page in the language, or else as it was chosen; None when it is hidden."""
        page = self.by_id.get(page_id)
        if page is None:
            return None
        return self.translations.get((page.translation_key, locale_id), page)

    def add_children(self, parents: Sequence[AbstractPage], view: PublicView) -> None:
        """Find the pages that are shown below *parents*."""
        if not parents:
            return
        below = Q()
        for parent in parents:
            below |= Q(path__startswith=parent.path, depth=parent.depth + 1)
        by_path = {parent.path: parent.pk for parent in parents}
        found = page_model().objects.filter(below)
        if hasattr(
            page_model(), "show_in_menus"
        ):  # A site's own base page may lack it.
            found = found.filter(show_in_menus=True)
        for page in view.shown(found.order_by("path")):
            self.children[by_path[page.path[: -page.steplen]]].append(page)


def _found(
    menu: Menu,
    references: MenuReferences,
    typed: TypedTargets,
    files: Mapping[int, str],
    pages: _Pages,
    book: AddressBook,
) -> FoundMenu:
    locale = menu.locale_id
    named = references.pages | references.parents | set(typed.pages.values())
    local = {pk: pages.local(pk, locale) for pk in named}
    chosen = {pk: page for pk, page in local.items() if page is not None}
    below = {
        pk: pages.children[chosen[pk].pk] for pk in references.parents if pk in chosen
    }
    seen = [*chosen.values(), *(page for each in below.values() for page in each)]
    language = menu.locale.language_code
    with translation.override(language):
        targets = {
            page.pk: target
            for page in seen
            if (target := _target(page, menu.site_id, book)) is not None
        }
    facts = MenuFacts(
        id=menu.pk,
        key=menu.key,
        site=site_label(menu.site),
        locale=language,
        title=menu.title,
        items=menu.items.get_prep_value(),
        targets={
            pk: targets[page.pk] for pk, page in chosen.items() if page.pk in targets
        },
        addresses=typed.pages,
        files={href: files.get(pk) for href, pk in typed.files.items()},
        below={
            pk: tuple(targets[page.pk] for page in each if page.pk in targets)
            for pk, each in below.items()
        },
    )
    return FoundMenu(
        facts=facts,
        site_id=menu.site_id,
        pages=named | {page.pk for page in seen},
        expiries={page.pk: page.expire_at for page in seen if page.expire_at},
    )


def _target(page: AbstractPage, site_id: int, book: AddressBook) -> MenuTarget | None:
    address = book.address(page)
    if address is None:
        return None
    return MenuTarget(
        link=PageLink(
            id=page.pk,
            title=page.title,
            path=address.path,
            url=address.url,
            locale=book.locales.get(page.locale_id, settings.LANGUAGE_CODE),
        ),
        href=address.path if address.site_id == site_id else address.url,
    )
