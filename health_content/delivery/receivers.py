"""What changes documents, connected to the services that follow the change. After the commit, but for hiding."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from django.apps import apps
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
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
    pre_page_move,
)

from ..abstract import DocumentMixin, IndexMixin
from ..actors import System
from ..after_commit import after_commit
from ..compat import api_token_model, page_model
from ..disclaimer_rules import has_rules
from ..models import (
    ConflictDeclaration,
    Credential,
    DisclaimerSnippet,
    OrganizationSettings,
    PublicationReason,
    Topic,
)
from ..selectors.media import embed_hash
from ..selectors.pages import WAITING_DISCLAIMER
from ..services.publication import publication_close
from ..signals import (
    document_recorded,
    page_reviewed,
    page_withdrawn,
    renditions_changed,
)
from .library import LIBRARY, library_tags
from .models import DocumentTag, PublishedDocument
from .selectors.dependencies import (
    documents_depending_on,
    documents_of_locale,
    pages_below,
)
from .services import dependent_pages, documents_hide, documents_refresh
from .tokens import scope_forget
from .visibility import place_is_public

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model
    from wagtail.embeds.models import Embed
    from wagtail.models import APIToken

    from ..document_facts import Json
    from ..models import MedicalReview, PublicationRecord, Withdrawal

DISCLAIMER_FIELDS = frozenset(
    {"applies_to", "applies_to_all", "body", "expire_at", "key", "kind", "live", "locale", "placement", "title"}
)  # fmt: skip

# A save of these fields alone is a draft, a lock or a schedule.
LIBRARY_BOOKKEEPING = frozenset(
    {"has_unpublished_changes", "latest_revision", "locked", "locked_at", "locked_by"}
)
SECTION_FIELD = "section_disclaimers"

# What is being saved, and what it chose before for the pages below it.
_chosen: WeakKeyDictionary[Model, Json] = WeakKeyDictionary()


def connect() -> None:
    """Connect the receivers. Called once, when the application is ready."""
    document_recorded.connect(_on_record)
    page_withdrawn.connect(_on_withdrawal)
    page_reviewed.connect(_on_review)
    renditions_changed.connect(_on_renditions)
    page_published.connect(_on_page_changed)
    page_slug_changed.connect(_on_page_changed)
    page_unpublished.connect(_on_page_changed)
    pre_page_move.connect(_on_page_moves)
    post_page_move.connect(_on_page_moves)
    post_page_move.connect(_on_page_moved)
    post_save.connect(_on_other_page_saved)
    pre_save.connect(_before_section)
    post_save.connect(_on_section)
    pre_delete.connect(_on_page_deleted)
    pre_save.connect(_on_restriction_saved, sender=PageViewRestriction)
    post_save.connect(_on_restriction_saved, sender=PageViewRestriction)
    for signal in (post_save, post_delete):
        signal.connect(_on_restriction, sender=PageViewRestriction)
        signal.connect(_on_collection_restriction, sender=CollectionViewRestriction)
        signal.connect(_on_site, sender=Site)
    post_save.connect(_on_disclaimer_saved, sender=DisclaimerSnippet)
    post_save.connect(_on_revision_saved, sender=Revision)
    post_save.connect(_on_topic, sender=Topic)
    pre_delete.connect(_on_topic, sender=Topic)
    for model in (get_image_model(), get_document_model()):
        post_save.connect(_on_media, sender=model)
    for model in (get_image_model(), get_document_model(), DisclaimerSnippet):
        pre_delete.connect(_on_media, sender=model)
    for model in LIBRARY:
        post_save.connect(_on_library, sender=model)
        pre_delete.connect(_on_library, sender=model)
    for signal in (post_save, post_delete):
        signal.connect(_on_organization, sender=OrganizationSettings)
        for part in (Credential, ConflictDeclaration):
            signal.connect(_on_part_of_person, sender=part)
    if (token := api_token_model()) is not None:
        post_delete.connect(_on_token_deleted, sender=token)
    if apps.is_installed("wagtail.embeds"):
        embed_model = apps.get_model("wagtailembeds", "Embed")
        for signal in (post_save, post_delete):
            signal.connect(_on_embed, sender=embed_model)


def _later(page_ids: Iterable[int], *, with_dependents: bool = False) -> None:
    identifiers = list(page_ids)
    if identifiers:
        after_commit(
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


def _on_review(review: MedicalReview, **_kwargs: object) -> None:
    # Of what is live the document says when it was reviewed; a review of a draft changes nothing.
    aliases = page_model().objects.filter(alias_of_id=review.page_id)
    _later([review.page_id, *aliases.values_list("pk", flat=True)])


def _on_page_changed(instance: AbstractPage, **_kwargs: object) -> None:
    if isinstance(instance, DocumentMixin) and instance.has_new_record:
        return  # The save before this signal did what there is to do, by its record.
    _later([instance.pk], with_dependents=not isinstance(instance, DocumentMixin))


def _before_section(instance: Model, *, raw: bool = False, **_kwargs: object) -> None:
    """Note what a section chose for the pages below it, before it is saved."""
    if isinstance(instance, IndexMixin) and instance.pk and not raw:
        stored = type(instance)._base_manager.filter(pk=instance.pk)  # noqa: SLF001 - Django's documented name
        for chosen in stored.values_list(SECTION_FIELD, flat=True):
            _chosen[instance] = chosen.get_prep_value()


def _on_section(
    instance: Model,
    *,
    update_fields: Iterable[str] | None = None,
    **_kwargs: object,
) -> None:
    """Follow a section that chose other disclaimers: its own document says nothing of them, those below do."""
    before = _chosen.pop(instance, None)
    is_written = update_fields is None or SECTION_FIELD in update_fields
    if before is None or not is_written:
        return
    if before != getattr(instance, SECTION_FIELD).get_prep_value():
        pages = page_model().objects.filter(pk=instance.pk)
        after_commit(lambda: documents_refresh(pages_below(pages)))


def _on_page_moves(
    instance: AbstractPage, parent_page_after: AbstractPage, **_kwargs: object
) -> None:
    """Hide what goes where nobody may read it: before it is there, and again what somebody rebuilt meanwhile."""
    if not place_is_public(instance, parent_page_after):
        documents_hide(instance.path)


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


def _on_restriction_saved(
    instance: PageViewRestriction, *, raw: bool = False, **_kwargs: object
) -> None:
    """Hide what is restricted: before the restriction is there, and again what somebody rebuilt meanwhile.

    The admin saves it in no transaction, and at no moment must it be in force and the page readable.
    """
    if not raw:
        documents_hide(instance.page.path)


def _on_restriction(
    instance: PageViewRestriction, *, raw: bool = False, **_kwargs: object
) -> None:
    if not raw:
        below = pages_below(page_model().objects.filter(pk=instance.page_id))
        _later([instance.page_id, *below], with_dependents=True)


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
    is_general = instance.live and (instance.applies_to_all or instance.applies_to)
    _later(_showing(instance, is_general=bool(is_general)))


def _on_revision_saved(
    instance: Revision, *, update_fields: Iterable[str] | None = None, **_kwargs: object
) -> None:
    """A schedule was made or dropped: caches must not keep what it changes beyond it."""
    if instance.approved_go_live_at is None and "approved_go_live_at" not in (
        update_fields or ()
    ):
        return
    model = instance.base_content_type.model_class() or object
    if issubclass(model, AbstractPage):
        _later([int(instance.object_id)], with_dependents=True)
    elif model in LIBRARY:
        for entry in model._default_manager.filter(pk=instance.object_id):  # noqa: SLF001 - Django's documented name
            _later(documents_depending_on(library_tags(entry)))
    elif issubclass(model, DisclaimerSnippet):
        found = DisclaimerSnippet.objects.filter(pk=instance.object_id)
        will_be_general = instance.content.get("applies_to_all") or has_rules(
            instance.content.get("applies_to")
        )
        for disclaimer in found.select_related("locale"):
            is_general = disclaimer.applies_to_all or bool(disclaimer.applies_to)
            _later(_showing(disclaimer, is_general=is_general or will_be_general))


def _showing(disclaimer: DisclaimerSnippet, *, is_general: bool) -> list[int]:
    """Return the ids of the pages that show *disclaimer*, or will: also those for which a translation of it was chosen.

    *is_general* says that it may be on any page of its language, without anybody's choice.
    """
    group = DisclaimerSnippet.objects.filter(translation_key=disclaimer.translation_key)
    tags = [
        f"{kind}-{pk}"
        for pk in group.order_by().values_list("pk", flat=True)
        for kind in ("disclaimer", WAITING_DISCLAIMER)
    ]
    affected = documents_depending_on(tags)
    if is_general:
        affected += documents_of_locale(disclaimer.locale.language_code)
    return affected


def _on_topic(instance: Topic, **_kwargs: object) -> None:
    """Follow a topic in every language: a page shows it in its own, as soon as there is one."""
    group = Topic.objects.filter(translation_key=instance.translation_key)
    tags = [f"topic-{pk}" for pk in group.order_by().values_list("pk", flat=True)]
    _later(documents_depending_on(tags))


def _on_library(
    instance: Model,
    *,
    update_fields: Iterable[str] | None = None,
    **_kwargs: object,
) -> None:
    """Follow an entry of the library in every language; a draft of it changes nothing that is shown."""
    if update_fields is not None and LIBRARY_BOOKKEEPING.issuperset(update_fields):
        return
    _later(documents_depending_on(library_tags(instance)))


def _on_part_of_person(
    instance: Credential | ConflictDeclaration, **_kwargs: object
) -> None:
    _later(documents_depending_on([f"person-{instance.person_id}"]))


def _on_organization(**_kwargs: object) -> None:
    _later(_documents_everywhere())


def _on_media(instance: Model, **_kwargs: object) -> None:
    kind = (
        "image"
        if isinstance(instance, get_image_model())
        else "disclaimer"
        if isinstance(instance, DisclaimerSnippet)
        else "document"
    )
    _later(documents_depending_on([f"{kind}-{instance.pk}"]))


def _on_renditions(image_id: int, **_kwargs: object) -> None:
    _later(documents_depending_on([f"image-{image_id}"]))


def _on_embed(instance: Embed, **_kwargs: object) -> None:
    _later(documents_depending_on([f"embed-{embed_hash(instance.url)}"]))


def _documents_everywhere() -> list[int]:
    """Return the ids of all pages that have, or may get, a document."""
    with_document = PublishedDocument.objects.values_list("page_id", flat=True)
    live = page_model().objects.filter(live=True, depth__gt=1)
    return list(dict.fromkeys([*with_document, *live.values_list("pk", flat=True)]))


def _on_token_deleted(instance: APIToken, **_kwargs: object) -> None:
    scope_forget(instance.pk)
