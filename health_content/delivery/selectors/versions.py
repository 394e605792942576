"""The publications of a page: when, why, and with which disclaimers. Not what they said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from ...document import timestamp
from ...models import DisclaimerSnippet, PublicationReason, PublicationRecord
from ..cursors import Cursor
from ..encode import encode_json
from ..visibility import documents_public
from .keysets import KeysetPage
from .transitions import next_transition

if TYPE_CHECKING:
    from ...document_facts import Json
    from ..queries import KeysetQuery

VERSIONS_ORDER = "version"


def version_list(
    page_id: int, *, document_type: str, query: KeysetQuery
) -> KeysetPage | None:
    """Return the publications of the page, the newest first; None when the public may not see it now.

    Of disclaimers only those are named that are still public. At most five queries.
    """
    now = timezone.now()
    pages = documents_public(now).filter(page_id=page_id, type=document_type)
    if not pages.exists():
        return None
    records = PublicationRecord.objects.filter(page_id=page_id)
    records = records.exclude(reason=PublicationReason.UNPUBLISH)
    if query.cursor is not None:
        records = records.filter(number__lt=query.cursor.id)
    rows = list(
        records.order_by("-number").values_list(
            "number", "published_at", "reason", "digest", "document__safety"
        )[: query.page_size + 1]
    )
    shown = rows[: query.page_size]
    live = DisclaimerSnippet.objects.filter(live=True)
    public_keys = frozenset(live.values_list("key", flat=True))
    last = shown[-1][0] if len(rows) > len(shown) else None
    return KeysetPage(
        items=tuple(
            encode_json(
                {
                    "number": number,
                    "published_at": timestamp(at),
                    "reason": reason,
                    "digest": digest,
                    "disclaimers": _disclaimers(safety, public_keys),
                }
            )
            for number, at, reason, digest, safety in shown
        ),
        next=Cursor(order=VERSIONS_ORDER, key=0, id=last) if last else None,
        next_transition=next_transition(now),
    )


def _disclaimers(safety: Json, public_keys: frozenset[str]) -> list[Json]:
    found = safety.get("disclaimers") if isinstance(safety, dict) else None
    return [
        {"key": disclaimer["key"], "version": disclaimer["version"]}
        for disclaimer in (found if isinstance(found, list) else [])
        if isinstance(disclaimer, dict) and disclaimer["key"] in public_keys
    ]
