"""Events become rows, in the transaction that changes what the public sees: both are there, or neither."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from ...after_commit import after_commit
from ..models import (
    DeliveryState,
    PublishedDocument,
    WebhookDelivery,
    WebhookEndpoint,
)
from . import tasks
from .event_types import (
    DocumentState,
    document_events,
    ends_recall,
    is_urgent,
    merge_types,
    verb,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ...document_facts import JsonObject
    from ...models import Withdrawal


# A bulk edit is many transactions: those that follow each other so soon are told in one message.
GATHERING = timedelta(seconds=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something happened. It names what; no words of it."""

    type: str
    subject: str
    """What it is about: `page-3`. A newer event about the same thing replaces one that waits."""
    site_id: int | None = None
    """None: of no site, and for everybody."""
    facts: JsonObject = field(default_factory=dict)
    delay: timedelta = timedelta(0)
    """How long others about the same thing are waited for, from the first of them on."""


def event_record(event: Event) -> list[WebhookDelivery]:
    """Write a delivery for each endpoint that wants *event*, within the caller's transaction, and return them.

    One query when nobody does, and a constant number otherwise.

    What waits about the same subject and was never tried is merged into the new delivery, in its place in the queue;
    what was tried and failed is settled as replaced. Sending begins after the commit.
    """
    endpoint_ids = _endpoints(event)
    if not endpoint_ids:
        return []
    now = timezone.now()
    with transaction.atomic():
        waiting = _take_waiting(endpoint_ids, event, now)
        deliveries = WebhookDelivery.objects.bulk_create(
            _delivery(event, endpoint_id, waiting[endpoint_id], now)
            for endpoint_id in endpoint_ids
        )
        after_commit(tasks.send_soon)
    return deliveries


def documents_record(
    before: Mapping[int, DocumentState], after: Mapping[int, DocumentState]
) -> None:
    """Do what `document_record` does for each page that has a document *after*. One query while nobody listens."""
    changed = {
        page_id: state
        for page_id, state in after.items()
        if before.get(page_id) != state
    }
    if changed and WebhookEndpoint.objects.filter(disabled_at=None).exists():
        for page_id, state in changed.items():
            document_record(page_id, before=before.get(page_id), after=state)


def document_record(
    page_id: int, *, before: DocumentState | None, after: DocumentState | None
) -> None:
    """Record what became of a page's public document, if that is one event or two. Called where the read model is written.

    A page that went to another site went away from one and came to the other.
    """
    if before is not None and after is not None and before.site_id != after.site_id:
        document_record(page_id, before=before, after=None)
        document_record(page_id, before=None, after=after)
        return
    known = after or before
    for event_type in document_events(before, after):
        # Of its own: an update that follows must not take the place of a review.
        part = "-review" if verb(event_type) == "reviewed" else ""
        event_record(
            Event(
                type=event_type,
                subject=f"page-{page_id}{part}",
                site_id=known.site_id if known else None,
                facts={"page": page_id},
            )
        )


def withdrawal_record(withdrawal: Withdrawal) -> list[WebhookDelivery]:
    """Record the recall of a page, of a type that webhooks tell of."""
    return event_record(
        Event(
            type=f"{withdrawal.document_type}.withdrawn",
            subject=f"page-{withdrawal.page_id}",
            site_id=withdrawal.site_id,
            facts={"page": withdrawal.page_id},
        )
    )


def reply_record(reply_id: str, *, page_id: int, is_public: bool) -> None:
    """Record that a reader's reply to a page became public, or ceased to be.

    The site is that of the page's public document; a page without one has no public replies, and no event.
    """
    document = PublishedDocument.objects.filter(page_id=page_id)
    site_id = document.values_list("site_id", flat=True).first()
    if site_id is not None:
        event_record(
            Event(
                type="reply.approved" if is_public else "reply.removed",
                subject=f"reply-{reply_id}",
                site_id=site_id,
                facts={"page": page_id, "reply": reply_id},
            )
        )


def changes_tell(number: int) -> None:
    """Record that the change feed goes on to the change *number*. Called where the feed is written.

    Of whatever waits there is one message: a bulk edit of any size is one, or a few.
    """
    event_record(
        Event(
            type="content.changed",
            subject="changes",
            facts={"change": number},
            delay=GATHERING,
        )
    )


def _endpoints(event: Event) -> list[int]:
    endpoints = WebhookEndpoint.objects.filter(disabled_at=None)
    if event.site_id is not None:
        endpoints = endpoints.filter(sites=event.site_id)
    rows = endpoints.order_by("pk").values_list("pk", "event_types")
    return [pk for pk, event_types in rows if event.type in event_types]


def _take_waiting(
    endpoint_ids: list[int], event: Event, now: datetime
) -> dict[int, list[WebhookDelivery]]:
    """Remove what the new delivery replaces and return what was never tried, by endpoint, the oldest first."""
    waiting = WebhookDelivery.objects.filter(
        endpoint_id__in=endpoint_ids,
        subject=event.subject,
        state=DeliveryState.WAITING,
        claim=None,
    )
    if not ends_recall(event.type):
        waiting = waiting.filter(is_urgent=False)
    found: dict[int, list[WebhookDelivery]] = defaultdict(list)
    for delivery in waiting.order_by("pk"):
        if delivery.attempt_count == 0:
            found[delivery.endpoint_id].append(delivery)
    merged = [delivery.pk for deliveries in found.values() for delivery in deliveries]
    if merged:
        # One that was claimed since is sent as well.
        waiting.filter(pk__in=merged, attempt_count=0).delete()
    waiting.filter(attempt_count__gt=0).update(
        state=DeliveryState.SUPERSEDED, settled_at=now
    )
    return found


def _delivery(
    event: Event, endpoint_id: int, merged: list[WebhookDelivery], now: datetime
) -> WebhookDelivery:
    return WebhookDelivery(
        endpoint_id=endpoint_id,
        message_id=f"msg_{uuid.uuid4().hex}",
        type=merge_types([delivery.type for delivery in merged], event.type),
        subject=event.subject,
        facts=event.facts,
        occurred_at=now,
        is_urgent=is_urgent(event.type),
        due_at=min([delivery.due_at for delivery in merged], default=now + event.delay),
    )
