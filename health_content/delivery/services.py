"""Writers of the read model: documents follow what is published, and everything they are made of."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from ..abstract import DocumentMixin
from ..actors import System
from ..compat import page_model
from ..models import PublicationReason, PublicationRecord
from ..selectors.pages import QUESTIONS
from ..services.publication import (
    page_lock,
    pages_lock_free,
    publication_record,
    publications_continue,
)
from ..services.renditions import renditions_follow
from . import tasks
from .change_log import changes_record
from .models import Form, PublishedDocument
from .purge.recording import rebuilt_purge
from .read_model import documents_write, encode_form, faq_entries, stored_documents
from .search.index import entries_remove
from .selectors.candidates import candidates_public
from .selectors.current import documents_current
from .selectors.dependencies import documents_depending_on, pages_below, translations_of
from .webhooks.outbox import documents_record
from .webhooks.redirects import redirects_follow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..document_facts import PageFacts

logger = logging.getLogger(__name__)
REBUILDER = System("rebuild")
# What an editor waits for after a publication; what is more goes to tasks, this many pages each.
INLINE_MAX = 50
# Rebuilt in one transaction: an editor who publishes one of them meanwhile waits for a tenth of a second at most.
BATCH_SIZE = 25
# Faults of what is around us, which say nothing about the page.
OUTAGES = (OperationalError, InterfaceError, ConnectionError, TimeoutError)


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
        # Those that show a question of one of these; what it answers is no part of its face.
        waiting += documents_depending_on(f"{QUESTIONS}-{pk}" for pk in batch)
    rest = [page_id for page_id in dict.fromkeys(waiting) if page_id not in done]
    for start in range(0, len(rest), INLINE_MAX):
        _leave_to_task(rest[start : start + INLINE_MAX])


def dependent_pages(page_ids: Iterable[int]) -> list[int]:
    """Return the ids of the pages whose documents name one of *page_ids*: links, breadcrumbs, translations."""
    identifiers = list(page_ids)
    pages = page_model().objects.filter(pk__in=identifiers)
    return [
        *documents_depending_on(f"page-{pk}" for pk in identifiers),
        *translations_of(pages),
        *pages_below(pages),
    ]


@dataclass(frozen=True, slots=True)
class Rebuild:
    """What became of the documents of some pages."""

    changed: list[int]
    """The pages whose face changed."""
    failed: list[int]
    """The pages whose documents are not what they should be: removed, or left to `rebuild_documents --due`."""


def documents_rebuild(page_ids: Iterable[int]) -> list[int]:
    """Do what `documents_rebuild_all` does; return the pages whose face changed."""
    return documents_rebuild_all(page_ids).changed


def documents_rebuild_all(page_ids: Iterable[int]) -> Rebuild:
    """Do what `document_rebuild` does for each of the pages.

    Many together cost a fraction of each by itself. A page that cannot be built has no document afterwards, and the log
    says why: stale bytes may name what is no longer public. One that only could not be stored is built for each request
    until it is.

    Raises:
        OperationalError: the database does not answer at all. Nothing was removed for that.
    """
    rest = list(dict.fromkeys(page_ids))
    rebuild = Rebuild(changed=[], failed=[])
    if len(rest) > 1:
        changed, done = _rebuild_together(rest)
        rebuild.changed.extend(changed)
        rest = [page_id for page_id in rest if page_id not in done]
    for page_id in rest:
        is_changed = _rebuild_alone(page_id)
        if is_changed is None:
            rebuild.failed.append(page_id)
        if is_changed is not False:
            rebuild.changed.append(page_id)
    return rebuild


def document_rebuild(page_id: int) -> bool:
    """Make the document of the page what the page's present state demands, and return whether its face changed.

    A page that the public may not see, that is no document, or that no record stands for has none: a row made live by
    `QuerySet.update` stays invisible. Idempotent. Locks the page's row, so that of two rebuilds the later one sees the
    newer state.
    """
    with transaction.atomic():
        page_lock(page_id)
        rebuilt = _rebuild([page_id])
    return bool([*rebuilt.changed, *_verify(rebuilt)])


def documents_adopt(page_ids: Iterable[int]) -> int:
    """Record those of the pages that are live and never were: they went public before this application was installed.

    Returns their number. Pages that were closed stay closed.
    """
    recorded = PublicationRecord.objects.filter(page_id=OuterRef("pk"))
    unknown = page_model().objects.filter(
        ~Exists(recorded), pk__in=list(page_ids), live=True
    )
    pages = [page for page in unknown.specific() if isinstance(page, DocumentMixin)]
    for page in pages:
        publication_record(page, actor=REBUILDER, reason=PublicationReason.REBUILD)
    return len(pages)


@transaction.atomic
def documents_hide(path: str) -> None:
    """Remove the documents at and below the tree path *path*, at once: in the caller's transaction, where there is one."""
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
    retagged: dict[int, PageFacts]
    """What the documents that are made of something new were made from, by page."""


