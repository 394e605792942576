"""Where pages live: site, path and URL of many pages at once, without a query for each."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING

from django.conf import settings
from wagtail.models import Locale, Site

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wagtail.models import AbstractPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A page's place on a site."""

    site_id: int
    site: str
    """Host name, with the port when it is not a standard one."""
    path: str
    url: str


class AddressBook:
    """The sites and locales as they are now; answers for any page without a query.

    Wagtail keeps site roots in the cache for an hour, each process its own with a local cache; what is published must
    not depend on which process published it, so they are read anew. Cost of making one: three queries.
    """

    def __init__(self) -> None:
        Site.clear_site_root_paths_cache()
        self._roots: Sequence[tuple[int, str, str, str]] = Site.get_site_root_paths()
        # `Page.get_url_parts` looks for this attribute on what it takes for a request.
        self._holder = SimpleNamespace(_wagtail_cached_site_root_paths=self._roots)
        self.locales: Mapping[int, str] = dict(
            Locale.objects.order_by().values_list("pk", "language_code")
        )

    def address(self, page: AbstractPage) -> Address | None:
        """Return where *page* lives, None when no site contains it.

        Without Wagtail's own page routes (a headless host) the path is the page's place below the site's root page.
        """
        parts = page.get_url_parts(request=self._holder)
        if parts is None:
            return None
        site_id, root_url, path = parts
        if path is None:
            root_url, path = self._headless_path(page, site_id)
        return Address(
            site_id=site_id,
            site=root_url.partition("://")[2],
            path=path,
            url=root_url + path,
        )

    def _headless_path(self, page: AbstractPage, site_id: int) -> tuple[str, str]:
        _, root_path, root_url, language = next(
            root
            for root in self._roots
            if root[0] == site_id and page.url_path.startswith(root[1])
        )
        prefix = "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
        return root_url, prefix + page.url_path[len(root_path) :]
