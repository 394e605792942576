"""Writers of the read model: documents follow what is published, and everything they are made of."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import OperationalError, transaction

from ..abstract import DocumentMixin
from ..actors import System
from ..compat import page_model
from ..models import PublicationReason
from ..selectors import pages_facts, surroundings_now
from ..services.publication import (
    page_lock,
    pages_lock_free,
    publication_continue,
    publication_newest,
    publication_record,
    publications_newest,
)
from . import tasks
from .change_log import changes_record
from .models import PublishedDocument
from .read_model import documents_write, stored_documents
from .selectors.dependencies import documents_depending_on, pages_below, translations_of
from .visibility import page_is_public
from .webhooks.outbox import documents_record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..services.publication import Publication

logger = logging.getLogger(__name__)
REBUILDER = System("rebuild")
# What an editor waits for after a publication; what is more goes to tasks, this many pages each.
INLINE_MAX = 50
# Rebuilt in one transaction: an editor who publishes one of them meanwhile waits for a tenth of a second at most.
BATCH_SIZE = 25


def documents_refresh(
    page_ids: Iterable[int], *, with_dependents: bool = False
) -> None:
    """Rebuild the documents of *page_ids*, and of every page that shows something of them that changed.

    *with_dependents* takes a change for granted: for pages that are gone, or have no document to compare with. Call it
    after the transaction that changed something. Up to `INLINE_MAX` pages are done at once, the rest by tasks.
    """
    waiting = list(page_ids)
    if with_dependents:
        waiting += dependent_pages(waiting)
    done: set[int] = set()
    while waiting and len(done) < INLINE_MAX:
        size = min(BATCH_SIZE, INLINE_MAX - len(done))
        batch = [pk for pk in dict.fromkeys(waiting) if pk not in done][:size]
        done.update(batch)
        changed = documents_rebuild(batch)
        waiting = [pk for pk in waiting if pk not in done]
        if changed:
            waiting += dependent_pages(changed)
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


def documents_rebuild(page_ids: Iterable[int]) -> list[int]:
    """Do what `document_rebuild` does for each of the pages; return those whose face changed.

    Many together cost a fraction of each by itself. What fails has no document afterwards, and the log says why: stale
    bytes may name what is no longer public.
    """
    rest = list(dict.fromkeys(page_ids))
    changed: list[int] = []
    if len(rest) > 1:
        changed, done = _rebuild_together(rest)
        rest = [page_id for page_id in rest if page_id not in done]
    return changed + [page_id for page_id in rest if _rebuild_or_remove(page_id)]


def document_rebuild(page_id: int) -> bool:
    """Make the document of the page what the page's present state demands, and return whether its face changed.

    A page that the public may not see, that is no document, or that no record stands for has none: a row made live by
    `QuerySet.update` stays invisible. Idempotent. Locks the page's row, so that of two rebuilds the later one sees the
    newer state.
    """
    with transaction.atomic():
        page_lock(page_id)
        return bool(_rebuild([page_id]).changed)


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
    below = page_model().objects.filter(path__startswith=path)
    documents = PublishedDocument.objects.filter(page__in=below.order_by())
    # Locked in the order in which a rebuild of many writes them, or the two might wait for each other.
    list(documents.select_for_update().order_by("pk").values_list("pk", flat=True))
    documents.delete()


@dataclass(frozen=True, slots=True)
class _Rebuilt:
    """What a rebuild did."""

    changed: list[int]
    """The pages whose face changed."""
    retagged: set[int]
    """The pages whose documents are made of something new."""


def _rebuild_together(page_ids: list[int]) -> tuple[list[int], set[int]]:
    """Rebuild those of the pages that nobody else works on; return whose face changed, and which were done."""
    try:
        with transaction.atomic():
            free = pages_lock_free(page_ids)
            rebuilt = _rebuild(free)
        if rebuilt.retagged:
            # What these are newly made of may have changed meanwhile; before their tags were there nobody knew whom
            # that concerned.
            with transaction.atomic():
                _rebuild(pages_lock_free(rebuilt.retagged))
    except Exception:
        logger.warning("Documents are rebuilt one by one", exc_info=True)
        return [], set()
    return rebuilt.changed, set(free)


def _rebuild_or_remove(page_id: int) -> bool:
    """Rebuild; when that fails, fail closed."""
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
        PublishedDocument.objects.filter(page_id=page_id).delete()
        changes_record(removals=[page_id])
    return True


def _rebuild(page_ids: list[int]) -> _Rebuilt:
    """Rebuild the documents of pages that are locked. The number of queries does not grow with the pages."""
    before = stored_documents(page_ids)
    written = documents_write(_publications(page_ids), before)
    gone = [page_id for page_id in page_ids if page_id not in written.states]
    if gone:
        PublishedDocument.objects.filter(page_id__in=gone).delete()
    documents_record(
        {page_id: known.state for page_id, known in before.items()}, written.states
    )
    changes_record(upserts=written.changed, removals=gone)
    changed = [page_id for page_id in gone if page_id in before] + [
        page_id
        for page_id, face in written.faces.items()
        if page_id not in before or before[page_id].face != face
    ]
    return _Rebuilt(changed=changed, retagged=written.retagged)


def _publications(page_ids: list[int]) -> list[Publication]:
    """Return what is public of the pages, each recorded anew where its document changed; in the order of their ids."""
    newest = publications_newest(page_ids)
    on_record = [
        page_id
        for page_id, record in newest.items()
        if record.reason != PublicationReason.UNPUBLISH
    ]
    if not on_record:
        return []
    pages = page_model().objects.filter(pk__in=on_record, live=True).order_by("pk")
    surroundings = surroundings_now()
    public = [
        page
        for page in pages.specific()
        if isinstance(page, DocumentMixin) and page_is_public(page, surroundings)
    ]
    return [
        publication_continue(
            page,
            newest[facts.id],
            facts,
            actor=REBUILDER,
            reason=PublicationReason.DEPENDENCY,
        )
        for page, facts in zip(public, pages_facts(public, surroundings), strict=True)
    ]
