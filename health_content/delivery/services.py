"""Writers of the read model: documents follow what is published, and everything they are made of."""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, transaction
from django.db.models import Min, Q
from django.utils import timezone
from django.utils.http import http_date
from wagtail.models import Revision

from ..abstract import DocumentMixin
from ..actors import System
from ..compat import page_model
from ..conf import get_conf
from ..models import DisclaimerSnippet, PublicationReason
from ..selectors import surroundings_now
from ..services.publication import (
    page_lock,
    publication_continue,
    publication_newest,
    publication_record,
)
from . import tasks
from .change_log import change_removal, change_upsert
from .encode import (
    content_sha,
    document_card,
    encode_document,
    encode_json,
    encode_markdown,
    encode_resolve,
)
from .models import DocumentBytes, DocumentTag, Form, PublishedDocument
from .paths import path_key
from .selectors.dependencies import documents_depending_on, pages_below, translations_of
from .visibility import page_is_public
from .webhooks.event_types import DocumentState
from .webhooks.outbox import document_record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from ..document_facts import JsonObject, PageFacts
    from ..services.publication import Publication

logger = logging.getLogger(__name__)
REBUILDER = System("rebuild")
# What an editor waits for after a publication; what is more goes to tasks, this many pages each.
INLINE_MAX = 50


@dataclass(frozen=True, slots=True)
class _Face:
    """What other documents show of a page: a change of it is a change of theirs."""

    title: str
    site_id: int
    path: str


@dataclass(frozen=True, slots=True)
class _Stored:
    """What the read model holds of a page."""

    face: _Face
    sha: str
    state: DocumentState


def documents_refresh(
    page_ids: Iterable[int], *, with_dependents: bool = False
) -> None:
    """Rebuild the documents of *page_ids*, and of every page that shows something of them that changed.

    *with_dependents* takes a change for granted: for pages that are gone, or have no document to compare with. Call it
    after the transaction that changed something. Up to `INLINE_MAX` pages are done at once, the rest by tasks.
    """
    waiting = deque(dict.fromkeys(page_ids))
    if with_dependents:
        waiting.extend(dependent_pages(waiting))
    done: set[int] = set()
    while waiting and len(done) < INLINE_MAX:
        page_id = waiting.popleft()
        if page_id not in done:
            done.add(page_id)
            if _rebuild_or_remove(page_id):
                waiting.extend(dependent_pages([page_id]))
    rest = [page_id for page_id in dict.fromkeys(waiting) if page_id not in done]
    for start in range(0, len(rest), INLINE_MAX):
        tasks.refresh_documents.enqueue(rest[start : start + INLINE_MAX])


def dependent_pages(page_ids: Iterable[int]) -> list[int]:
    """Return the ids of the pages whose documents name one of *page_ids*: links, breadcrumbs, translations."""
    identifiers = list(page_ids)
    pages = page_model().objects.filter(pk__in=identifiers)
    return [
        *documents_depending_on(f"page-{pk}" for pk in identifiers),
        *translations_of(pages),
        *pages_below(pages),
    ]


def document_rebuild(page_id: int) -> bool:
    """Make the document of the page what the page's present state demands, and return whether its face changed.

    A page that the public may not see, that is no document, or that no record stands for has none: a row made live by
    `QuerySet.update` stays invisible. Idempotent. Locks the page's row, so that of two rebuilds the later one sees the
    newer state.
    """
    with transaction.atomic():
        page_lock(page_id)
        before = _stored(page_id)
        publication = _publication(page_id)
        if publication is None:
            _remove(page_id)
            return before is not None
        _write(publication, known_sha=before.sha if before else "")
        facts = publication.facts
        face = _Face(facts.title, facts.site_id, facts.path)
        document_record(
            page_id,
            before=before.state if before else None,
            after=DocumentState(
                type=facts.type,
                site_id=facts.site_id,
                path=facts.path,
                version=publication.record.number,
            ),
        )
        return before is None or before.face != face


def document_adopt(page: DocumentMixin) -> bool:
    """Record a live page that never was: it went public before this application was installed.

    Returns whether there was something to do. Pages that were closed stay closed.
    """
    if not page.live or publication_newest(page.pk) is not None:
        return False
    publication_record(page, actor=REBUILDER, reason=PublicationReason.REBUILD)
    return True


def documents_hide(path: str) -> None:
    """Remove the documents at and below the tree path *path*, at once and in the caller's transaction."""
    PublishedDocument.objects.filter(page__path__startswith=path).delete()


def _rebuild_or_remove(page_id: int) -> bool:
    """Rebuild; when that fails, fail closed: stale bytes may name what is no longer public."""
    for is_last in (False, True):
        try:
            return document_rebuild(page_id)
        except OperationalError:  # A deadlock or a lock's timeout: once more.
            if is_last:
                logger.exception("Document of page %s could not be rebuilt", page_id)
        except Exception:
            logger.exception("Document of page %s could not be rebuilt", page_id)
            break
    with transaction.atomic():
        _remove(page_id)
    return True


def _remove(page_id: int) -> None:
    PublishedDocument.objects.filter(page_id=page_id).delete()
    change_removal(page_id)


def _stored(page_id: int) -> _Stored | None:
    representation = (
        DocumentBytes.objects.filter(
            document_id=page_id, form=Form.DOCUMENT, coding="identity"
        )
        .select_related("document")
        .defer("content", "document__card")
        .first()
    )
    if representation is None:
        return None
    row = representation.document
    return _Stored(
        face=_Face(row.title, row.site_id, row.path),
        sha=representation.sha,
        state=DocumentState(
            type=row.type, site_id=row.site_id, path=row.path, version=row.version
        ),
    )


