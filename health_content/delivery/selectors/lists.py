"""Pages of lists by keyset: one SELECT, as fast on the last page as on the first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, Subquery
from django.utils import timezone
from wagtail.models import Revision

from ...compat import page_model
from ..cursors import Cursor
from ..encode import encode_json
from ..models import Form, PublishedDocument
from ..visibility import documents_public

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from ..queries import ListQuery

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
# A menu longer than this is a list, and lists have pages.
CHILDREN_MAX = 100
TIMES = frozenset({"last_published_at", "first_published_at", "updated_at"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentList:
    """One page of a list."""

    items: tuple[bytes, ...]
    """JSON of each item."""
    next: Cursor | None
    count: int | None
    next_transition: int | None
    """When the list may change by itself; seconds since 1970."""


def document_list(query: ListQuery) -> DocumentList:
    """Return the page of documents that *query* asks for. One query, and one more for an exact count."""
    now = timezone.now()
    matching = _matching(query, now)
    name = query.order.removeprefix("-")
    column = "page_id" if name == "id" else name
    content = "representations__content" if query.fields else "card"
    rows = list(
        _after_cursor(matching, query, column)
        .order_by(*_ordering(query.order, column))
        .annotate(own=_next_own(now), others=_next_go_live(now))
        .values_list("page_id", column, content, "own", "others")[: query.page_size + 1]
    )
    shown = rows[: query.page_size]
    return DocumentList(
        items=tuple(_item(bytes(row[2]), query.fields) for row in shown),
        next=_cursor(query.order, shown[-1]) if len(rows) > len(shown) else None,
        count=matching.count() if query.has_count else None,
        next_transition=_soonest(rows[0][3:]) if rows else int(now.timestamp()),
    )


def document_children(page_id: int) -> tuple[bytes, ...]:
    """Return the cards of the visible children of the page, in the order of the tree. One query."""
    children = _below(documents_public(timezone.now()), page_id, is_parent=True)
    cards = children.order_by("page__path").values_list("card", flat=True)
    return tuple(bytes(card) for card in cards[:CHILDREN_MAX])


def filter_fields(document: bytes, fields: Iterable[str]) -> bytes:
    """Return *document* (JSON) with *fields* only, in their order."""
    content = json.loads(document)
    return encode_json({name: content[name] for name in fields if name in content})


def _item(content: bytes, fields: tuple[str, ...]) -> bytes:
    return filter_fields(content, fields) if fields else content


def _matching(query: ListQuery, now: datetime) -> QuerySet[PublishedDocument]:
    exact = {
        "type": query.type,
        "locale": query.locale,
        "slug": query.slug,
        "updated_at__gte": query.updated_since,
    }
    conditions = {name: value for name, value in exact.items() if value is not None}
    documents = documents_public(now).filter(**conditions)
    if query.fields:
        documents = documents.filter(
            representations__form=Form.DOCUMENT, representations__coding="identity"
        )
    if query.site is not None:
        documents = documents.filter(site_condition(query.site))
    if query.ancestor is not None:
        documents = _below(documents, query.ancestor, is_parent=False)
    if query.parent is not None:
        documents = _below(documents, query.parent, is_parent=True)
    return documents


def site_condition(label: str) -> Q:
    """Return the condition that a document is on the site *label*: a host name, with its port unless standard."""
    host, _, port = label.rpartition(":")
    if not host or not port.isdecimal():  # No port, or an IPv6 address without one.
        host, port = label, ""
    if port:
        return Q(site__hostname=host.lower(), site__port=int(port))
    return Q(site__hostname=host.lower(), site__port__in=(80, 443))


def _below(
    documents: QuerySet[PublishedDocument], page_id: int, *, is_parent: bool
) -> QuerySet[PublishedDocument]:
    above = page_model().objects.order_by().filter(pk=page_id)
    documents = documents.filter(
        page__path__startswith=Subquery(above.values("path")),
        page__depth__gt=Subquery(above.values("depth")),
    )
    if is_parent:
        documents = documents.filter(
            # Django 6.1 compares exactly only with a query that says it has one row.
            page__depth=Subquery(
                above.annotate(below=F("depth") + 1).values("below")[:1]
            )
        )
    return documents


def _ordering(order: str, column: str) -> list[str]:
    sign = "-" if order.startswith("-") else ""
    return list(dict.fromkeys([f"{sign}{column}", f"{sign}page_id"]))


def _after_cursor(
    documents: QuerySet[PublishedDocument], query: ListQuery, column: str
) -> QuerySet[PublishedDocument]:
    if query.cursor is None:
        return documents
    side = "lt" if query.order.startswith("-") else "gt"
    key = _cursor_key(query.cursor, column)
    beyond = Q(**{f"{column}__{side}": key})
    tied = Q(**{column: key, f"page_id__{side}": query.cursor.id})
    # The first condition follows from the second; databases find the place in the index by it.
    return documents.filter(Q(**{f"{column}__{side}e": key}), beyond | tied)


def _cursor_key(cursor: Cursor, column: str) -> object:
    """Return the value that *column* is compared with; a key of the wrong kind means the beginning of time."""
    if column in TIMES:
        return EPOCH + timedelta(
            microseconds=cursor.key if isinstance(cursor.key, int) else 0
        )
    return cursor.id if column == "page_id" else str(cursor.key)


def _cursor(order: str, row: tuple[Any, ...]) -> Cursor:
    page_id, key = row[:2]
    if isinstance(key, datetime):
        key = (key - EPOCH) // MICROSECOND
    return Cursor(order=order, key=key, id=page_id)


def _next_own(now: datetime) -> Subquery:
    """Return the next time at which a document that is in the read model changes by itself."""
    later = PublishedDocument.objects.filter(next_transition__gt=int(now.timestamp()))
    return Subquery(later.order_by("next_transition").values("next_transition")[:1])


def _next_go_live(now: datetime) -> Subquery:
    """Return the next time at which anything is scheduled to go live."""
    scheduled = Revision.objects.filter(approved_go_live_at__gt=now)
    return Subquery(
        scheduled.order_by("approved_go_live_at").values("approved_go_live_at")[:1]
    )


def _soonest(moments: Iterable[object]) -> int | None:
    known = [
        int(m.timestamp()) if isinstance(m, datetime) else m
        for m in moments
        if isinstance(m, datetime | int)
    ]
    return min(known) if known else None
