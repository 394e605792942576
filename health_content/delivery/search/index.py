"""The writer of the search index: what is published to texts, terms and words.

The texts are written in the transaction that writes the document; the index follows after its commit, by a task that
takes the texts as they then are. Whether an index is there or not, publishing goes on: what it missed is known by
`SearchEntry.indexed_as`, and the next rebuild brings it in.
"""

from __future__ import annotations

import json
import logging
from functools import partial
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db import connections, router, transaction
from django.db.models import F
from wagtail.search.models import IndexEntry

from ...after_commit import after_commit
from .. import tasks
from ..encode import content_sha
from ..models import SearchEntry, SearchWord
from .backends import Kind, SearchUnavailable, backend_kind, indexing_backends
from .passages import encode_passages, find_passages
from .typos import GUESSED_MIN_LENGTH
from .words import READING, WORD_MAX_LENGTH, fold, word_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

logger = logging.getLogger(__name__)


def entries_write(contents: Mapping[int, bytes]) -> None:
    """Write the texts of documents, given as their bytes by page, where they are not those of the bytes already.

    Call it in the transaction that writes the documents. Two queries, whatever their number.
    """
    wanted = {pk: f"{READING}:{content_sha(content)}" for pk, content in contents.items()}  # fmt: skip
    known = {
        pk: (made_of, indexed_as)
        for pk, made_of, indexed_as in SearchEntry.objects.filter(
            document_id__in=list(wanted)
        ).values_list("document_id", "made_of", "indexed_as")
    }
    SearchEntry.objects.bulk_create(
        (
            _entry(page_id, json.loads(contents[page_id]), made_of)
            for page_id, made_of in wanted.items()
            if known.get(page_id, ("", ""))[0] != made_of
        ),
        update_conflicts=True,
        unique_fields=["document"],
        update_fields=["locale", "type", "passages", "made_of"],
    )
    behind = [pk for pk, made_of in wanted.items() if known.get(pk) != (made_of,) * 2]
    if behind:
        after_commit(partial(tasks.index_entries.enqueue, behind))


def entries_index(page_ids: Iterable[int]) -> None:
    """Bring the entries of the pages, as they now are, into the index of every back end that follows.

    A back end that fails is logged and left behind. Idempotent. The number of queries does not grow with the entries.
    """
    entries = list(SearchEntry.objects.filter(document_id__in=list(page_ids)))
    if not entries:
        return
    words_note(entries)
    try:
        results = [_add(backend, entries) for backend in indexing_backends()]
    except SearchUnavailable:
        logger.exception("Search index: %d entries were not added", len(entries))
        return
    if all(results):
        # What was written meanwhile has another `made_of`, and a task of its own.
        made_of = [entry.made_of for entry in entries]
        SearchEntry.objects.filter(
            document_id__in=[entry.pk for entry in entries], made_of__in=made_of
        ).update(indexed_as=F("made_of"))


def entries_remove(page_ids: Iterable[int]) -> None:
    """Take the entries of pages that have no document out of outside indexes, after the commit.

    In the database they went with the document. An index that misses it answers nothing wrong: each answer is joined
    with what is public.
    """
    gone = list(page_ids)
    if gone and _outside():
        after_commit(partial(tasks.unindex_entries.enqueue, gone))


def entries_unindex(page_ids: Iterable[int]) -> None:
    """Take the pages out of outside indexes, but those that are public again."""
    gone = set(page_ids)
    gone -= set(SearchEntry.objects.filter(document_id__in=gone).values_list("pk", flat=True))  # fmt: skip
    for backend in _outside():
        try:
            for page_id in sorted(gone):
                backend.delete(SearchEntry(document_id=page_id))
        except Exception:
            logger.exception("Search index: %d entries were not removed", len(gone))


def words_note(entries: Iterable[SearchEntry]) -> None:
    """Note the words of *entries*, for guesses at mistyped ones. One query."""
    found = {
        word
        for entry in entries
        for passage in entry.texts
        for word in word_texts(passage.text)
    }
    words = sorted(
        {
            folded
            for folded in map(fold, found)
            if GUESSED_MIN_LENGTH <= len(folded) <= WORD_MAX_LENGTH and folded.isalpha()
        }
    )
    connection = connections[router.db_for_write(SearchWord)]
    if not words or connection.vendor not in _NOTE_WORDS:
        return
    table = SearchWord._meta.db_table  # noqa: SLF001 - Django's documented name
    with connection.cursor() as cursor:
        # As one parameter, and in one order, so that two writers cannot wait for each other.
        cursor.execute(_NOTE_WORDS[connection.vendor].format(table=table), [json.dumps(words)])  # fmt: skip


# Not by `bulk_create`: on SQLite that is one statement for every 500 words.
_NOTE_WORDS = {
    "sqlite": "INSERT OR IGNORE INTO {table} (word, length) SELECT value, length(value) FROM json_each(%s)",
    "postgresql": (
        "INSERT INTO {table} (word, length) SELECT value, length(value) "
        "FROM json_array_elements_text(%s::json) ON CONFLICT DO NOTHING"
    ),
}


def _outside() -> list[Any]:
    """Return the back ends outside the database; none when they cannot be used, which hinders no publication."""
    try:
        return [b for b in indexing_backends() if backend_kind(b) is Kind.ENGINE]
    except SearchUnavailable:
        logger.exception("Search index: entries were not removed")
        return []


def _entry(page_id: int, document: Mapping[str, Any], made_of: str) -> SearchEntry:
    return SearchEntry(
        document_id=page_id,
        locale=document["locale"],
        type=document["type"],
        passages=encode_passages(find_passages(dict(document))),
        made_of=made_of,
    )


def _add(backend: Any, entries: list[SearchEntry]) -> bool:
    """Add *entries* to the index of *backend*; return whether that worked."""
    try:
        with transaction.atomic():
            if backend_kind(backend) is Kind.SQLITE:
                _remove(entries)
            backend.add_bulk(SearchEntry, entries)
    except Exception:
        # An index is never a reason not to publish, and each back end fails in its own way.
        logger.exception("Search index: %d entries were not added", len(entries))
        return False
    return True


def _remove(entries: list[SearchEntry]) -> None:
    """Remove *entries* from Wagtail's table: it updates rows one by one, and adds all that are not there at once."""
    content_type = ContentType.objects.get_for_model(SearchEntry).pk
    table = IndexEntry._meta.db_table  # noqa: SLF001 - Django's documented name
    marks = ", ".join(["%s"] * len(entries))
    # By SQL, as Wagtail does: Django would read all rows that hang on these first.
    with connections[router.db_for_write(IndexEntry)].cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table} WHERE content_type_id = %s AND object_id IN ({marks})",  # noqa: S608 - names are the model's own
            [content_type, *(str(entry.pk) for entry in entries)],
        )
