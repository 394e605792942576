"""Webhooks and their deliveries, for callers that manage them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.models import Site

from ...document import timestamp
from ...selectors.addresses import site_label
from ..models import DeliveryState, WebhookDelivery, WebhookEndpoint
from .callers import CallerPage, caller_page

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from ...document_facts import Json, JsonObject
    from ..cursors import Cursor
    from ..queries import DeliveryQuery

ENDPOINTS_ORDER = "endpoint"
DELIVERIES_ORDER = "delivery"


def endpoints_managed(site_ids: frozenset[int] | None) -> QuerySet[WebhookEndpoint]:
    """Return the webhooks that are told of nothing beyond the sites; None: all webhooks.

    One that is told of another site too would show what happens there. One without any site is told of what has none.
    """
    endpoints = WebhookEndpoint.objects.select_related("account")
    if site_ids is None:
        return endpoints
    beyond = WebhookEndpoint.objects.filter(
        sites__in=Site.objects.exclude(pk__in=site_ids)
    )
    return endpoints.filter(
        pk__in=WebhookEndpoint.objects.filter(sites__in=site_ids)
    ).exclude(pk__in=beyond)


def endpoint_page(
    site_ids: frozenset[int] | None, *, cursor: Cursor | None, page_size: int
) -> CallerPage:
    """Return webhooks in order of their making. Two queries."""
    rows = endpoints_managed(site_ids).order_by("pk").prefetch_related("sites")
    if cursor is not None:
        rows = rows.filter(pk__gt=cursor.id)
    return caller_page(
        rows,
        lambda endpoints: [endpoint_json(endpoint) for endpoint in endpoints],
        order=ENDPOINTS_ORDER,
        page_size=page_size,
    )


def endpoint_json(endpoint: WebhookEndpoint) -> JsonObject:
    """Return *endpoint* without its secret, which nothing shows but its making and its rotation."""
    account = endpoint.account
    sites: list[Json] = [*sorted(site_label(site) for site in endpoint.sites.all())]
    return {
        "id": str(endpoint.uuid),
        "name": endpoint.name,
        "url": endpoint.url,
        "event_types": list(endpoint.event_types),
        "sites": sites,
        "account": account.get_username() if account else None,
        "is_enabled": endpoint.is_enabled,
        "disabled_at": timestamp(endpoint.disabled_at),
        "disabled_reason": endpoint.disabled_reason or None,
        "created_at": timestamp(endpoint.created_at),
        "previous_secret_until": timestamp(endpoint.previous_until),
        "failure_count": endpoint.failure_count,
        "exhausted_count": endpoint.exhausted_count,
        "last_success_at": timestamp(endpoint.last_success_at),
        "last_failure_at": timestamp(endpoint.last_failure_at),
    }


def sites_named(labels: Iterable[str]) -> dict[str, Site]:
    """Return the sites by their labels; labels of no site are left out. One query."""
    wanted = set(labels)
    sites = {site_label(site): site for site in Site.objects.order_by("pk")}
    return {label: site for label, site in sites.items() if label in wanted}


def deliveries_managed(site_ids: frozenset[int] | None) -> QuerySet[WebhookDelivery]:
    """Return the deliveries of the webhooks that `endpoints_managed` returns."""
    deliveries = WebhookDelivery.objects.select_related("endpoint")
    if site_ids is None:
        return deliveries
    return deliveries.filter(endpoint__in=endpoints_managed(site_ids).values("pk"))


def delivery_page(site_ids: frozenset[int] | None, query: DeliveryQuery) -> CallerPage:
    """Return deliveries, the newest first. One query."""
    rows = deliveries_managed(site_ids).order_by("-pk")
    if query.endpoint is not None:
        rows = rows.filter(endpoint__uuid=query.endpoint)
    if query.state is not None:
        rows = rows.filter(state=query.state)
    if query.type is not None:
        rows = rows.filter(type=query.type)
    if query.cursor is not None:
        rows = rows.filter(pk__lt=query.cursor.id)
    return caller_page(
        rows,
        lambda deliveries: [_delivery(delivery) for delivery in deliveries],
        order=DELIVERIES_ORDER,
        page_size=query.page_size,
    )


def delivery_json(delivery: WebhookDelivery) -> JsonObject:
    """Return *delivery* with its attempts, the oldest first. One query."""
    return _delivery(delivery) | {
        "attempts": [
            {
                "started_at": timestamp(attempt.started_at),
                "duration_ms": attempt.duration_ms,
                "result": attempt.result,
                "excerpt": attempt.excerpt,
            }
            for attempt in delivery.attempts.order_by("pk")
        ]
    }


def _delivery(delivery: WebhookDelivery) -> JsonObject:
    return {
        "id": delivery.message_id,
        "endpoint": str(delivery.endpoint.uuid),
        "type": delivery.type,
        "subject": delivery.subject,
        "state": str(delivery.state),
        "is_urgent": delivery.is_urgent,
        "occurred_at": timestamp(delivery.occurred_at),
        "due_at": timestamp(_due_at(delivery)),
        "attempt_count": delivery.attempt_count,
        "last_result": delivery.last_result or None,
        "settled_at": timestamp(delivery.settled_at),
    }


def _due_at(delivery: WebhookDelivery) -> datetime | None:
    is_waiting = delivery.state == DeliveryState.WAITING
    return delivery.due_at if is_waiting else None
