"""Writes the record of what is public: append-only, one chain of hashes for each page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from ..actors import actor_user, user_name
from ..compat import page_model
from ..document import (
    build_document,
    canonical_json,
    document_digest,
    document_restated,
    timestamp,
)
from ..models import PublicationReason, PublicationRecord
from ..models.records import NAME_LENGTH
from ..selectors import page_facts
from ..signals import document_recorded
from .chain_heads import head_of_record, heads_advance
from .renditions import renditions_follow

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from django.db.models import QuerySet
    from wagtail.models import AbstractPage

    from ..abstract import DocumentMixin
    from ..actors import Actor
    from ..document_facts import JsonObject, PageFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A page's newest record, and the document in the order of its keys, which a database may not keep."""

    record: PublicationRecord
    facts: PageFacts
    document: JsonObject
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A page just read, what it shows, and its newest record."""

    page: DocumentMixin
    facts: PageFacts
    newest: PublicationRecord | None
    gate: JsonObject | None = None
    """What the gate said when the page was let through; None when nobody wrote anything: it stands as it stood."""


@transaction.atomic
def publication_record(
    page: DocumentMixin, *, actor: Actor, reason: str
) -> Publication:
    """Append the document of a live *page* to its record, if it or what the gate said differs from the newest one.

    Takes the page as it is stored, not as it is in memory. The page's row stays locked until the transaction ends, so
    that two publications of a page follow each other and the later one sees the earlier. Sends `document_recorded`.
    """
    page_lock(page.pk)
    stored: DocumentMixin = type(page)._base_manager.get(pk=page.pk)  # noqa: SLF001 - Django's documented name
    newest = publication_newest(page.pk)
    facts = page_facts(stored)
    renditions_follow([facts])
    gate = page.gate_statement
    candidate = Candidate(page=stored, facts=facts, newest=newest, gate=gate)
    return publications_continue([candidate], actor=actor, reason=reason)[0]


def publications_continue(
    candidates: Sequence[Candidate], *, actor: Actor, reason: str
) -> list[Publication]:
    """Do what `publication_record` does for each of *candidates*, in their order. Two queries, for all new records.

    The caller holds the locks and the transaction.
    """
    publications = [
        publication_due(candidate, actor=actor, reason=reason)
        for candidate in candidates
    ]
    new = [publication.record for publication in publications if publication.is_new]
    if new:
        PublicationRecord.objects.bulk_create(new)
        heads_advance(map(head_of_record, new))
    for candidate, publication in zip(candidates, publications, strict=True):
        if publication.is_new:
            document_recorded.send(
                sender=type(candidate.page), record=publication.record
            )
    return publications


def publication_due(candidate: Candidate, *, actor: Actor, reason: str) -> Publication:
    """Return the newest record of a page when it says what the page shows and the gate said, else one to be appended.

    No query.
    """
    newest = candidate.newest
    gate = candidate.gate or (newest.gate if newest else {})
    facts = replace(
        candidate.facts,
        gate_status=str(gate.get("status", "unchecked")),
        content_digest=str(gate.get("content_digest", "")),
    )
    number = newest.number + 1 if newest else 1
    document: JsonObject | None = None
    published_at = timestamp(facts.last_published_at)
    if newest is not None and newest.reason != PublicationReason.UNPUBLISH:
        as_recorded = build_document(_as_recorded(facts, newest))
        if document_digest(as_recorded) == newest.digest and gate == newest.gate:
            return Publication(
                record=newest, facts=facts, document=as_recorded, is_new=False
            )
        if published_at and as_recorded["last_published_at"]:
            document = document_restated(
                as_recorded, version=number, last_published_at=published_at
            )
    if document is None:
        document = build_document(replace(facts, version=number))
    record = _next_record(
        candidate.page,
        newest,
        document,
        locale=facts.locale,
        actor=actor,
        reason=reason,
        gate=candidate.gate,
    )
    return Publication(record=record, facts=facts, document=document, is_new=True)


@transaction.atomic
def publication_close(
    page: AbstractPage, *, actor: Actor, reason: str
) -> PublicationRecord | None:
    """Append to the record that *page* is no longer public, if it was. Sends `document_recorded`."""
    newest = publication_newest(page.pk)
    if newest is None or newest.reason == PublicationReason.UNPUBLISH:
        return None
    page_lock(page.pk)
    newest = publication_newest(page.pk)
    if newest is None or newest.reason == PublicationReason.UNPUBLISH:
        return None
    record = _next_record(
        page, newest, {}, locale=newest.locale, actor=actor, reason=reason
    )
    record.save()
    heads_advance([head_of_record(record)])
    document_recorded.send(sender=type(page), record=record)
    return record


def publication_newest(page_id: int) -> PublicationRecord | None:
    """Return the newest record of the page, None when it was never public."""
    records = PublicationRecord.objects.filter(page_id=page_id)
    newest: PublicationRecord | None = records.order_by("-number").first()
    return newest


def publications_newest(page_ids: Collection[int]) -> dict[int, PublicationRecord]:
    """Return the newest record of each of the pages that was ever public. One query."""
    records = PublicationRecord.objects.filter(page_id=OuterRef("page_id"))
    newer = records.filter(number__gt=OuterRef("number"))
    newest = PublicationRecord.objects.filter(~Exists(newer), page_id__in=page_ids)
    return {record.page_id: record for record in newest.order_by()}


def publication_faults(page_id: int) -> list[int]:
    """Return the numbers of the page's records that do not continue the chain: changed, or with one missing before."""
    faults: list[int] = []
    previous_hash, number = "", 0
    records = PublicationRecord.objects.filter(page_id=page_id).order_by("number")
    for record in records.iterator(chunk_size=100):
        number += 1
        is_next = record.number == number and record.prev_hash == previous_hash
        if not is_next or record.hash != record_hash(record):
            faults.append(record.number)
        previous_hash, number = record.hash, record.number
    return faults


