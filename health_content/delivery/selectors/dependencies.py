"""Which documents are made of something, or stand near it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from ...compat import page_model
from ..models import DocumentTag, PublishedDocument

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from wagtail.models import AbstractPage

# Databases limit the number of arguments of a statement; SQLite's limit was 999 for long.
CHUNK = 500


def documents_depending_on(tags: Iterable[str]) -> list[int]:
    """Return the ids of the pages whose documents are made of something tagged *tags*."""
    wanted = list(tags)
    found: dict[int, None] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = DocumentTag.objects.filter(tag__in=wanted[start : start + CHUNK])
        found.update(dict.fromkeys(rows.values_list("document_id", flat=True)))
    return list(found)


def documents_of_locale(locale: str) -> list[int]:
    """Return the ids of the pages with a document in *locale*."""
    rows = PublishedDocument.objects.filter(locale=locale)
    return list(rows.values_list("page_id", flat=True))


def translations_of(pages: QuerySet[AbstractPage]) -> list[int]:
    """Return the ids of the live pages that are *pages* in another language."""
    keys = list(pages.order_by().values_list("translation_key", flat=True))
    rows = page_model().objects.filter(translation_key__in=keys, live=True)
    return list(rows.values_list("pk", flat=True))


def pages_below(pages: QuerySet[AbstractPage]) -> list[int]:
    """Return the ids of the live pages below *pages*."""
    paths = list(pages.order_by().filter(numchild__gt=0).values_list("path", "depth"))
    if not paths:
        return []
    condition = Q()
    for path, depth in paths:
        condition |= Q(path__startswith=path, depth__gt=depth)
    rows = page_model().objects.filter(condition, live=True)
    return list(rows.order_by("path").values_list("pk", flat=True))
