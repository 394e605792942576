"""What becomes an event, connected to the outbox: in the transaction of the change."""

from __future__ import annotations

from django.db.models.signals import post_delete, post_save

from ...models import DisclaimerVersion, Withdrawal
from ...signals import page_withdrawn
from ..models import PublishedDocument
from .event_types import DOCUMENT_TYPES, DocumentState
from .outbox import Event, document_record, event_record


def connect() -> None:
    """Connect the receivers. Called once, when the application is ready."""
    post_delete.connect(_on_document_deleted, sender=PublishedDocument)
    # After the read model's receiver: the recall then replaces the removal that it caused.
    page_withdrawn.connect(_on_withdrawal)
    post_save.connect(_on_disclaimer_recorded, sender=DisclaimerVersion)


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
    if withdrawal.document_type in DOCUMENT_TYPES:
        event_record(
            Event(
                type=f"{withdrawal.document_type}.withdrawn",
                subject=f"page-{withdrawal.page_id}",
                site_id=withdrawal.site_id,
                facts={"page": withdrawal.page_id},
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
