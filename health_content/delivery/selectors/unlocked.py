"""Pages behind a password, for those who gave it: found and built at the moment they are asked for.

They have no row in the read model, which holds what is public. What guards a page is asked anew by every request, so a
changed password, another restriction or a move counts at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote

from django.conf import settings
from django.db.models import Q
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from ...abstract import DocumentMixin
from ...compat import page_model
from ...document import build_document
from ...selectors import page_facts, surroundings_now
from ...selectors.addresses import AddressBook
from ...selectors.visibility import PublicView
from ...services.publication import publication_newest
from ..paths import path_key
from ..unlock_tokens import Unlock, is_password, password_trace, unlock_read
from .redirects import place_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from wagtail.models import AbstractPage, Site

    from ...document_facts import JsonObject
    from .documents import Place

AUDIENCE = "password"
# Pages of one slug below the opened restrictions: more are not looked through for a path.
MAX_CANDIDATES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockedDocument:
    """A document for those who gave its password."""

    page_id: int
    locale: str
    document: JsonObject


PasswordMatch: TypeAlias = "tuple[AbstractPage | None, Mapping[int, str]]"


def passwords_matched(page_id: int, password_raw: str) -> PasswordMatch:
    """Return the published page, and those restrictions on it and above it whose password is *password_raw*.

    The page is None when there is no match. Two queries, whether or not there is such a page or such a restriction, and
    one comparison for each password of the site: how long it takes tells nothing.
    """
    page = page_model().objects.filter(pk=page_id, live=True).first()
    guards = _guards_matched(password_raw)
    matches = {} if page is None else _traces(guards, page)
    if page is None or not matches or not _is_published(page):
        return None, {}
    return page, matches


def passwords_matched_at(place: Place, password_raw: str) -> PasswordMatch:
    """Return the published page that lives at *place*, and those restrictions on it and above it whose password is *password_raw*.

    The page is None when there is no match. Pages are looked for below what the password guards alone, so a wrong one
    takes as long for every path: it tells of none.
    """
    guards = _guards_matched(password_raw)
    for page in _pages_at(place, frozenset(guard.pk for guard in guards)):
        if _is_published(page):
            return page, _traces(guards, page)
    return None, {}


def unlock_by_token(bearer: str, *, now: datetime) -> Unlock | None:
    """Return what *bearer* opens at *now*; None when it is not good, or one of its passwords is no longer the one given.

    At most one query.
    """
    unlock = unlock_read(bearer, now=int(now.timestamp()))
    if unlock is None:
        return None
    guards = PageViewRestriction.objects.filter(
        pk__in=unlock.restriction_ids, restriction_type=PageViewRestriction.PASSWORD
    )
    current = {guard.pk: password_trace(guard) for guard in guards}
    return unlock if current == dict(unlock.keys) else None


def unlocked_document(
    page_id: int, unlock: Unlock, *, document_type: str | None = None
) -> UnlockedDocument | None:
    """Return the document of the page, when *unlock* opens all that guards it."""
    page = page_model().objects.filter(pk=page_id, live=True).first()
    return _document(page, unlock, document_type)


def unlocked_at(place: Place, unlock: Unlock) -> UnlockedDocument | None:
    """Return the document that lives at *place*, when *unlock* opens all that guards it."""
    for page in _pages_at(place, unlock.restriction_ids):
        found = _document(page, unlock, None)
        if found is not None:
            return found
    return None


def is_open(page: AbstractPage, unlock: Unlock) -> bool:
    """Return whether *unlock* opens all that guards *page*, and *page* is guarded and published. Three queries at most."""
    guards = _guards(page)
    return bool(guards) and guards <= unlock.restriction_ids and _is_published(page)


def _document(
    page: AbstractPage | None, unlock: Unlock, document_type: str | None
) -> UnlockedDocument | None:
    if page is None or not is_open(page, unlock):
        return None
    specific = page.specific
    if not isinstance(specific, DocumentMixin):
        return None
    if document_type not in {None, specific.document_type}:
        return None
    surroundings = surroundings_now()
    record = publication_newest(page.pk)
    if surroundings.book.address(specific) is None or record is None:
        return None
    facts = page_facts(specific, surroundings)
    document = build_document(
        replace(
            facts,
            version=record.number,
            audience=AUDIENCE,
            gate_status=str(record.gate.get("status", "unchecked")),
            content_digest=record.content_digest,
        )
    )
    return UnlockedDocument(
        page_id=page.pk, locale=facts.locale, document=document | {"replies": None}
    )


def _guards(page: AbstractPage) -> frozenset[int]:
    """Return the ids of the restrictions on *page* and above it. One query."""
    guards = PageViewRestriction.objects.order_by().values_list("pk", "page__path")
    return frozenset(pk for pk, path in guards if page.path.startswith(path))


def _is_published(page: AbstractPage) -> bool:
    """Return whether *page* would be public without its restrictions."""
    return bool(PublicView(now=timezone.now(), private_paths=()).shown([page]))


def _guards_matched(password_raw: str) -> list[PageViewRestriction]:
    """Return the restrictions with this password. One query, and one comparison for each password there is."""
    guards = PageViewRestriction.objects.filter(
        restriction_type=PageViewRestriction.PASSWORD
    )
    return [
        guard
        for guard in guards.select_related("page").order_by("pk")
        if is_password(guard, password_raw)
    ]


def _traces(
    guards: Iterable[PageViewRestriction], page: AbstractPage
) -> Mapping[int, str]:
    """Return those of *guards* that guard *page*, as a bearer holds them."""
    return {
        guard.pk: password_trace(guard)
        for guard in guards
        if page.path.startswith(guard.page.path)
    }


def _pages_at(place: Place, restriction_ids: frozenset[int]) -> list[AbstractPage]:
    """Return the live pages at *place* that one of the restrictions guards, the best first."""
    site = place_site(place)
    if site is None:
        return []
    book, key = AddressBook(), path_key(place.path)
    here: list[tuple[bool, int, AbstractPage]] = []
    for page in _candidates(place, site, restriction_ids):
        locale = book.locales.get(page.locale_id, settings.LANGUAGE_CODE)
        with translation.override(locale):
            address = book.address(page)
        is_there = address is not None and (
            address.site_id == site.pk and path_key(address.path) == key
        )
        if is_there and place.locale in {None, locale}:
            here.append((locale != settings.LANGUAGE_CODE, page.pk, page))
    return [page for _, _, page in sorted(here, key=lambda entry: entry[:2])]


def _candidates(
    place: Place, site: Site, restriction_ids: frozenset[int]
) -> list[AbstractPage]:
    """Return the live pages that may be at the place: those below the restrictions, by slug, and the homes of the site.

    Two queries, with restrictions or without.
    """
    nothing = 0  # An id that no row has: Django would not ask for one of none.
    roots = PageViewRestriction.objects.filter(pk__in=restriction_ids | {nothing})
    below = Q(pk=nothing)
    for path in roots.values_list("page__path", flat=True):
        below |= Q(path__startswith=path)
    slug = unquote(place.path).rstrip("/").rpartition("/")[2]
    home = Q(translation_key=site.root_page.translation_key)
    pages = page_model().objects.filter(below, Q(slug=slug) | home, live=True)
    return list(pages.order_by("pk")[:MAX_CANDIDATES])
