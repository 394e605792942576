"""Health pages in the admin's lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import AbstractPage

from ..abstract import HealthPageMixin
from ..services.publishable import publication_faults_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse


def refuse_bulk_publication(
    request: HttpRequest, objects: Sequence[Model], next_url: str
) -> HttpResponse | None:
    """Go to *next_url* with the reasons if a page of *objects*, in its newest revision, cannot go live; else None."""
    pages = [page for page in objects if isinstance(page, AbstractPage)]
    drafts = [page.get_latest_revision_as_object() for page in pages]
    refused = {
        f"{draft}: {fault}"
        for draft in drafts
        if isinstance(draft, HealthPageMixin)
        for fault in publication_faults_of(draft)
    }
    for reason in sorted(refused):
        messages.error(request, reason)
    return redirect(next_url) if refused else None
