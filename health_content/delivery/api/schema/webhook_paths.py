"""The management of webhooks in the OpenAPI document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...models import DeliveryState, DisabledReason
from ...scopes import Scope
from ..caller_grammar import (
    DELIVERY_PARAMETERS,
    ENDPOINT_CHANGES,
    ENDPOINT_FIELDS,
    PAGED,
    TYPES,
    UUID_SCHEMA,
)
from .callers import CallerEndpoint
from .parts import (
    BOOLEAN,
    INTEGER,
    TEXT,
    TEXT_OR_NULL,
    TIME,
    TIME_OR_NULL,
    array,
    described,
    enum,
    nullable,
    record,
    ref,
)
from .query_parameters import query_parameter
from .recall_paths import UNPROCESSABLE, page_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ....document_facts import JsonObject

MANAGE = Scope.WEBHOOKS_MANAGE
ONE = "/webhooks/endpoints/{endpoint_id}/"
ENDPOINT_ID: JsonObject = {
    "name": "endpoint_id",
    "in": "path",
    "required": True,
    "description": "Id of the webhook.",
    "schema": UUID_SCHEMA,
}
DELIVERY_ID: JsonObject = {
    "name": "delivery_id",
    "in": "path",
    "required": True,
    "description": "Id of the message: its `webhook-id`.",
    "schema": {"type": "string", "pattern": "^msg_[0-9a-f]{32}$"},
}


def webhook_endpoints() -> Mapping[str, Mapping[str, CallerEndpoint]]:
    """Return the endpoints by path and by method."""
    return {**_collection(), **_one(), **_actions(), **_deliveries()}


def _collection() -> Mapping[str, Mapping[str, CallerEndpoint]]:
    return {
        "/webhooks/endpoints/": {
            "get": _endpoint(
                "listWebhooks",
                "Webhooks that are told of the token's sites only",
                ref("WebhookEndpointList"),
                parameters=[query_parameter(p) for p in PAGED],
            ),
            "post": CallerEndpoint(
                operation="addWebhook",
                summary="Add a webhook; its secret is shown this once",
                scope=MANAGE,
                answer=ref("WebhookEndpointWithSecret"),
                status="201",
                body=ENDPOINT_FIELDS,
                other_responses=(UNPROCESSABLE,),
                tag="webhooks",
            ),
        },
    }


def _one() -> Mapping[str, Mapping[str, CallerEndpoint]]:
    return {
        ONE: {
            "get": _endpoint(
                "getWebhook",
                "A webhook, without its secret",
                ref("WebhookEndpoint"),
                parameters=(ENDPOINT_ID,),
            ),
            "patch": CallerEndpoint(
                operation="changeWebhook",
                summary="Change what the body names",
                scope=MANAGE,
                answer=ref("WebhookEndpoint"),
                body=ENDPOINT_CHANGES,
                parameters=(ENDPOINT_ID,),
                other_responses=(UNPROCESSABLE,),
                tag="webhooks",
            ),
            "delete": CallerEndpoint(
                operation="removeWebhook",
                summary="Remove a webhook and the log of its deliveries",
                scope=MANAGE,
                answer=None,
                status="204",
                parameters=(ENDPOINT_ID,),
                tag="webhooks",
            ),
        },
    }


def _actions() -> Mapping[str, Mapping[str, CallerEndpoint]]:
    return {
        f"{ONE}rotate/": {
            "post": _endpoint(
                "rotateWebhook",
                "Exchange the secret; the new one is shown this once, and the old one signs for a while",
                ref("WebhookEndpointWithSecret"),
                parameters=(ENDPOINT_ID,),
            )
        },
        f"{ONE}test/": {
            "post": _endpoint(
                "testWebhook",
                "Send a test event now, and say what the answer was",
                ref("WebhookDeliveryDetail"),
                parameters=(ENDPOINT_ID,),
            )
        },
    }


def _deliveries() -> Mapping[str, Mapping[str, CallerEndpoint]]:
    one = "/webhooks/deliveries/{delivery_id}/"
    return {
        "/webhooks/deliveries/": {
            "get": _endpoint(
                "listDeliveries",
                "Messages that wait or were sent, the newest first",
                ref("WebhookDeliveryList"),
                parameters=[query_parameter(p) for p in DELIVERY_PARAMETERS],
            )
        },
        one: {
            "get": _endpoint(
                "getDelivery",
                "A message and every attempt to deliver it",
                ref("WebhookDeliveryDetail"),
                parameters=(DELIVERY_ID,),
            )
        },
        f"{one}redeliver/": {
            "post": CallerEndpoint(
                operation="redeliver",
                summary="Send the message now, with the same id",
                scope=MANAGE,
                answer=ref("WebhookDeliveryDetail"),
                parameters=(DELIVERY_ID,),
                other_responses=(("409", "DeliveryBusy"),),
                tag="webhooks",
            )
        },
    }


def webhook_schemas() -> JsonObject:
    """Return the component schemas by name."""
    endpoint, delivery = _endpoint_properties(), _delivery_properties()
    attempt = record(
        {
            "started_at": TIME,
            "duration_ms": INTEGER,
            "result": described(TEXT, "A status, or the word of a failure."),
            "excerpt": described(TEXT, "The beginning of the answer."),
        }
    )
    return {
        "WebhookEndpoint": record(endpoint),
        "WebhookEndpointWithSecret": record(
            {**endpoint, "secret": described(TEXT, "Shown here, and never again.")}
        ),
        "WebhookEndpointList": page_of("WebhookEndpoint"),
        "WebhookDelivery": record(delivery),
        "WebhookDeliveryDetail": record({**delivery, "attempts": array(attempt)}),
        "WebhookDeliveryList": page_of("WebhookDelivery"),
    }


def _endpoint_properties() -> dict[str, JsonObject]:
    return {
        "id": dict(UUID_SCHEMA),
        "name": TEXT,
        "url": TEXT,
        "event_types": array(TEXT),
        "sites": array(TEXT),
        "account": described(
            TEXT_OR_NULL, "The user whose tokens confirm recalls for it."
        ),
        "is_enabled": BOOLEAN,
        "disabled_at": TIME_OR_NULL,
        "disabled_reason": nullable(enum(*DisabledReason.values)),
        "created_at": TIME,
        "previous_secret_until": TIME_OR_NULL,
        "failure_count": described(INTEGER, "Failures since the last success."),
        "exhausted_count": described(
            INTEGER, "Messages given up since the last success."
        ),
        "last_success_at": TIME_OR_NULL,
        "last_failure_at": TIME_OR_NULL,
    }


def _delivery_properties() -> dict[str, JsonObject]:
    return {
        "id": described(TEXT, "The `webhook-id`."),
        "endpoint": described(TEXT, "Id of the webhook."),
        "type": enum(*TYPES),
        "subject": described(TEXT, "What it is about, such as `page-3`."),
        "state": enum(*DeliveryState.values),
        "is_urgent": BOOLEAN,
        "occurred_at": TIME,
        "due_at": described(TIME_OR_NULL, "Of the next attempt, while it waits."),
        "attempt_count": INTEGER,
        "last_result": TEXT_OR_NULL,
        "settled_at": TIME_OR_NULL,
    }


def _endpoint(
    operation: str,
    summary: str,
    answer: JsonObject,
    *,
    parameters: tuple[JsonObject, ...] | list[JsonObject] = (),
) -> CallerEndpoint:
    return CallerEndpoint(
        operation=operation,
        summary=summary,
        scope=MANAGE,
        answer=answer,
        parameters=parameters,
        tag="webhooks",
    )
