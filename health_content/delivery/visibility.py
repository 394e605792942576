"""The one place that answers whether the public may see a page.

`page_is_public` decides whether a page gets a row in the read model. The row alone is not enough to answer a request:
each read joins the page's own row too (`PAGE_IS_LIVE_SQL`, `documents_public`), so that a page taken offline by
`QuerySet.update(live=False)`, or past its expiry before the schedule ran, is gone at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from ..selectors.addresses import AddressBook
from ..selectors.visibility import public_view
from .models import PublishedDocument

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet
    from wagtail.models import AbstractPage

    from ..selectors import Surroundings

# For the alias `p` of the page table; the one argument is now.
PAGE_IS_LIVE_SQL = "p.live AND (p.expire_at IS NULL OR p.expire_at > %s)"


def page_is_public(page: AbstractPage, surroundings: Surroundings) -> bool:
    """Return whether the public may see *page*: live, not expired, unrestricted with all above it, and on a site."""
    return surroundings.view.shows(page) and surroundings.book.address(page) is not None


def place_is_public(page: AbstractPage, parent: AbstractPage) -> bool:
    """Return whether the public may see anything below *parent*, where *page* goes: unrestricted, and on a site.

    A site's own root page is on it wherever it stands. Four queries at most.
    """
    if parent.path.startswith(public_view().private_paths):
        return False
    return AddressBook().address(parent) is not None or page.is_site_root()


def documents_public(now: datetime) -> QuerySet[PublishedDocument]:
    """Return the documents that the public may see at *now*."""
    return PublishedDocument.objects.filter(
        Q(page__expire_at=None) | Q(page__expire_at__gt=now), page__live=True
    )
