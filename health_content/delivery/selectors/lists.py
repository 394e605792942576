"""Pages of lists by keyset: one SELECT, as fast on the last page as on the first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connections, router
from django.db.models import F, Q, Subquery
from django.utils import timezone
from wagtail.models import Revision

from ...compat import page_model
from ..cursors import Cursor
from ..encode import encode_json
from ..models import DocumentBytes, Form, PublishedDocument
from ..visibility import PAGE_IS_LIVE_SQL, documents_public

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.backends.base.base import BaseDatabaseWrapper

    from ..queries import ListQuery

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
# A menu longer than this is a list, and lists have pages.
CHILDREN_MAX = 100
TIMES = frozenset({"last_published_at", "first_published_at", "updated_at"})

_META = PublishedDocument._meta  # noqa: SLF001 - Django's documented name
# What lists are ordered by.
FIELDS: dict[str, Any] = {
    name: _META.get_field("page" if name == "id" else name)
    for name in ("id", "title", *TIMES)
}
GO_LIVE_AT: Any = Revision._meta.get_field("approved_go_live_at")  # noqa: SLF001 - Django's documented name
PAGES = page_model(require_ready=False)._meta.db_table  # noqa: SLF001 - Django's documented name
REVISIONS = Revision._meta.db_table  # noqa: SLF001 - Django's documented name
DOCUMENTS = f"FROM {_META.db_table} d"
# As a value for each row, not as a join: PostgreSQL, when it misjudges how many pages are live, reads them all first.
IS_LIVE = f"(SELECT {PAGE_IS_LIVE_SQL} FROM {PAGES} p WHERE p.id = d.page_id)"  # noqa: S608 - names are the models' own
BYTES = (
    f"JOIN {DocumentBytes._meta.db_table} r "  # noqa: SLF001 - Django's documented name
    f"ON r.document_id = d.page_id AND r.form = '{Form.DOCUMENT}' AND r.coding = 'identity'"
)
# The next time at which a document that is in the read model changes by itself, and at which anything goes live.
NEXT_OWN = (
    f"(SELECT n.next_transition FROM {_META.db_table} n WHERE n.next_transition > %s "  # noqa: S608 - names are the models' own
    "ORDER BY n.next_transition LIMIT 1)"
)
NEXT_GO_LIVE = (
    f"(SELECT g.approved_go_live_at FROM {REVISIONS} g WHERE g.approved_go_live_at > %s "  # noqa: S608 - names are the models' own
    "ORDER BY g.approved_go_live_at LIMIT 1)"
)


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
    name = query.order.removeprefix("-")
    connection = connections[router.db_for_read(PublishedDocument)]
    matching = _Matching(query, now, connection)
    with connection.cursor() as cursor:
        cursor.execute(*matching.page())
        rows = cursor.fetchall()
        count = None
        if query.has_count:
            cursor.execute(*matching.count())
            count = cursor.fetchone()[0]
    shown = rows[: query.page_size]
    return DocumentList(
        items=tuple(_item(bytes(row[2]), query.fields) for row in shown),
        next=_cursor(
            query.order, shown[-1][0], _read(shown[-1][1], FIELDS[name], connection)
        )
        if len(rows) > len(shown)
        else None,
        count=count,
        next_transition=_soonest(rows[0][3], _read(rows[0][4], GO_LIVE_AT, connection))
        if rows
        else int(now.timestamp()),
    )


def document_children(page_id: int) -> tuple[bytes, ...]:
    """Return the cards of the visible children of the page, in the order of the tree. One query."""
    above = page_model().objects.order_by().filter(pk=page_id)
    children = documents_public(timezone.now()).filter(
        page__path__startswith=Subquery(above.values("path")),
        # Django 6.1 compares exactly only with a query that says it has one row.
        page__depth=Subquery(above.annotate(below=F("depth") + 1).values("below")[:1]),
    )
    cards = children.order_by("page__path").values_list("card", flat=True)
    return tuple(bytes(card) for card in cards[:CHILDREN_MAX])


def filter_fields(document: bytes, fields: Iterable[str]) -> bytes:
    """Return *document* (JSON) with *fields* only, in their order."""
    content = json.loads(document)
    return encode_json({name: content[name] for name in fields if name in content})


def _item(content: bytes, fields: tuple[str, ...]) -> bytes:
    return filter_fields(content, fields) if fields else content


class _Matching:
    """The statements of a list. In SQL, because compiling the ORM's query costs four times what the rest does."""

    def __init__(
        self, query: ListQuery, now: datetime, connection: BaseDatabaseWrapper
    ) -> None:
        self.query = query
        self.connection = connection
        self.now = now
        self.tables = [DOCUMENTS]
        self.joined: list[Any] = []
        self.conditions = [IS_LIVE]
        self.arguments: list[Any] = [self._time(now)]
        for column in ("type", "locale", "slug"):
            if (value := getattr(query, column)) is not None:
                self._add(f"d.{column} = %s", value)
        if query.updated_since is not None:
            self._add("d.updated_at >= %s", self._time(query.updated_since))
        if query.site is not None:
            host, ports = _host_and_ports(query.site)
            marks = ", ".join(["%s"] * len(ports))
            self._add(
                f"d.site_id IN (SELECT s.id FROM wagtailcore_site s WHERE s.hostname = %s AND s.port IN ({marks}))",  # noqa: S608 - the marks are ours
                host,
                *ports,
            )
        if query.ancestor is not None:
            self._below("a", query.ancestor, "ap.depth > a.depth")
        if query.parent is not None:
            self._below("b", query.parent, "bp.depth = b.depth + 1")

    def page(self) -> tuple[str, list[Any]]:
        """Return the statement of one row more than the page has, and its arguments."""
        query = self.query
        name = query.order.removeprefix("-")
        column = f"d.{FIELDS[name].column}"
        side, direction = ("<", "DESC") if query.order[0] == "-" else (">", "ASC")
        conditions, arguments = [*self.conditions], [*self.arguments]
        if query.cursor is not None:
            # The first condition follows from the second; databases find the place in the index by it.
            conditions.append(
                f"{column} {side}= %s AND ({column} {side} %s OR ({column} = %s AND d.page_id {side} %s))"
            )
            key = _cursor_key(query.cursor, name)
            stored = self._time(key) if isinstance(key, datetime) else key
            arguments += [stored, stored, stored, query.cursor.id]
        tables = " ".join([*self.tables, BYTES] if query.fields else self.tables)
        content = "r.content" if query.fields else "d.card"
        statement = f"""
            SELECT d.page_id, {column}, {content}, {NEXT_OWN}, {NEXT_GO_LIVE} {tables}
            WHERE {" AND ".join(conditions)}
            ORDER BY {column} {direction}, d.page_id {direction} LIMIT %s
        """
        now = [int(self.now.timestamp()), self._time(self.now)]
        return statement, [*now, *self.joined, *arguments, query.page_size + 1]

    def count(self) -> tuple[str, list[Any]]:
        """Return the statement of how many documents match, and its arguments."""
        tables, conditions = " ".join(self.tables), " AND ".join(self.conditions)
        statement = f"SELECT COUNT(*) {tables} WHERE {conditions}"
        return statement, [*self.joined, *self.arguments]

    def _add(self, condition: str, *arguments: object) -> None:
        self.conditions.append(condition)
        self.arguments += arguments

    def _below(self, alias: str, page_id: int, depth: str) -> None:
        self.tables.append(
            f"JOIN {PAGES} {alias}p ON {alias}p.id = d.page_id JOIN {PAGES} {alias} ON {alias}.id = %s"
        )
        self.joined.append(page_id)
        self._add(f"{alias}p.path LIKE {alias}.path || '%%' AND {depth}")

    def _time(self, moment: datetime) -> Any:
        return self.connection.ops.adapt_datetimefield_value(moment)


