"""Tables of the delivery."""

from .changes import Change, ChangeCounter
from .documents import (
    DocumentBytes,
    DocumentTag,
    FaqEntry,
    Form,
    PublishedDocument,
)
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
    "FaqEntry",
    "Form",
    "PublishedDocument",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookEndpoint",
]
