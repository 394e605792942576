"""What is withdrawn now, and what the public is told about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation

from ..compat import page_model
from ..document import timestamp
from ..models import Withdrawal
from .addresses import AddressBook
from .visibility import public_view

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..document_facts import JsonObject


def withdrawal_of_page(
    page_id: int, *, document_type: str | None = None
) -> Withdrawal | None:
    """Return the withdrawal in force of the page, if it is of *document_type*."""
    found = Withdrawal.objects.filter(page_id=page_id, lifted_at=None)
    if document_type is not None:
        found = found.filter(document_type=document_type)
    return found.first()


def withdrawal_at(site_id: int, path: str) -> Withdrawal | None:
    """Return the newest withdrawal in force of what was at *path*, with or without its last slash."""
    path = f"{path.rstrip('/')}/"
    return (
        Withdrawal.objects.filter(site_id=site_id, path=path, lifted_at=None)
        .exclude(path="")
        .first()
    )


def withdrawals_of_pages(page_ids: Iterable[int]) -> dict[int, Withdrawal]:
    """Return the withdrawals in force of the pages, by page. One query."""
    found = Withdrawal.objects.filter(page_id__in=list(page_ids), lifted_at=None)
    return {withdrawal.page_id: withdrawal for withdrawal in found}


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


def withdrawal_replacements(withdrawals: Iterable[Withdrawal]) -> dict[int, str]:
    """Return where to go instead of each withdrawn page, by page; left out where the public has nowhere to go."""
    wanted = {w.page_id: w for w in withdrawals if w.replacement_id is not None}
    if not wanted:
        return {}
    targets = page_model().objects.filter(
        pk__in={withdrawal.replacement_id for withdrawal in wanted.values()}
    )
    with translation.override(settings.LANGUAGE_CODE):
        book = AddressBook()
        shown = {page.pk: book.address(page) for page in public_view().shown(targets)}
    found: dict[int, str] = {}
    for page_id, withdrawal in wanted.items():
        address = shown.get(withdrawal.replacement_id)
        if address is not None:
            is_here = address.site_id == withdrawal.site_id
            found[page_id] = address.path if is_here else address.url
    return found
