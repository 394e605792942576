"""The change feed: everything that became public, changed or went away, oldest first. Each page is in it once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from ...document import timestamp
from ...selectors.withdrawals import withdrawal_statements, withdrawals_of_pages
from ..cursors import CHANGES_ORDER, Cursor, encode_cursor
from ..encode import encode_json
from ..feed import FeedEntry
from ..models import Change, ChangeCounter, Form
from ..visibility import documents_public
from .current import current_content, documents_current
from .lists import filter_fields

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from ...document_facts import JsonObject


class CursorAheadError(ValueError):
    """The cursor is of changes that this site has not made: it was restored from an older copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeList:
    """One page of the feed."""

    items: tuple[bytes, ...]
    """JSON of each change."""
    cursor: str
    """Where to go on, now or later."""
    has_more: bool


def change_cursor(number: int) -> str:
    """Return the cursor that stands after the change *number*."""
    return encode_cursor(Cursor(order=CHANGES_ORDER, key=number, id=0))


def changes_since(
    number: int, *, page_size: int, fields: Sequence[str] = ()
) -> ChangeList:
    """Return what changed after the change *number*; 0 is the beginning. The number of queries does not grow with it.

    A change says what is public now: a page that was changed and then taken down is a removal only.
    A withdrawn page's removal says why.

    Raises:
        CursorAheadError: there is no such change yet.
    """
    newest = ChangeCounter.objects.values_list("value", flat=True).first() or 0
    if number > newest:
        raise CursorAheadError
    changes = list(
        Change.objects.filter(number__gt=number).order_by("number")[: page_size + 1]
    )
    shown = changes[:page_size]
    page_ids = [change.page_id for change in shown]
    documents = _documents(page_ids, fields)
    withdrawals = _withdrawals(page_ids, documents)
    return ChangeList(
        items=tuple(
            _item(
                change,
                documents.get(change.page_id),
                withdrawals.get(change.page_id),
            )
            for change in shown
        ),
        cursor=change_cursor(shown[-1].number if shown else number),
        has_more=len(changes) > len(shown),
    )


def _documents(page_ids: Sequence[int], fields: Sequence[str]) -> dict[int, bytes]:
    now = timezone.now()
    documents = documents_public(now).filter(page_id__in=page_ids)
    column = "card"
    if fields:
        column = "representations__content"
        documents = documents.filter(
            representations__form=Form.DOCUMENT, representations__coding="identity"
        )
    rows = list(documents.values_list("page_id", "next_transition", column))
    current = documents_current(((pk, at) for pk, at, _content in rows), now)
    found: dict[int, bytes] = {}
    for page_id, _at, stored in rows:
        content = current_content(stored, page_id, current, fields)
        if content is not None:
            found[page_id] = filter_fields(content, fields) if fields else content
    return found


def _withdrawals(
    page_ids: Iterable[int], documents: Container[int]
) -> dict[int, JsonObject]:
    gone = [page_id for page_id in page_ids if page_id not in documents]
    return withdrawal_statements(withdrawals_of_pages(gone).values()) if gone else {}


def _item(
    change: Change, document: bytes | None, withdrawn: JsonObject | None
) -> bytes:
    head: JsonObject = {
        "operation": "remove" if document is None else "upsert",
        "id": change.page_id,
        "cursor": change_cursor(change.number),
        "changed_at": timestamp(change.changed_at),
    }
    if document is not None:
        return encode_json(head)[:-1] + b',"document":' + document + b"}"
    return encode_json(head | {"document": None, "withdrawn": withdrawn})


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One page of the feed, newest first."""

    entries: tuple[FeedEntry, ...]
    next: int | None
    """The number before which the next page begins."""


def changes_newest(*, before: int | None, page_size: int) -> Feed:
    """Return the newest changes, those before the number *before* if it is given."""
    changes = Change.objects.order_by("-number")
    if before is not None:
        changes = changes.filter(number__lt=before)
    rows = list(changes[: page_size + 1])
    shown = rows[:page_size]
    page_ids = [change.page_id for change in shown]
    cards = _documents(page_ids, ())
    withdrawals = _withdrawals(page_ids, cards)
    return Feed(
        entries=tuple(
            FeedEntry(
                entry_id=change.entry_id,
                changed_at=change.changed_at,
                card=json.loads(cards[change.page_id])
                if change.page_id in cards
                else None,
                withdrawn=withdrawals.get(change.page_id),
            )
            for change in shown
        ),
        next=shown[-1].number if len(rows) > len(shown) else None,
    )
