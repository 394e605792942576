"""What changes answers other than through the documents, connected to the outbox: in the transaction of the change."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from django.apps import apps
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.documents import get_document_model
from wagtail.models import (
    AbstractPage,
    CollectionViewRestriction,
    Locale,
    PageViewRestriction,
    Site,
)
from wagtail.signals import page_published, page_unpublished, post_page_move

from ...abstract import DocumentMixin
from ...compat import page_model
from ...models import DisclaimerSnippet, DisclaimerVersion, OrganizationSettings
from ...selectors.withdrawals import withdrawal_of_page
from ...signals import navigation_changed
from ..cache_tags import (
    DISCLAIMERS,
    REDIRECTS,
    SITES,
    children_tag,
    disclaimer_key_tag,
    home_tag,
    llms_tag,
    wording_tag,
)
from ..models import PublishedDocument
from ..receivers import DISCLAIMER_FIELDS
from ..selectors.dependencies import pages_below
from ..selectors.links_to import (
    tags_of_links_to,
    tags_of_redirect,
    wordings_naming_files,
)
from .outbox import caches_purge
from .purgers import purger_names
from .recording import removed_purge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model
    from wagtail.contrib.redirects.models import Redirect

# What is being saved, and how it was before: live, and by which key.
_known: WeakKeyDictionary[Model, tuple[bool, str] | None] = WeakKeyDictionary()


def connect() -> None:
    """Connect the receivers. Called once, when the application is ready."""
    pre_delete.connect(_on_document_removed, sender=PublishedDocument)
    pre_save.connect(_before_disclaimer, sender=DisclaimerSnippet)
    post_save.connect(_on_disclaimer, sender=DisclaimerSnippet)
    pre_delete.connect(_on_disclaimer_deleted, sender=DisclaimerSnippet)
    post_save.connect(_on_disclaimer_version, sender=DisclaimerVersion)
    for signal in (post_save, post_delete):
        signal.connect(_on_site, sender=Site)
        signal.connect(_on_organization, sender=OrganizationSettings)
        signal.connect(_on_locale, sender=Locale)
        signal.connect(_on_collection_restriction, sender=CollectionViewRestriction)
        signal.connect(_on_restriction, sender=PageViewRestriction)
        signal.connect(_on_file, sender=get_document_model())
    navigation_changed.connect(_on_navigation)
    post_page_move.connect(_on_page_moved)
    page_published.connect(_on_page)
    page_unpublished.connect(_on_page)
    pre_delete.connect(_on_page_deleted)
    if apps.is_installed("wagtail.contrib.redirects"):
        redirect = apps.get_model("wagtailredirects", "Redirect")
        post_save.connect(_on_redirect, sender=redirect)
        pre_delete.connect(_on_redirect, sender=redirect)


def _on_document_removed(instance: PublishedDocument, **_kwargs: object) -> None:
    """Follow a document that goes away, by whatever route; what was withdrawn goes first."""
    if purger_names():
        is_urgent = withdrawal_of_page(instance.page_id) is not None
        removed_purge(instance, is_urgent=is_urgent)


def _before_disclaimer(instance: DisclaimerSnippet, **_kwargs: object) -> None:
    """Note what the public knows of the disclaimer before it is saved."""
    if instance.pk and purger_names():
        known = DisclaimerSnippet.objects.filter(pk=instance.pk)
        _known[instance] = known.values_list("live", "key").first()


def _on_disclaimer(
    instance: DisclaimerSnippet,
    *,
    update_fields: Iterable[str] | None = None,
    **_kwargs: object,
) -> None:
    was_live, old_key = _known.pop(instance, None) or (False, "")
    is_draft = update_fields is not None and DISCLAIMER_FIELDS.isdisjoint(update_fields)
    if is_draft or not (was_live or instance.live):
        return
    tags = {wording_tag(instance.pk), DISCLAIMERS}
    if (was_live, old_key) != (instance.live, instance.key):
        tags |= {disclaimer_key_tag(key) for key in (old_key, instance.key) if key}
    caches_purge(tags, is_hard=not instance.live)


def _on_disclaimer_deleted(instance: DisclaimerSnippet, **_kwargs: object) -> None:
    key = disclaimer_key_tag(instance.key)
    caches_purge([wording_tag(instance.pk), DISCLAIMERS, key], is_hard=True)


def _on_disclaimer_version(instance: DisclaimerVersion, **_kwargs: object) -> None:
    if instance.disclaimer_id is not None:
        caches_purge([wording_tag(instance.disclaimer_id), DISCLAIMERS])


def _on_site(instance: Site, *, created: bool = False, **_kwargs: object) -> None:
    # Answers for hosts that no site names depend on which site is the default.
    own = set() if created else {f"site-{instance.pk}", llms_tag(instance.pk)}
    caches_purge(own | {SITES, REDIRECTS, home_tag(instance.pk)})


def _on_organization(instance: OrganizationSettings, **_kwargs: object) -> None:
    # Documents say who publishes, too, and are followed by themselves.
    caches_purge([home_tag(instance.site_id), llms_tag(instance.site_id)])


def _on_locale(**_kwargs: object) -> None:
    caches_purge([SITES])


def _on_navigation(tags: tuple[str, ...], **_kwargs: object) -> None:
    # The old menu may name what is hidden now: not even one more reader gets it.
    caches_purge(tags, is_hard=True)


def _on_redirect(instance: Redirect, **_kwargs: object) -> None:
    if purger_names():
        caches_purge(tags_of_redirect(instance))


def _on_page_moved(
    instance: AbstractPage,
    parent_page_before: AbstractPage,
    parent_page_after: AbstractPage,
    **_kwargs: object,
) -> None:
    """Follow also a move among siblings, which changes the order of the children and no document."""
    caches_purge([children_tag(p.pk) for p in (parent_page_before, parent_page_after)])
    _on_page(instance)


def _on_page(instance: AbstractPage, **_kwargs: object) -> None:
    """Follow pages that are no documents: redirects and wordings lead to them."""
    if not isinstance(instance, DocumentMixin) and purger_names():
        caches_purge(tags_of_links_to([instance.pk]))


def _on_page_deleted(instance: Model, **_kwargs: object) -> None:
    if isinstance(instance, AbstractPage):
        _on_page(instance)


def _on_restriction(instance: PageViewRestriction, **_kwargs: object) -> None:
    """Follow pages below a restriction; documents among them are followed by themselves, too."""
    if purger_names():
        pages = page_model().objects.filter(pk=instance.page_id)
        tags = tags_of_links_to([instance.page_id, *pages_below(pages)])
        caches_purge(tags, is_hard=True)


def _on_file(instance: Model, **_kwargs: object) -> None:
    if purger_names():
        caches_purge(wordings_naming_files([instance.pk]))


def _on_collection_restriction(**_kwargs: object) -> None:
    if purger_names():
        caches_purge(wordings_naming_files(None), is_hard=True)
