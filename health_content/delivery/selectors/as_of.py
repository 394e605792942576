"""What was public on a page at an instant: its record, and the wordings of its disclaimers as they were then."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...document import timestamp
from ...models import (
    DisclaimerSnippet,
    DisclaimerVersion,
    PublicationReason,
    PublicationRecord,
)
from ...published_html import find_hrefs
from ..as_of import (
    Wording,
    disclaimer_then,
    exact,
    proof_of,
    recorded_disclaimers,
    with_ends,
    wording_then,
)
from ..negotiation import IDENTITY
from ..superseded import find_links, superseded_document
from .documents import document_answer
from .public_links import links_public

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from ...document_facts import JsonObject
    from ..as_of import WordingThen
    from .documents import StoredAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOfAnswer:
    """What was public then, as far as it may be told today."""

    content: JsonObject | None
    """None when nothing was."""
    current: StoredAnswer


def page_as_of(
    page_id: int, at: datetime, *, document_type: str, has_words: bool
) -> AsOfAnswer | None:
    """Return what was public on the page at the instant *at*; None when the public may not see the page now.

    *has_words* adds the document, in the frame of today as `version_document` gives it, but with the disclaimers of then.
    Of disclaimers only those are told that are still public. At most ten queries.
    """
    current = document_answer(page_id, document_type=document_type, coding=IDENTITY)
    if current is None:
        return None
    records = PublicationRecord.objects.filter(page_id=page_id)
    record = records.filter(published_at__lte=at).order_by("-number").first()
    if record is None or record.reason == PublicationReason.UNPUBLISH:
        return AsOfAnswer(content=None, current=current)
    newer = records.filter(number__gt=record.number).order_by("number")
    until: datetime | None = newer.values_list("published_at", flat=True).first()
    document: JsonObject = json.loads(current.content or b"{}")
    recorded = recorded_disclaimers(record.document)
    then = _wordings_then(recorded, record.locale, at)
    hrefs = {href for each in then for href in find_hrefs(each.html)}
    if has_words:
        hrefs |= find_links(record.document)
    public = links_public(hrefs, str(document["site"]))
    return AsOfAnswer(
        content=_content(
            record,
            then,
            document,
            at=at,
            until=until,
            withheld=len(recorded) - len(then),
            has_words=has_words,
            may_follow=public.__contains__,
        ),
        current=current,
    )


def _wordings_then(
    recorded: Sequence[JsonObject], locale: str, at: datetime
) -> list[WordingThen]:
    """Return the wordings of then of those of the *recorded* disclaimers that are public today. Two queries."""
    keys = {str(each["key"]) for each in recorded}
    # By id as well: a disclaimer may have another key today.
    chains = DisclaimerVersion.objects.filter(key__in=keys).values("chain")
    rows = DisclaimerVersion.objects.filter(chain__in=chains)
    wordings = with_ends(
        Wording(
            chain=row.chain,
            number=row.number,
            key=row.key,
            locale=row.locale,
            title=row.title,
            body_html=row.body_html,
            text_sha=row.text_sha,
            hash=row.hash,
            live_from=row.published_at,
        )
        for row in rows.order_by("chain", "number")
    )
    live = DisclaimerSnippet.objects.filter(live=True).values_list("pk", "key")
    public_ids, public_keys = {pk for pk, _ in live}, {key for _, key in live}
    found = [wording_then(d, wordings, locale=locale, at=at) for d in recorded]
    return [
        each
        for each in found
        if (
            each.wording.chain in public_ids
            if each.wording
            else each.recorded["key"] in public_keys
        )
    ]


def _content(
    record: PublicationRecord,
    then: Sequence[WordingThen],
    current: JsonObject,
    *,
    at: datetime,
    until: datetime | None,
    withheld: int,
    has_words: bool,
    may_follow: Callable[[str], bool],
) -> JsonObject:
    safety: Any = record.document["safety"]
    above: Any = current["breadcrumbs"]
    sections = {link["title"] for link in above}
    told = [
        disclaimer_then(each, sections=sections, may_follow=may_follow) for each in then
    ]
    document: JsonObject | None = None
    if has_words:
        frame: Any = current["safety"]
        of_then = {"review": safety["review"], "gate": safety["gate"]}
        document = superseded_document(
            record.document,
            current | {"safety": {**frame, **of_then, "disclaimers": [*told]}},
            superseded=None
            if until is None
            else {"at": timestamp(until), "version": current["version"]},
            may_follow=may_follow,
        )
    return {
        "id": record.page_id,
        "type": current["type"],
        "at": exact(at),
        "version": record.number,
        "reason": str(record.reason),
        "live_from": exact(record.published_at),
        "live_until": exact(until),
        "digest": record.digest,
        "content_digest": record.content_digest or None,
        "prev_hash": record.prev_hash or None,
        "hash": record.hash,
        "review": safety["review"],
        "gate": {
            "status": safety["gate"],
            "rule_base": record.gate.get("rule_base") or None,
        },
        "disclaimers": [
            each | proof_of(wording) for each, wording in zip(told, then, strict=True)
        ],
        "withheld": withheld,
        "document": document,
    }
