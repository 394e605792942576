"""What changes documents, connected to the services that follow the change. After the commit, but for hiding."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    AbstractPage,
    CollectionViewRestriction,
    PageViewRestriction,
    Revision,
    Site,
)
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from ..abstract import DocumentMixin
from ..actors import System
from ..compat import page_model
from ..models import DisclaimerSnippet, PublicationReason
from ..services.publication import publication_close
from ..signals import document_recorded, page_withdrawn
from .models import DocumentTag, PublishedDocument
from .selectors.dependencies import (
    documents_depending_on,
    documents_of_locale,
    pages_below,
)
from .services import dependent_pages, documents_hide, documents_refresh

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from ..models import PublicationRecord, Withdrawal

DISCLAIMER_FIELDS = frozenset(
    {"applies_to_all", "body", "expire_at", "key", "kind", "live", "locale", "placement", "title"}
)  # fmt: skip


def connect() -> None:
    """Connect the receivers. Called once, when the application is ready."""
    document_recorded.connect(_on_record)
    page_withdrawn.connect(_on_withdrawal)
    page_published.connect(_on_page_changed)
    page_slug_changed.connect(_on_page_changed)
    page_unpublished.connect(_on_page_changed)
    post_page_move.connect(_on_page_moved)
    post_save.connect(_on_other_page_saved)
    pre_delete.connect(_on_page_deleted)
    for signal in (post_save, post_delete):
        signal.connect(_on_restriction, sender=PageViewRestriction)
        signal.connect(_on_collection_restriction, sender=CollectionViewRestriction)
        signal.connect(_on_site, sender=Site)
    post_save.connect(_on_disclaimer_saved, sender=DisclaimerSnippet)
    post_save.connect(_on_revision_saved, sender=Revision)
    for model in (get_image_model(), get_document_model()):
        post_save.connect(_on_media, sender=model)
    for model in (get_image_model(), get_document_model(), DisclaimerSnippet):
        pre_delete.connect(_on_media, sender=model)


def _later(page_ids: Iterable[int], *, with_dependents: bool = False) -> None:
    identifiers = list(page_ids)
    if identifiers:
        transaction.on_commit(
            partial(documents_refresh, identifiers, with_dependents=with_dependents)
        )


def _on_record(record: PublicationRecord, **_kwargs: object) -> None:
    # Records for this reason are made by the rebuild itself.
    if record.reason != PublicationReason.DEPENDENCY:
        _later([record.page_id])


def _on_withdrawal(withdrawal: Withdrawal, **_kwargs: object) -> None:
    # In the same transaction: nobody reads what was withdrawn. The rest follows as after every unpublishing.
    PublishedDocument.objects.filter(page_id=withdrawal.page_id).delete()
    _later([withdrawal.page_id], with_dependents=True)


def _on_page_changed(instance: AbstractPage, **_kwargs: object) -> None:
    if isinstance(instance, DocumentMixin) and instance.has_new_record:
        return  # The save before this signal did what there is to do, by its record.
    _later([instance.pk], with_dependents=not isinstance(instance, DocumentMixin))


def _on_page_moved(instance: AbstractPage, **_kwargs: object) -> None:
    moved = page_model().objects.filter(pk=instance.pk)
    _later([instance.pk, *pages_below(moved)], with_dependents=True)


def _on_other_page_saved(
    sender: type[Model], instance: Model, *, raw: bool = False, **_kwargs: object
) -> None:
    """Follow pages that are no documents themselves: documents link to them."""
    is_page = isinstance(instance, AbstractPage) and not isinstance(
        instance, DocumentMixin
    )
    if is_page and not raw and not issubclass(sender, DocumentMixin):
        _later([instance.pk], with_dependents=True)


def _on_page_deleted(instance: Model, **_kwargs: object) -> None:
    if isinstance(instance, AbstractPage):
        publication_close(
            instance, actor=System("delete"), reason=PublicationReason.UNPUBLISH
        )
        _later([instance.pk, *dependent_pages([instance.pk])])


def _on_restriction(instance: PageViewRestriction, **_kwargs: object) -> None:
    page = instance.page
    subtree = [page.pk, *pages_below(page_model().objects.filter(pk=page.pk))]
    # In the same transaction: at no moment is the restriction in force and the page readable.
    documents_hide(page.path)
    _later(subtree, with_dependents=True)


def _on_collection_restriction(**_kwargs: object) -> None:
    tags = DocumentTag.objects.filter(tag__startswith="document-")
    _later(set(tags.values_list("document_id", flat=True)))


def _on_site(**_kwargs: object) -> None:
    _later(_documents_everywhere())


def _on_disclaimer_saved(
    instance: DisclaimerSnippet,
    *,
    update_fields: Iterable[str] | None = None,
    **_kwargs: object,
) -> None:
    if update_fields is not None and DISCLAIMER_FIELDS.isdisjoint(update_fields):
        return
    affected = documents_depending_on([f"disclaimer-{instance.pk}"])
    if instance.applies_to_all and instance.live:
        affected += documents_of_locale(instance.locale.language_code)
    _later(affected)


def _on_revision_saved(
    instance: Revision, *, update_fields: Iterable[str] | None = None, **_kwargs: object
) -> None:
    """A schedule was made or dropped: caches must not keep the document beyond it."""
    if instance.approved_go_live_at is None and "approved_go_live_at" not in (
        update_fields or ()
    ):
        return
    if issubclass(instance.base_content_type.model_class() or object, AbstractPage):
        _later([int(instance.object_id)])


def _on_media(instance: Model, **_kwargs: object) -> None:
    kind = (
        "image"
        if isinstance(instance, get_image_model())
        else "disclaimer"
        if isinstance(instance, DisclaimerSnippet)
        else "document"
    )
    _later(documents_depending_on([f"{kind}-{instance.pk}"]))


def _documents_everywhere() -> list[int]:
    """Return the ids of all pages that have, or may get, a document."""
    with_document = PublishedDocument.objects.values_list("page_id", flat=True)
    live = page_model().objects.filter(live=True, depth__gt=1)
    return list(dict.fromkeys([*with_document, *live.values_list("pk", flat=True)]))
