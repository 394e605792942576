"""Signals of Django and Wagtail that the content part listens to. Wiring only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver
from modelsearch.index import remove_object

from .abstract import DocumentMixin
from .actors import actor_active
from .models import DisclaimerSnippet
from .services.disclaimers import disclaimer_guard_delete
from .services.publication import publication_close

if TYPE_CHECKING:
    from django.db.models import Model


@receiver(
    pre_delete,
    sender=DisclaimerSnippet,
    dispatch_uid="health_content.disclaimer_guard_delete",
)
def guard_disclaimer(instance: DisclaimerSnippet, **_kwargs: object) -> None:
    """Refuse to delete a disclaimer in use: the reference in a page's JSON has no on_delete of its own."""
    disclaimer_guard_delete(instance)


@receiver(pre_delete, dispatch_uid="health_content.publication_close")
def close_publication(instance: Model, **_kwargs: object) -> None:
    """Close the record of a page before it is deleted, by itself or with its parent."""
    if isinstance(instance, DocumentMixin):
        publication_close(instance, actor=actor_active("delete"), reason="unpublish")


@receiver(post_delete, dispatch_uid="health_content.search_index_remove")
def remove_from_search(instance: Model, **_kwargs: object) -> None:
    """Take a deleted page out of the search index; for these models Wagtail's search leaves that to us."""
    if isinstance(instance, DocumentMixin):
        remove_object(instance)