def record_hash(record: PublicationRecord) -> str:
    """Return the SHA-256 over the previous record's hash and all that *record* states."""
    statement: JsonObject = {
        "prev_hash": record.prev_hash,
        "page_id": record.page_id,
        "page_uuid": str(record.page_uuid),
        "locale": record.locale,
        "number": record.number,
        "digest": record.digest,
        "document": record.document,
        "content_digest": record.content_digest,
        "gate": record.gate,
        "reason": str(record.reason),
        "published_at": record.published_at.astimezone(UTC).isoformat(),
    }
    if record.user_name:
        statement["user_name"] = record.user_name
    return hashlib.sha256(canonical_json(statement)).hexdigest()


def first_date_keep(page: DocumentMixin) -> None:
    """Let *page* keep the day on which it was first public: Wagtail dates a live copy twice, a moment apart."""
    pages: Any = type(page)._base_manager  # noqa: SLF001 - Django's documented name
    rows = pages.filter(pk=page.pk)
    stored = rows.values_list("first_published_at", flat=True).first()
    page.first_published_at = stored or page.first_published_at


def page_lock(page_id: int) -> None:
    """Lock the row of the page until the transaction ends, on databases that lock rows."""
    rows = page_model().objects.select_for_update().order_by().filter(pk=page_id)
    list(rows.values_list("pk", flat=True))


def rows_share(rows: QuerySet[Any]) -> None:
    """Keep others from changing *rows* until the transaction ends, on databases that lock rows.

    On PostgreSQL others may share them, which Django has no words for; elsewhere one holder at a time.
    """
    ids = rows.values_list("pk", flat=True)
    connection = connections[rows.db]
    if connection.vendor != "postgresql":
        list(ids.select_for_update())
        return
    try:
        sql, arguments = ids.query.sql_with_params()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} FOR SHARE", arguments)


def pages_lock_free(page_ids: Collection[int]) -> list[int]:
    """Lock the rows of those of the pages that nobody else has locked, and return their ids.

    Who holds the lock of one page must not wait for that of another: two that do may wait for each other.
    """
    rows = page_model().objects.select_for_update(skip_locked=True).order_by()
    return list(rows.filter(pk__in=page_ids).values_list("pk", flat=True))


def _next_record(
    page: AbstractPage,
    newest: PublicationRecord | None,
    document: JsonObject,
    *,
    locale: str,
    actor: Actor,
    reason: str,
    gate: JsonObject | None = None,
) -> PublicationRecord:
    user = actor_user(actor)
    if gate is None:
        gate = newest.gate if newest and document else {}
    record = PublicationRecord(
        page_id=page.pk,
        page_uuid=page.translation_key,
        locale=locale,
        number=newest.number + 1 if newest else 1,
        digest=document_digest(document),
        document=document,
        content_digest=str(gate.get("content_digest", "")),
        gate=gate,
        reason=PublicationReason(reason),
        published_at=timezone.now(),
        published_by_id=None if user is None else user.pk,
        user_name="" if user is None else user_name(user)[:NAME_LENGTH],
        prev_hash=newest.hash if newest else "",
    )
    record.hash = record_hash(record)
    return record


def _as_recorded(facts: PageFacts, record: PublicationRecord) -> PageFacts:
    """Return *facts* with the number and the time of publication that *record* states."""
    given = record.document.get("last_published_at")
    return replace(
        facts,
        version=record.number,
        last_published_at=datetime.fromisoformat(given) if given else None,
    )
