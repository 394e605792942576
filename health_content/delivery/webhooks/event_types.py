"""What can be told: the types of event, and what two of them about one thing come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

DOCUMENT_TYPES = ("article", "faq")
"""Types of page that webhooks tell of."""
DOCUMENT_VERBS = ("published", "updated", "moved", "unpublished", "withdrawn")

EVENT_TYPES = (
    *(f"{kind}.{verb}" for kind in DOCUMENT_TYPES for verb in DOCUMENT_VERBS),
    "disclaimer.updated",
    "reply.approved",
    "reply.removed",
)
"""Types that an endpoint can ask for. Public and permanent."""

TEST_TYPE = "webhook.test"
"""Sent by hand from the admin, whatever the endpoint asked for."""

URGENT_VERBS = frozenset({"withdrawn"})
"""These go ahead of everything that waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentState:
    """What events tell of a page's public document."""

    type: str
    site_id: int
    path: str
    version: int


def document_event(
    before: DocumentState | None, after: DocumentState | None
) -> str | None:
    """Return the type of event that a change from *before* to *after* is, None if it is none; None is not public.

    What changes without a new version, such as the number of replies, is no event of the document.
    """
    known = after or before
    if known is None or known.type not in DOCUMENT_TYPES or before == after:
        return None
    if before is None:
        return f"{known.type}.published"
    if after is None:
        return f"{known.type}.unpublished"
    return f"{known.type}.{'updated' if before.path == after.path else 'moved'}"


def is_urgent(event_type: str) -> bool:
    """Return whether deliveries of *event_type* go ahead of the queue."""
    return verb(event_type) in URGENT_VERBS


def ends_recall(event_type: str) -> bool:
    """Return whether *event_type* says that what was withdrawn is public again; only that replaces a recall."""
    return verb(event_type) == "published"


def verb(event_type: str) -> str:
    """Return what happened: the last word of the type."""
    return event_type.rpartition(".")[2]


def merge_types(waiting: Sequence[str], newer: str) -> str:
    """Return the type that tells a receiver what *waiting* events, the oldest first, and the *newer* one come to.

    An update is also what was to be told before it: published or moved. Everything else stands for itself.
    """
    told = newer
    for earlier in reversed(waiting):
        if (verb(told), verb(earlier)) in _ABSORBED:
            told = earlier
    return told


_ABSORBED = frozenset(
    {("updated", "published"), ("updated", "moved"), ("moved", "published")}
)
