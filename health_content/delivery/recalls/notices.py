"""Writers of a recall's report: opened with the withdrawal, and kept up to date by what is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...models import PublicationReason, PublicationRecord
from ..change_log import removal_record
from ..models import DeliveryState, Recall, RecallNotice, WebhookDelivery
from ..selectors.consumers import consumers_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...models import Withdrawal


def recall_open(withdrawal: Withdrawal, deliveries: Sequence[WebhookDelivery]) -> None:
    """Begin the report of *withdrawal*, whose *deliveries* were just written, in the caller's transaction.

    Every consumer gets a line, also those that nothing is sent to: webhooks that are disabled, and accounts that read
    the change feed. The feed says that the page is withdrawn from the same commit on, also when the page was down
    before.
    """
    messages = {delivery.endpoint_id: delivery.message_id for delivery in deliveries}
    recall = Recall.objects.create(
        withdrawal=withdrawal,
        number=removal_record(withdrawal.page_id),
        version=_last_version(withdrawal.page_id),
    )
    RecallNotice.objects.bulk_create(
        RecallNotice(
            recall=recall,
            endpoint_id=consumer.endpoint_id,
            account_id=consumer.account_id,
            name=consumer.name,
            message_id=messages.get(consumer.endpoint_id or 0, ""),
        )
        for consumer in consumers_of(withdrawal)
    )


def notice_follow(delivery: WebhookDelivery) -> None:
    """Note in the recall's report what became of *delivery*, which was just tried. Called with its row locked."""
    row = WebhookDelivery.objects.get(pk=delivery.pk)
    notices = RecallNotice.objects.filter(message_id=row.message_id)
    notices.update(attempt_count=row.attempt_count, last_result=row.last_result)
    if row.state == DeliveryState.DELIVERED:
        notices.filter(told_at=None).update(told_at=row.settled_at)
    elif row.state == DeliveryState.FAILED:
        notices.update(failed_at=row.settled_at)


def _last_version(page_id: int) -> int:
    records = PublicationRecord.objects.filter(page_id=page_id).exclude(
        reason=PublicationReason.UNPUBLISH
    )
    newest = records.order_by("-number").values_list("number", flat=True).first()
    return newest or 0