def _read(value: Any, field: Any, connection: BaseDatabaseWrapper) -> Any:
    """Return *value* of the column *field*, as a cursor of the database gave it, as Python has it."""
    column = field.get_col("d")
    for convert in connection.ops.get_db_converters(column):
        value = convert(value, column, connection)
    return value


def site_condition(label: str) -> Q:
    """Return the condition that a document is on the site *label*: a host name, with its port unless standard."""
    host, ports = _host_and_ports(label)
    return Q(site__hostname=host, site__port__in=ports)


def _host_and_ports(label: str) -> tuple[str, tuple[int, ...]]:
    host, _, port = label.rpartition(":")
    if not host or not port.isdecimal():  # No port, or an IPv6 address without one.
        return label.lower(), (80, 443)
    return host.lower(), (int(port),)


def _cursor_key(cursor: Cursor, name: str) -> str | int | datetime:
    """Return the value that the field *name* is compared with; a key of the wrong kind means the beginning of time."""
    if name in TIMES:
        microseconds = cursor.key if isinstance(cursor.key, int) else 0
        return EPOCH + timedelta(microseconds=microseconds)
    return cursor.id if name == "id" else str(cursor.key)


def _cursor(order: str, page_id: int, key: Any) -> Cursor:
    if isinstance(key, datetime):
        key = (key - EPOCH) // MICROSECOND
    return Cursor(order=order, key=key, id=page_id)


def _soonest(own: int | None, go_live_at: datetime | None) -> int | None:
    go_live = None if go_live_at is None else int(go_live_at.timestamp())
    return min((m for m in (own, go_live) if m is not None), default=None)
