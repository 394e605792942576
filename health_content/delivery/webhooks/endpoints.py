"""What people do with endpoints and deliveries."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ...conf import get_conf
from ..models import (
    DeliveryState,
    DisabledReason,
    WebhookDelivery,
    WebhookEndpoint,
)
from .event_types import TEST_TYPE
from .sending import delivery_attempt, delivery_claim

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from django.contrib.auth.models import AbstractBaseUser
    from wagtail.models import Site

PURGE_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointValues:
    """What is to be written of a webhook; None is left as it is."""

    name: str | None = None
    url: str | None = None
    event_types: Sequence[str] | None = None
    sites: Sequence[Site] | None = None


@transaction.atomic
def endpoint_create(
    values: EndpointValues, *, account: AbstractBaseUser | None
) -> WebhookEndpoint:
    """Add a webhook, whose recalls the *account* confirms."""
    endpoint = WebhookEndpoint(account_id=account.pk if account else None)
    _write(endpoint, values)
    return endpoint


@transaction.atomic
def endpoint_change(
    endpoint: WebhookEndpoint,
    values: EndpointValues,
    *,
    is_enabled: bool | None,
    now: datetime,
) -> None:
    """Change what *values* name, and enable or disable when *is_enabled* says so."""
    _write(endpoint, values)
    if is_enabled:
        endpoint_enable(endpoint)
    elif is_enabled is not None:
        endpoint_disable(endpoint, now=now)
    endpoint.refresh_from_db()


def endpoint_delete(endpoint: WebhookEndpoint) -> None:
    """Remove *endpoint* and the log of its deliveries. Reports of recalls keep what they say of it."""
    endpoint.delete()


def _write(endpoint: WebhookEndpoint, values: EndpointValues) -> None:
    given = {
        "name": values.name,
        "url": values.url,
        "event_types": None if values.event_types is None else [*values.event_types],
    }
    named = {name: value for name, value in given.items() if value is not None}
    for name, value in named.items():
        setattr(endpoint, name, value)
    endpoint.save(update_fields=None if endpoint._state.adding else list(named))  # noqa: SLF001 - Django's documented name
    if values.sites is not None:
        endpoint.sites.set(values.sites)


def endpoint_rotate(endpoint: WebhookEndpoint, *, now: datetime) -> None:
    """Give *endpoint* a new secret; the present one signs too for `WEBHOOK_ROTATION_HOURS`, the one before no more."""
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(
        generation=F("generation") + 1,
        previous_until=now + timedelta(hours=get_conf().webhook_rotation_hours),
    )
    endpoint.refresh_from_db()


def endpoint_enable(endpoint: WebhookEndpoint) -> None:
    """Tell *endpoint* of events again. What waited for it goes on; what happened meanwhile is in the change feed."""
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(
        disabled_at=None,
        disabled_reason="",
        failure_count=0,
        exhausted_count=0,
        resting_until=None,
    )


def endpoint_disable(endpoint: WebhookEndpoint, *, now: datetime) -> None:
    """Tell *endpoint* of nothing any more, until somebody enables it."""
    WebhookEndpoint.objects.filter(pk=endpoint.pk, disabled_at=None).update(
        disabled_at=now, disabled_reason=DisabledReason.BY_HAND
    )


def endpoint_test(
    endpoint: WebhookEndpoint, *, clock: Callable[[], datetime] = timezone.now
) -> WebhookDelivery:
    """Send a test event to *endpoint* at once, also when it is disabled, and return its delivery."""
    now = clock()
    message = uuid.uuid4().hex
    delivery = WebhookDelivery.objects.create(
        endpoint=endpoint,
        message_id=f"msg_{message}",
        type=TEST_TYPE,
        subject=f"test-{message}",
        occurred_at=now,
        due_at=now,
    )
    delivery_send_now(delivery, clock=clock)
    return delivery


def delivery_repeat(
    delivery: WebhookDelivery, *, clock: Callable[[], datetime] = timezone.now
) -> bool:
    """Send a settled *delivery* again, at once, with the same message id and a whole schedule; False if it waits."""
    is_settled = (
        WebhookDelivery.objects.filter(pk=delivery.pk)
        .exclude(state=DeliveryState.WAITING)
        .update(
            state=DeliveryState.WAITING,
            attempt_count=0,
            due_at=clock(),
            settled_at=None,
        )
    )
    return bool(is_settled) and delivery_send_now(delivery, clock=clock)


def delivery_send_again(
    delivery: WebhookDelivery, *, clock: Callable[[], datetime] = timezone.now
) -> bool:
    """Send *delivery* now, whether it waits or is settled; False if somebody is at it."""
    is_waiting = delivery.state == DeliveryState.WAITING
    send = delivery_send_now if is_waiting else delivery_repeat
    return send(delivery, clock=clock)


def delivery_send_now(
    delivery: WebhookDelivery, *, clock: Callable[[], datetime] = timezone.now
) -> bool:
    """Try *delivery* now, whatever its time; False if it is settled or somebody is at it."""
    claimed = delivery_claim(now=clock(), pk=delivery.pk)
    if claimed is None:
        return False
    delivery_attempt(claimed, clock=clock)
    return True


def deliveries_purge(*, now: datetime) -> int:
    """Delete what was settled more than `WEBHOOK_RETENTION_DAYS` ago, with its attempts; return how many deliveries."""
    oldest = now - timedelta(days=get_conf().webhook_retention_days)
    count = 0
    while True:
        old = WebhookDelivery.objects.filter(settled_at__lt=oldest)
        batch = list(old.order_by("settled_at").values_list("pk", flat=True)[:PURGE_BATCH])  # fmt: skip
        if not batch:
            return count
        WebhookDelivery.objects.filter(pk__in=batch).delete()
        count += len(batch)
