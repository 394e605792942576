"""What can be told: the types of event, and what two of them about one thing come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

DOCUMENT_TYPES = ("article", "faq")
"""Types of page that webhooks tell of."""
DOCUMENT_VERBS = ("published", "updated", "moved", "unpublished")

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


def document_event(
    kind: str, *, was_public: bool, is_public: bool, has_moved: bool, is_new: bool
) -> str | None:
    """Return the type of event that a change of a document of type *kind* is; None if it is none.

    *has_moved*: another path. *is_new*: another version. A change of the number of replies is neither.
    """
    if kind not in DOCUMENT_TYPES or was_public is is_public is False:
        return None
    if was_public is not is_public:
        return f"{kind}.published" if is_public else f"{kind}.unpublished"
    if has_moved:
        return f"{kind}.moved"
    return f"{kind}.updated" if is_new else None


def is_urgent(event_type: str) -> bool:
    """Return whether deliveries of *event_type* go ahead of the queue."""
    return verb(event_type) in URGENT_VERBS


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
