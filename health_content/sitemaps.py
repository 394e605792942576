"""The site's map for search engines: the addresses that the public may know of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.contrib.sitemaps import Sitemap

from .selectors.reviews import pages_unindexed
from .selectors.visibility import pages_shown

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet


class PublicSitemap(Sitemap):
    """Wagtail's map without pages that were never published, have expired, or ask search engines to leave them out."""

    def items(self) -> PageQuerySet:
        """Return the public pages of the request's site, in the tree's order."""
        shown = pages_shown(super().items())
        unindexed = pages_unindexed(shown, self.get_wagtail_site().pk)
        return shown.exclude(pk__in=unindexed) if unindexed else shown
