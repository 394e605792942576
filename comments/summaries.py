"""What the documents of pages say of their replies, for many pages at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from .selectors import opened_threads, public_threads

if TYPE_CHECKING:
    from collections.abc import Collection


def replies_summaries(
    page_ids: Collection[int], *, if_opened: bool = False
) -> dict[int, dict[str, Any]]:
    """Return what documents say of the replies to those of the pages where there is something to say.

    With *if_opened* it is said of all of them what would be true if they were public and let readers reply.

    Shape: `{page id: {"open": bool, "moderation": str, "count": int, "href": str | None}}`; `href` is the thread in the
    reader API. The number of queries does not grow with the pages.
    """
    now = timezone.now()
    threads = opened_threads(page_ids) if if_opened else public_threads(page_ids)
    return {
        page_id: {
            "open": thread.is_open(now),
            "moderation": thread.policy.mode,
            "count": thread.count,
            "href": _href(page_id),
        }
        for page_id, thread in threads.items()
    }


def _href(page_id: int) -> str | None:
    """Return the path of the thread, None where the site does not mount the reader API."""
    try:
        return reverse("health_comments_api:thread", args=[page_id])
    except NoReverseMatch:
        return None
