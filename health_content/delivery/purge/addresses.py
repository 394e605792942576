"""The addresses at which caches may hold a document: for those that know no tags."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from django.urls import NoReverseMatch, reverse

from ..models import PublishedDocument

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COLLECTIONS = {"article": "articles", "faq": "faqs"}


def document_urls(
    rows: Iterable[PublishedDocument], parents: Mapping[int, int]
) -> list[str]:
    """Return the addresses of the documents: the page's own and those of the API, at the page's site.

    The page above, as *parents* has it, is among them: it lists its children. A query without parameters is all that an
    address can name; other pages of lists live until they expire. One query.
    """
    shown = list(rows)
    above = PublishedDocument.objects.filter(
        page_id__in={parents[row.page_id] for row in shown if row.page_id in parents}
    )
    urls = {page_url(row) for row in above}
    root = mount_path()
    for row in shown:
        url = page_url(row)
        urls.add(url)
        if root is not None:
            urls.update(_api_urls(row, url, root))
    return sorted(urls)


def page_url(row: PublishedDocument) -> str:
    """Return the absolute address of the page: the first link of its header, which is the canonical one."""
    return row.link.partition("<")[2].partition(">")[0]


def mount_path() -> str | None:
    """Return the path of the content API, None where the site does not mount it."""
    try:
        return reverse("health_delivery:root")
    except NoReverseMatch:
        return None


def _api_urls(row: PublishedDocument, url: str, root: str) -> set[str]:
    parts = urlsplit(url)
    base = f"{parts.scheme}://{parts.netloc}{root}"
    found = {f"{base}resolve/?path={quote(row.path, safe='/')}"}
    for collection in {"pages", COLLECTIONS.get(row.type, "pages")}:
        found.add(f"{base}{collection}/")
        for end in ("/", "", ".md"):
            found.add(f"{base}{collection}/{row.page_id}{end}")
    return found
