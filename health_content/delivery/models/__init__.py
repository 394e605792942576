"""Tables of the delivery."""

from .access import DeliveryScope
from .changes import Change, ChangeCounter
from .documents import (
    DocumentBytes,
    DocumentFacet,
    DocumentTag,
    FaqEntry,
    Form,
    PublishedDocument,
)
from .navigation import NavigationTarget, PublishedNavigation
from .previews import GrantUse, PreviewDraft, PreviewGrant
from .purges import CachePurge
from .recalls import (
    AcknowledgedAction,
    Acknowledgement,
    NoticeState,
    Recall,
    RecallNotice,
)
from .redirects import PublicRedirect
from .search import SearchEntry, SearchWord
from .webhooks import (
    DeliveryState,
    DisabledReason,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
)

__all__ = [
    "AcknowledgedAction",
    "Acknowledgement",
    "CachePurge",
    "Change",
    "ChangeCounter",
    "DeliveryScope",
    "DeliveryState",
    "DisabledReason",
    "DocumentBytes",
    "DocumentFacet",
    "DocumentTag",
    "FaqEntry",
    "Form",
    "GrantUse",
    "NavigationTarget",
    "NoticeState",
    "PreviewDraft",
    "PreviewGrant",
    "PublicRedirect",
    "PublishedDocument",
    "PublishedNavigation",
    "Recall",
    "RecallNotice",
    "SearchEntry",
    "SearchWord",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookEndpoint",
]
