"""From what became of documents to what caches must drop. Called in the transaction that writes the read model."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from wagtail.models import Site

from ...compat import page_model
from ..cache_tags import (
    Tagged,
    children_tag,
    face_changed,
    must_go,
    place_changed,
    stale_tags,
)
from ..selectors.links_to import tags_of_links_to
from .addresses import document_urls
from .outbox import caches_purge
from .purgers import purger_names, wants_urls

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from uuid import UUID

    from ..models import PublishedDocument
    from ..read_model import StoredDocument, Written


def rebuilt_purge(before: Mapping[int, StoredDocument], written: Written) -> None:
    """Have caches drop the answers that the documents *written* changed. No query where there is no cache."""
    if not purger_names():
        return
    changes: list[tuple[Tagged | None, Tagged | None]] = []
    rows: list[PublishedDocument] = []
    for page_id, row in written.rows.items():
        known = before.get(page_id)
        old = known.row if known else None
        if not (written.changed[page_id] or _changes_sooner(old, row)):
            continue
        rows += [row] if old is None else [old, row]
        is_asked = page_id in written.asked
        changes.append(
            (_tagged(old, is_asked=is_asked), _tagged(row, is_asked=is_asked))
        )
    _record(changes, rows)


def removed_purge(row: PublishedDocument, *, is_urgent: bool) -> None:
    """Have caches drop the answers that showed the document *row*, which is about to be deleted."""
    if purger_names():
        is_asked = row.faq_entries.exists()
        _record([(_tagged(row, is_asked=is_asked), None)], [row], is_urgent=is_urgent)


def _changes_sooner(old: PublishedDocument | None, row: PublishedDocument) -> bool:
    """Return whether caches hold the document for longer than it may now be held."""
    if old is None or row.next_transition is None:
        return False
    return old.next_transition is None or row.next_transition < old.next_transition


def _tagged(row: PublishedDocument | None, *, is_asked: bool) -> Tagged | None:
    if row is None:
        return None
    return Tagged(
        id=row.page_id,
        type=row.type,
        locale=row.locale,
        site_id=row.site_id,
        path=row.path,
        path_key=row.path_key,
        title=row.title,
        tags=frozenset(row.tags.split()),
        has_questions=is_asked,
    )


def _record(
    changes: Sequence[tuple[Tagged | None, Tagged | None]],
    rows: Sequence[PublishedDocument],
    *,
    is_urgent: bool = False,
) -> None:
    if not changes:
        return
    hard: set[str] = set()
    soft: set[str] = set()
    parents = _parents({row.page_id for row in rows})
    homes = _homes(rows) if any(face_changed(*pair) for pair in changes) else {}
    for before, after in changes:
        pair = _at_home(before, homes), _at_home(after, homes)
        tags = hard if must_go(*pair) else soft
        tags |= stale_tags(*pair)
        tags |= {children_tag(parents[d.id]) for d in pair if d and d.id in parents}
    elsewhere = [d for pair in changes if place_changed(*pair) for d in pair if d]
    linked = tags_of_links_to(
        {document.id for document in elsewhere},
        {(document.site_id, document.path_key) for document in elsewhere},
    )
    (hard or soft).update(linked)
    urls = document_urls(rows, parents) if any(map(wants_urls, purger_names())) else []
    caches_purge(hard, urls=urls, is_hard=True, is_urgent=is_urgent)
    caches_purge(soft - hard)


def _parents(page_ids: Collection[int]) -> dict[int, int]:
    """Return the id of the page above each page. Two queries."""
    pages, step = page_model().objects.order_by(), page_model().steplen
    paths = dict(pages.filter(pk__in=page_ids).values_list("pk", "path"))
    above = {path[:-step] for path in paths.values()}
    by_path = dict(pages.filter(path__in=above).values_list("path", "pk"))
    return {
        pk: by_path[path[:-step]]
        for pk, path in paths.items()
        if path[:-step] in by_path
    }


def _homes(rows: Iterable[PublishedDocument]) -> dict[int, frozenset[int]]:
    """Return the sites that each of the pages is the root of, in some language. One query."""
    keys = {row.translation_key for row in rows}
    roots = Site.objects.filter(root_page__translation_key__in=keys)
    sites: dict[UUID, set[int]] = defaultdict(set)
    for site_id, key in roots.values_list("pk", "root_page__translation_key"):
        sites[key].add(site_id)
    return {row.page_id: frozenset(sites[row.translation_key]) for row in rows}


def _at_home(
    document: Tagged | None, homes: Mapping[int, frozenset[int]]
) -> Tagged | None:
    if document is None or not homes.get(document.id):
        return document
    return replace(document, home_of=homes[document.id])
