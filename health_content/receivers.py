"""Signals of Django and Wagtail that the content part listens to. Wiring only."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db.models.signals import (
    m2m_changed,
    post_delete,
    post_save,
    pre_delete,
    pre_save,
)
from django.dispatch import receiver
from modelsearch.index import remove_object
from wagtail.images import get_image_model
from wagtail.models import Revision
from wagtail.signal_handlers import update_reference_index_on_save

from .abstract import DocumentMixin
from .actors import actor_active
from .after_commit import after_commit
from .compat import page_model
from .image_files import spec_format
from .models import DisclaimerSnippet
from .models.library import LibrarySnippet
from .services.disclaimers import disclaimer_guard_delete
from .services.library import library_guard_delete
from .services.publication import publication_close
from .services.publishable import (
    BASE_FIELDS,
    page_guard_base,
    revision_guard_schedule,
)
from .services.renditions import (
    rendition_drop,
    renditions_renew,
    renditions_request,
)
from .topic_field import is_of_topics

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model
    from wagtail.images.models import AbstractImage, AbstractRendition
    from wagtail.models import AbstractPage


@receiver(
    pre_delete,
    sender=DisclaimerSnippet,
    dispatch_uid="health_content.disclaimer_guard_delete",
)
def guard_disclaimer(instance: DisclaimerSnippet, **_kwargs: object) -> None:
    """Refuse to delete a disclaimer in use: the reference in a page's JSON has no on_delete of its own."""
    disclaimer_guard_delete(instance)


@receiver(pre_delete, dispatch_uid="health_content.library_guard_delete")
def guard_library(instance: Model, **_kwargs: object) -> None:
    """Refuse to delete an entry of the library that is in use."""
    if isinstance(instance, LibrarySnippet):
        library_guard_delete(instance)


@receiver(pre_save, sender=page_model(), dispatch_uid="health_content.guard_base")
def guard_base_page(
    instance: AbstractPage,
    *,
    raw: bool = False,
    update_fields: Iterable[str] | None = None,
    **_kwargs: object,
) -> None:
    """Ask the gate when the base row of a live page is saved: its own class is not asked then."""
    asked = {"live", *BASE_FIELDS}
    is_about_words = update_fields is None or not asked.isdisjoint(update_fields)
    if instance.live and instance.pk and is_about_words and not raw:
        page_guard_base(instance)


@receiver(pre_save, sender=Revision, dispatch_uid="health_content.guard_schedule")
def guard_schedule(
    instance: Revision,
    *,
    raw: bool = False,
    update_fields: Iterable[str] | None = None,
    **_kwargs: object,
) -> None:
    """Ask the gate when a publication is planned: Wagtail may plan one without saving the page."""
    is_planned = update_fields is None or "approved_go_live_at" in update_fields
    if instance.approved_go_live_at is not None and is_planned and not raw:
        revision_guard_schedule(instance)


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


@receiver(m2m_changed, dispatch_uid="health_content.topics_index")
def index_topics(
    sender: type[Model], instance: Model, action: str, **_kwargs: object
) -> None:
    """Note who uses a topic: Wagtail does so when a page is saved, a moment before the page's topics are."""
    if action.startswith("post_") and is_of_topics(instance, sender):
        update_reference_index_on_save(instance)


@receiver(
    post_save, sender=get_image_model(), dispatch_uid="health_content.renditions_make"
)
def follow_image(
    instance: AbstractImage, *, raw: bool = False, **_kwargs: object
) -> None:
    """Have the files of a new or replaced image made, so that publishing finds them ready."""
    if not raw:
        after_commit(partial(renditions_renew, instance.pk))


@receiver(
    post_delete,
    sender=get_image_model().get_rendition_model(),
    dispatch_uid="health_content.renditions_again",
)
def follow_rendition(instance: AbstractRendition, **_kwargs: object) -> None:
    """Make a deleted file again, unless its image went with it: documents name it."""
    if spec_format(instance.filter_spec):
        after_commit(partial(renditions_request, [instance.image_id], is_changed=True))


@receiver(
    post_delete, sender=get_image_model(), dispatch_uid="health_content.renditions_drop"
)
def forget_image(instance: AbstractImage, **_kwargs: object) -> None:
    """Drop what is noted about a deleted image."""
    rendition_drop(instance.pk)
