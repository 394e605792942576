"""Tables of the delivery."""

from .changes import Change, ChangeCounter
from .documents import DocumentBytes, DocumentTag, Form, PublishedDocument
from .webhooks import (
    DeliveryState,
    DisabledReason,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
)

__all__ = [
    "Change",
    "ChangeCounter",
    "DeliveryState",
    "DisabledReason",
    "DocumentBytes",
    "DocumentTag",
    "Form",
    "PublishedDocument",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookEndpoint",
]
