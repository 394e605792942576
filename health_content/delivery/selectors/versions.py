"""The publications of a page: when, why, and with which disclaimers; and, where a site wants that, what they said."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from ...document import timestamp
from ...models import DisclaimerSnippet, PublicationReason, PublicationRecord
from ..as_of import exact
from ..cursors import Cursor
from ..encode import encode_json
from ..negotiation import IDENTITY
from ..superseded import find_links, superseded_document
from ..visibility import documents_public
from .documents import document_answer
from .keysets import KeysetPage
from .public_links import links_public
from .transitions import next_transition

if TYPE_CHECKING:
    from ...document_facts import Json, JsonObject
    from ..queries import KeysetQuery
    from .documents import StoredAnswer

VERSIONS_ORDER = "version"


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionList:
    """One page of the publications of an article."""

    page: KeysetPage
    disclaimer_keys: tuple[str, ...]
    """Of the disclaimers that they had, those that are not named included."""


def version_list(
    page_id: int, *, document_type: str, query: KeysetQuery
) -> VersionList | None:
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
    items = KeysetPage(
        items=tuple(
            encode_json(
                {
                    "number": number,
                    "published_at": exact(at),
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
    keys = {d["key"] for *_, safety in shown for d in _recorded(safety)}
    return VersionList(page=items, disclaimer_keys=tuple(sorted(map(str, keys))))


def _recorded(safety: Json) -> list[JsonObject]:
    """Return the disclaimers of a record's safety envelope."""
    found = safety.get("disclaimers") if isinstance(safety, dict) else None
    return [d for d in found if isinstance(d, dict)] if isinstance(found, list) else []


@dataclass(frozen=True, slots=True)
class VersionAnswer:
    """An earlier version of a document, as it may be shown today."""

    document: JsonObject
    current: StoredAnswer


def version_document(
    page_id: int, number: int, *, document_type: str
) -> VersionAnswer | None:
    """Return version *number* of the public document; None when there is none. At most seven queries."""
    current = document_answer(page_id, document_type=document_type, coding=IDENTITY)
    if current is None:
        return None
    records = PublicationRecord.objects.filter(page_id=page_id, number__gte=number)
    rows = list(records.order_by("number")[:2])
    if not rows or rows[0].number != number:
        return None
    record = rows[0]
    if record.reason == PublicationReason.UNPUBLISH:
        return None
    document: JsonObject = json.loads(current.content or b"{}")
    superseded: Json = None
    if document["version"] != number:
        by = rows[1] if len(rows) > 1 else record
        superseded = {"at": timestamp(by.published_at), "version": document["version"]}
    public = links_public(find_links(record.document), str(document["site"]))
    shown = superseded_document(
        record.document,
        document,
        superseded=superseded,
        may_follow=public.__contains__,
    )
    return VersionAnswer(shown, current)


def _disclaimers(safety: Json, public_keys: frozenset[str]) -> list[Json]:
    return [
        {"key": disclaimer["key"], "version": disclaimer["version"]}
        for disclaimer in _recorded(safety)
        if disclaimer["key"] in public_keys
    ]
