"""Health pages in the admin's lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import AbstractPage

from ..abstract import DocumentMixin
from ..services.publishable import publication_faults_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse


def refuse_bulk_publication(
    request: HttpRequest,
    objects: Sequence[Model],
    next_url: str,
    *,
    with_drafts_below: bool = False,
) -> HttpResponse | None:
    """Go to *next_url* with the reasons if a page of *objects*, in its newest revision, cannot go live; else None.

    *with_drafts_below* is asked of the unpublished pages below them, too, which Wagtail publishes with them.
    """
    pages = [page for page in objects if isinstance(page, AbstractPage)]
    if with_drafts_below:
        pages += [below for page in pages for below in _drafts_below(page, request)]
    drafts = [page.get_latest_revision_as_object() for page in pages]
    refused = {
        f"{draft}: {fault}"
        for draft in drafts
        if isinstance(draft, DocumentMixin)
        for fault in publication_faults_of(draft)
    }
    for reason in sorted(refused):
        messages.error(request, reason)
    return redirect(next_url) if refused else None


def _drafts_below(page: AbstractPage, request: HttpRequest) -> Iterator[AbstractPage]:
    """Yield the unpublished pages below *page* that the user may publish: those that Wagtail publishes with it."""
    for below in page.get_descendants().not_live().specific():
        if below.permissions_for_user(request.user).can_publish():
            yield below