def _rebuild_together(page_ids: list[int]) -> tuple[list[int], set[int]]:
    """Rebuild those of the pages that nobody else works on; return whose face changed, and which were done."""
    try:
        with transaction.atomic():
            free = pages_lock_free(page_ids)
            rebuilt = _rebuild(free)
        changed = [*rebuilt.changed, *_verify(rebuilt)]
    except Exception:
        logger.warning("Documents are rebuilt one by one", exc_info=True)
        return [], set()
    return changed, set(free)


def _verify(rebuilt: _Rebuilt) -> list[int]:
    """Rebuild what is not of now, and return the pages whose face changed by that. Call it after the transaction that rebuilt.

    What documents are newly made of may have changed meanwhile; before their tags were there nobody knew whom that
    concerned. Who has such a page locked rebuilds it after this.
    """
    made_from = rebuilt.retagged
    if not made_from:
        return []
    with transaction.atomic():
        free = pages_lock_free(made_from)
        now = {
            candidate.facts.id: candidate.facts for candidate in candidates_public(free)
        }
        stale = [page_id for page_id in free if now.get(page_id) != made_from[page_id]]
        return _rebuild(stale).changed if stale else []


def _rebuild_alone(page_id: int) -> bool | None:
    """Rebuild, and return whether the face changed; None when that failed.

    Fails closed where the page is at fault. Where it could be read all the same, readers get it as it is now.
    """
    for is_last in (False, True):
        try:
            return document_rebuild(page_id)
        except OperationalError:  # A deadlock or a lock's timeout: once more.
            if is_last:
                logger.exception("Document of page %s could not be rebuilt", page_id)
        except Exception:
            logger.exception("Document of page %s could not be rebuilt", page_id)
            break
    if _is_readable(page_id):
        _note_due([page_id])
    else:
        _remove(page_id)
    return None


def _is_readable(page_id: int) -> bool:
    """Return whether the public may see the page, and all of its document can be built. Writes nothing.

    Raises:
        OperationalError, InterfaceError, ConnectionError, TimeoutError: nobody knows.
    """
    try:
        built = documents_current([(page_id, 0)], timezone.now())[page_id]
        if built is not None:
            list(faq_entries(page_id, built.document))
            for form in Form:
                encode_form(form, built.document, built.content)
    except OUTAGES:
        raise
    except Exception:
        # Whatever it is, it is this page that raised it.
        logger.exception("Document of page %s cannot be built", page_id)
        return False
    return built is not None


@transaction.atomic
def _remove(page_id: int) -> None:
    PublishedDocument.objects.filter(page_id=page_id).delete()
    entries_remove([page_id])
    changes_record(removals=[page_id])


@transaction.atomic
def _note_due(page_ids: list[int]) -> None:
    """Have the documents of the pages built for each request, until they are rebuilt."""
    documents = PublishedDocument.objects.filter(page_id__in=page_ids)
    # Locked in the order in which a rebuild of many writes them.
    list(documents.select_for_update().order_by("pk").values_list("pk", flat=True))
    documents.update(next_transition=int(timezone.now().timestamp()))


def _leave_to_task(page_ids: list[int]) -> None:
    """Have a task rebuild the documents; where no queue takes it, `rebuild_documents --due` does."""
    try:
        tasks.refresh_documents.enqueue(page_ids)
    except Exception:
        # Each queue fails in its own way, and the pages before these are done.
        logger.exception("No task rebuilds %d documents: they are due", len(page_ids))
        _note_due(page_ids)


def _rebuild(page_ids: list[int]) -> _Rebuilt:
    """Rebuild the documents of pages that are locked. The number of queries does not grow with the pages."""
    before = stored_documents(page_ids)
    candidates = candidates_public(page_ids)
    renditions_follow([candidate.facts for candidate in candidates])
    publications = publications_continue(
        candidates, actor=REBUILDER, reason=PublicationReason.DEPENDENCY
    )
    written = documents_write(publications, before)
    gone = [page_id for page_id in page_ids if page_id not in written.states]
    if gone:
        PublishedDocument.objects.filter(page_id__in=gone).delete()
        entries_remove(gone)
    documents_record(
        {page_id: known.state for page_id, known in before.items()}, written.states
    )
    rebuilt_purge(before, written)
    changed = [page_id for page_id in gone if page_id in before] + [
        page_id
        for page_id, face in written.faces.items()
        if page_id not in before or before[page_id].face != face
    ]
    # Those without a document, too: what was withdrawn lost it before.
    if moved := {*gone, *changed}:
        redirects_follow(moved)
    changes_record(upserts=written.changed, removals=gone)
    facts = {candidate.facts.id: candidate.facts for candidate in candidates}
    return _Rebuilt(
        changed=changed, retagged={pk: facts[pk] for pk in written.retagged}
    )
