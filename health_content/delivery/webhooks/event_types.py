"""What can be told: the types of event, and what two of them about one thing come to."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...document_facts import JsonObject

DOCUMENT_TYPES = ("article", "faq")
"""Types of page that webhooks tell of."""
DOCUMENT_VERBS = (
    "published", "updated", "moved", "unpublished", "withdrawn", "reviewed",
)  # fmt: skip
PASSING_KEYS = frozenset({"status", "overdue_action"})
REDIRECT_VERBS = ("created", "updated", "deleted")

EVENT_TYPES = (
    *(f"{kind}.{verb}" for kind in DOCUMENT_TYPES for verb in DOCUMENT_VERBS),
    "disclaimer.updated",
    "navigation.updated",
    *(f"redirect.{verb}" for verb in REDIRECT_VERBS),
    "reply.approved",
    "reply.removed",
    "content.changed",
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
    review: str = ""
    """Who reviewed it and when, as `review_state` writes it."""


def review_state(safety: JsonObject) -> str:
    """Return the review that the envelope states, as text to compare.

    Its `status` and what follows from it are left out: a review becomes due as time goes by, and that is no review.
    """
    review = safety.get("review")
    stated = review if isinstance(review, dict) else {}
    facts = {key: value for key, value in stated.items() if key not in PASSING_KEYS}
    return json.dumps(facts, sort_keys=True, separators=(",", ":"))


def document_events(
    before: DocumentState | None, after: DocumentState | None
) -> tuple[str, ...]:
    """Return the types of event that a change from *before* to *after* is; None is not public.

    A review is an event beside that of the document it changes. What changes without a new version, such as the number
    of replies, is no event.
    """
    known = after or before
    if known is None or known.type not in DOCUMENT_TYPES or before == after:
        return ()
    if before is None:
        return (f"{known.type}.published",)
    if after is None:
        return (f"{known.type}.unpublished",)
    verbs: list[str] = []
    if before != replace(after, review=before.review):
        verbs.append("updated" if before.path == after.path else "moved")
    if before.review != after.review:
        verbs.append("reviewed")
    return tuple(f"{known.type}.{verb}" for verb in verbs)


def redirect_event(*, was_public: bool, is_public: bool) -> str:
    """Return the type of event for a redirect that differs from what was told of it."""
    if not is_public:
        return "redirect.deleted"
    return "redirect.updated" if was_public else "redirect.created"


def is_urgent(event_type: str) -> bool:
    """Return whether deliveries of *event_type* go ahead of the queue."""
    return verb(event_type) in URGENT_VERBS


def is_recall(event_type: str) -> bool:
    """Return whether *event_type* tells that something was withdrawn."""
    return verb(event_type) == "withdrawn"


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
