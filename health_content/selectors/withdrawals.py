"""What is withdrawn now, and what the public is told about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.db.models import F, Q
from django.utils import translation

from ..compat import page_model
from ..document import timestamp
from ..models import Withdrawal
from .addresses import AddressBook
from .visibility import public_view

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from wagtail.models import AbstractPage

    from ..document_facts import JsonObject


def withdrawal_of_page(page_id: int) -> Withdrawal | None:
    """Return the withdrawal in force of the page, told to the public or not."""
    return Withdrawal.objects.filter(page_id=page_id, lifted_at=None).first()


def withdrawal_told(page_id: int, *, document_type: str | None) -> Withdrawal | None:
    """Return the withdrawal in force of the page that the public is told of, if it is of *document_type*."""
    found = _told().filter(page_id=page_id)
    if document_type is not None:
        found = found.filter(document_type=document_type)
    return found.first()


def withdrawal_at(site_id: int, path: str) -> Withdrawal | None:
    """Return the told withdrawal in force of what was at *path*, with or without its last slash, or what is redirected to.

    One query, and one more where no withdrawn page was.
    """
    there = _told().filter(site_id=site_id, path=f"{path.rstrip('/')}/")
    found = there.exclude(path="").first()
    if found is not None or not apps.is_installed("wagtail.contrib.redirects"):
        return found
    from wagtail.contrib.redirects.models import Redirect

    redirects = Redirect.objects.filter(
        Q(site=site_id) | Q(site=None), old_path=Redirect.normalise_path(path)
    )
    # A site's own redirect comes before one of all sites, as in Wagtail.
    first = redirects.order_by(F("site").desc(nulls_last=True))
    return _told().filter(page_id__in=first.values("redirect_page_id")[:1]).first()


def withdrawals_of_pages(page_ids: Iterable[int]) -> dict[int, Withdrawal]:
    """Return the withdrawals in force of the pages that the public is told of, by page. One query."""
    found = _told().filter(page_id__in=list(page_ids))
    return {withdrawal.page_id: withdrawal for withdrawal in found}


def _told() -> QuerySet[Withdrawal]:
    return Withdrawal.objects.filter(lifted_at=None, is_public=True)


def withdrawal_statements(
    withdrawals: Iterable[Withdrawal],
) -> dict[int, JsonObject]:
    """Return what the public is told of each of *withdrawals*, by page.

    `at`, `reason`, `severity`, and `replacement`: the path (the URL, on another site) of a public page, or null. The
    number of queries does not grow with the withdrawals.
    """
    found = list(withdrawals)
    replacements = withdrawal_replacements(found)
    return {
        withdrawal.page_id: {
            "at": timestamp(withdrawal.withdrawn_at),
            "reason": withdrawal.reason,
            "severity": str(withdrawal.severity),
            "replacement": replacements.get(withdrawal.page_id),
        }
        for withdrawal in found
    }


def may_replace(page: AbstractPage) -> bool:
    """Return whether the public has somewhere to go at *page* now: the rule of `replacement_locations`."""
    with translation.override(settings.LANGUAGE_CODE):
        has_address = AddressBook().address(page) is not None
    return has_address and bool(public_view().shown([page]))


def withdrawal_replacements(withdrawals: Iterable[Withdrawal]) -> dict[int, str]:
    """Return where to go instead of each withdrawn page, by page; left out where the public has nowhere to go."""
    found = list(withdrawals)
    locations = replacement_locations(found)
    return {w.page_id: locations[w.pk] for w in found if w.pk in locations}


def replacement_locations(withdrawals: Iterable[Withdrawal]) -> dict[int, str]:
    """Return the same by withdrawal, of which a page may have several. The queries do not grow with their number."""
    wanted = [w for w in withdrawals if w.replacement_id is not None]
    if not wanted:
        return {}
    targets = page_model().objects.filter(pk__in={w.replacement_id for w in wanted})
    with translation.override(settings.LANGUAGE_CODE):
        book = AddressBook()
        shown = {page.pk: book.address(page) for page in public_view().shown(targets)}
    found: dict[int, str] = {}
    for withdrawal in wanted:
        address = shown.get(withdrawal.replacement_id)
        if address is not None:
            is_here = address.site_id == withdrawal.site_id
            found[withdrawal.pk] = address.path if is_here else address.url
    return found
