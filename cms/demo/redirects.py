"""The short addresses of the demonstration's pages, as leaflets print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .content import RedirectText


def redirects_ensure(
    texts: Iterable[RedirectText], *, pages: Mapping[tuple[str, str], int]
) -> None:
    """Make the redirects that are missing; *pages* are ids by (locale, key or slug).

    Raises:
        KeyError: a redirect names a page that is not there.
    """
    site = Site.objects.get(is_default_site=True)
    for text in texts:
        Redirect.objects.get_or_create(
            site=site,
            old_path=Redirect.normalise_path(text.path),
            defaults={"redirect_page_id": pages[text.locale, text.page]},
        )