def _publication(page_id: int) -> Publication | None:
    page = page_model().objects.filter(pk=page_id, live=True).first()
    newest = publication_newest(page_id)
    if page is None or newest is None or newest.reason == PublicationReason.UNPUBLISH:
        return None
    surroundings = surroundings_now()
    specific = page.specific
    if not page_is_public(page, surroundings) or not isinstance(
        specific, DocumentMixin
    ):
        return None
    return publication_continue(
        specific,
        newest,
        surroundings,
        actor=REBUILDER,
        reason=PublicationReason.DEPENDENCY,
    )


def _write(publication: Publication, *, known_sha: str) -> None:
    """Write the row of the publication; its bytes only when they are not those of *known_sha*."""
    facts, document = publication.facts, publication.document
    document = document | {"replies": _replies(facts)}
    now = timezone.now()
    values = _row(publication, document, now)
    is_changed = content_sha(encode_json(document)) != known_sha
    if is_changed:
        values |= {"updated_at": now, "last_modified": http_date(now.timestamp())}
    row = PublishedDocument.objects.filter(page_id=facts.id)
    if not row.update(**values):
        # A row without its bytes is unknown, too, so all columns are there.
        PublishedDocument.objects.create(page_id=facts.id, **values)
    if is_changed:
        _write_bytes(facts.id, document)
    _write_tags(facts)
    change_upsert(facts.id, is_changed=is_changed)


def _row(
    publication: Publication, document: JsonObject, now: datetime
) -> dict[str, Any]:
    facts, record = publication.facts, publication.record
    return {
        "site_id": facts.site_id,
        "locale": facts.locale,
        "type": facts.type,
        "title": facts.title,
        "slug": facts.slug,
        "path": facts.path,
        "path_key": path_key(facts.path),
        "translation_key": facts.translation_key,
        "audience": facts.audience,
        "version": record.number,
        "first_published_at": facts.first_published_at or record.published_at,
        "last_published_at": facts.last_published_at or record.published_at,
        "next_transition": _next_transition(facts, now),
        "link": _link(document),
        "tags": " ".join(_public_tags(facts)),
        "card": encode_json(document_card(document)),
    }


def _write_bytes(page_id: int, document: JsonObject) -> None:
    DocumentBytes.objects.filter(document_id=page_id).delete()
    forms = {
        Form.DOCUMENT: encode_document(document),
        Form.RESOLVE: encode_resolve(document),
        Form.MARKDOWN: encode_markdown(document),
    }
    DocumentBytes.objects.bulk_create(
        DocumentBytes(
            document_id=page_id,
            form=form,
            coding=coding,
            sha=representation.sha,
            content=representation.content,
        )
        for form, encodings in forms.items()
        for coding, representation in encodings.by_coding().items()
    )


def _write_tags(facts: PageFacts) -> None:
    tags = DocumentTag.objects.filter(document_id=facts.id)
    old = set(tags.values_list("tag", flat=True))
    new = set(facts.dependencies)
    if gone := old - new:
        tags.filter(tag__in=gone).delete()
    if added := sorted(new - old):
        DocumentTag.objects.bulk_create(
            DocumentTag(document_id=facts.id, tag=tag) for tag in added
        )


def _replies(facts: PageFacts) -> JsonObject | None:
    provider = get_conf().replies_summary()
    summary = provider(facts.id) if provider and facts.type != "index" else None
    return None if summary is None else dict(summary)


def _link(document: JsonObject) -> str:
    """Return the Link header (RFC 8288) of *document*: its canonical page and the licence."""
    links = [f'<{document["url"]}>; rel="canonical"']
    if licence := get_conf().license_url:
        links.append(f'<{licence}>; rel="license"')
    return ", ".join(links)


def _public_tags(facts: PageFacts) -> list[str]:
    """Return the cache tags: what the document shows, the invisible left out."""
    resources = facts.resources
    shown = {f"page-{pk}" for pk in resources.pages}
    shown |= {f"page-{link.id}" for link in (*facts.breadcrumbs, *facts.alternates)}
    shown |= {f"disclaimer-{pk}" for pk in resources.disclaimers}
    shown |= {f"image-{pk}" for pk in resources.images}
    shown |= {f"document-{pk}" for pk in resources.documents}
    own = [f"page-{facts.id}", f"type-{facts.type}", f"site-{facts.site_id}"]
    return own + sorted(shown - set(own))


def _next_transition(facts: PageFacts, now: datetime) -> int | None:
    """Return when the document changes by itself next: expiry or go-live of the page or a disclaimer it shows."""
    disclaimers = list(facts.resources.disclaimers)
    scheduled = Q(
        base_content_type=ContentType.objects.get_for_model(page_model()),
        object_id=str(facts.id),
    ) | Q(
        base_content_type=ContentType.objects.get_for_model(DisclaimerSnippet),
        object_id__in=[str(pk) for pk in disclaimers],
    )
    go_live_at = Revision.objects.filter(
        scheduled, approved_go_live_at__gt=now
    ).aggregate(at=Min("approved_go_live_at"))["at"]
    known = [moment for moment in (facts.expires_at, go_live_at) if moment is not None]
    return int(min(known).timestamp()) if known else None
