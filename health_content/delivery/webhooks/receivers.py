"""What becomes an event, connected to the outbox: in the transaction of the change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models.signals import post_delete, post_save

from ...models import DisclaimerVersion, Withdrawal
from ...signals import navigation_changed, page_withdrawn
from ..models import PublishedDocument
from ..recalls.notices import recall_open
from .event_types import DOCUMENT_TYPES, DocumentState
from .outbox import Event, document_record, event_record, withdrawal_record
from .redirects import redirects_tell

if TYPE_CHECKING:
    from wagtail.contrib.redirects.models import Redirect

    from ...document_facts import JsonObject


def connect() -> None:
    """Connect the receivers. Called once, when the application is ready."""
    post_delete.connect(_on_document_deleted, sender=PublishedDocument)
    # After the read model's receiver: the recall then replaces the removal that it caused.
    page_withdrawn.connect(_on_withdrawal)
    navigation_changed.connect(_on_navigation)
    post_save.connect(_on_disclaimer_recorded, sender=DisclaimerVersion)
    if apps.is_installed("wagtail.contrib.redirects"):
        redirect = apps.get_model("wagtailredirects", "Redirect")
        post_save.connect(_on_redirect_saved, sender=redirect)
        post_delete.connect(_on_redirect_deleted, sender=redirect)


def _on_document_deleted(instance: PublishedDocument, **_kwargs: object) -> None:
    """Follow a document that went away, by whatever route: a rebuild, a restriction, its page, its site."""
    before = DocumentState(
        type=instance.type,
        site_id=instance.site_id,
        path=instance.path,
        version=instance.version,
    )
    document_record(instance.page_id, before=before, after=None)


def _on_withdrawal(withdrawal: Withdrawal, **_kwargs: object) -> None:
    if not withdrawal.is_public:
        return
    is_told = withdrawal.document_type in DOCUMENT_TYPES
    recall_open(withdrawal, withdrawal_record(withdrawal) if is_told else [])


def _on_navigation(
    *,
    menu_id: int,
    site_id: int,
    key: str,
    locale: str,
    is_removed: bool,
    tags: tuple[str, ...],
    **_kwargs: object,
) -> None:
    shown: JsonObject = {"key": None if is_removed else key, "locale": locale}
    event_record(
        Event(
            type="navigation.updated",
            subject=f"navigation-{menu_id}",
            site_id=site_id,
            facts={"navigation": menu_id, "tags": [*tags], **shown},
        )
    )


def _on_disclaimer_recorded(
    instance: DisclaimerVersion,
    *,
    created: bool,
    raw: bool = False,
    **_kwargs: object,
) -> None:
    if created and not raw and instance.disclaimer_id is not None:
        event_record(
            Event(
                type="disclaimer.updated",
                subject=f"disclaimer-{instance.disclaimer_id}",
                facts={"disclaimer": instance.disclaimer_id},
            )
        )


def _on_redirect_saved(
    instance: Redirect, *, raw: bool = False, **_kwargs: object
) -> None:
    if not raw:
        redirects_tell([instance.pk])


def _on_redirect_deleted(instance: Redirect, **_kwargs: object) -> None:
    redirects_tell([instance.pk])
