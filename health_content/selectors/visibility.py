"""Which pages the public may see: asked once for many pages, in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from wagtail.models import PageViewRestriction

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from django.db.models import QuerySet
    from wagtail.models import AbstractPage
    from wagtail.query import PageQuerySet

    from ..models import PublicationRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicView:
    """What the public may see at one moment."""

    now: datetime
    private_paths: tuple[str, ...]
    """Tree paths at which a view restriction begins; everything below is private too."""

    def shows(self, page: AbstractPage) -> bool:
        """Return whether *page* is live, has not expired and has no restriction on itself or above."""
        if not page.live or (page.expire_at is not None and page.expire_at <= self.now):
            return False
        return not page.path.startswith(self.private_paths)

    def shown(self, pages: Iterable[AbstractPage]) -> list[AbstractPage]:
        """Return those of *pages* that the public may see, in their order. One query.

        A page that is a document has to be on record, too: a row made live by `QuerySet.update` was never published.
        """
        live = [page for page in pages if self.shows(page)]
        kinds = _document_types()
        documents = [page.pk for page in live if page.content_type_id in kinds]
        recorded = pages_on_record(documents)
        return [p for p in live if p.content_type_id not in kinds or p.pk in recorded]


def public_view() -> PublicView:
    """Return what the public may see now. One query."""
    paths = PageViewRestriction.objects.order_by().values_list("page__path", flat=True)
    return PublicView(now=timezone.now(), private_paths=tuple(set(paths)))


def pages_shown(pages: PageQuerySet) -> PageQuerySet:
    """Return those of *pages* that the public may see, still to be read: the rule of `PublicView.shown` in SQL.

    For lists that are cut, or too long to be read whole. One query, for the restrictions.
    """
    on_record = Exists(_public_records().filter(page_id=OuterRef("pk")))
    is_plain = ~Q(content_type__in=_document_types())
    has_time = Q(expire_at=None) | Q(expire_at__gt=timezone.now())
    return pages.live().public().filter(has_time, is_plain | Q(on_record))


def page_is_published(page: AbstractPage) -> bool:
    """Return whether *page* is live, has not expired and, if it is a document, is on record. One query.

    Restrictions are not asked for: a page behind a login is published to those who may log in.
    """
    view = PublicView(now=timezone.now(), private_paths=())
    return bool(view.shown([page]))


def pages_on_record(page_ids: Collection[int]) -> frozenset[int]:
    """Return those of *page_ids* whose newest publication record says that they are public. One query, none without ids."""
    if not page_ids:
        return frozenset()
    public = _public_records().filter(page_id__in=page_ids)
    return frozenset(public.values_list("page_id", flat=True))


def _public_records() -> QuerySet[PublicationRecord]:
    """Return the newest record of each page that is public by it."""
    records = apps.get_model("health_content", "PublicationRecord").objects
    newer = records.filter(page_id=OuterRef("page_id"), number__gt=OuterRef("number"))
    return records.filter(~Exists(newer)).exclude(reason="unpublish").order_by()


def _document_types() -> frozenset[int]:
    """Return the ids of the content types whose pages are documents. No query once Django has cached them."""
    # The mixin's module imports selectors.
    from ..abstract import DocumentMixin

    models = [model for model in apps.get_models() if issubclass(model, DocumentMixin)]
    types = ContentType.objects.get_for_models(*models, for_concrete_models=False)
    return frozenset(content_type.pk for content_type in types.values())
