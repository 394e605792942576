"""Pages of lists by keyset: one SELECT, as fast on the last page as on the first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, connections, router
from django.db.models import F, Q, Subquery
from django.utils import timezone

from ...compat import page_model
from ..cursors import Cursor
from ..encode import encode_json
from ..facets import FacetKind
from ..hosts import parse_host
from ..models import DocumentBytes, DocumentFacet, Form, PublishedDocument
from ..search.backends import SearchUnavailable
from ..visibility import PAGE_IS_LIVE_SQL, documents_public
from .current import current_content, documents_current
from .text_match import text_condition
from .transitions import (
    GO_LIVE_AT,
    NEXT_GO_LIVE,
    NEXT_OWN,
    next_transition,
    read_column,
    soonest,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.backends.base.base import BaseDatabaseWrapper

    from ..queries import ListQuery

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
# A menu longer than this is a list, and lists have pages.
CHILDREN_MAX = 100
# What lists are ordered by, and the columns. Where one may be empty, those without a value come last.
COLUMNS = {
    "id": "page",
    "title": "title",
    "first_published_at": "first_published_at",
    "last_published_at": "last_published_at",
    "updated_at": "updated_at",
    "last_reviewed": "last_reviewed_at",
    "next_review": "next_review_at",
}
# What may be limited from both sides, and the columns.
RANGES = {
    name: column
    for name, column in {**COLUMNS, "version": "version"}.items()
    if name not in {"id", "title"}
}
TIMES = frozenset(RANGES) - {"version"}

_META = PublishedDocument._meta  # noqa: SLF001 - Django's documented name
FIELDS: dict[str, Any] = {
    name: _META.get_field(column) for name, column in COLUMNS.items()
}
PAGES = page_model(require_ready=False)._meta.db_table  # noqa: SLF001 - Django's documented name
DOCUMENTS = f"FROM {_META.db_table} d"
# As a value for each row, not as a join: PostgreSQL, when it misjudges how many pages are live, reads them all first.
IS_LIVE = f"(SELECT {PAGE_IS_LIVE_SQL} FROM {PAGES} p WHERE p.id = d.page_id)"  # noqa: S608 - names are the models' own
BYTES = (
    f"JOIN {DocumentBytes._meta.db_table} r "  # noqa: SLF001 - Django's documented name
    f"ON r.document_id = d.page_id AND r.form = '{Form.DOCUMENT}' AND r.coding = 'identity'"
)
HAS_FACET = (
    f"EXISTS (SELECT 1 FROM {DocumentFacet._meta.db_table} f "  # noqa: SLF001, S608 - Django's documented name
    "WHERE f.document_id = d.page_id AND f.kind = %s AND f.value = %s)"
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
    """Return the page of documents that *query* asks for. One query, and one more for an exact count.

    Raises:
        SearchUnavailable: *query* has `q`, and the database cannot search.
    """
    now = timezone.now()
    name = query.order.removeprefix("-")
    connection = connections[router.db_for_read(PublishedDocument)]
    try:
        rows, count = _read(Matching(query, now, connection), connection)
    except DatabaseError as error:
        if query.q is None:
            raise
        raise SearchUnavailable("The database could not search.") from error
    shown = rows[: query.page_size]
    current = documents_current(((row[0], row[5]) for row in shown), now)
    return DocumentList(
        items=tuple(
            _item(content, query.fields)
            for row in shown
            if (content := current_content(row[2], row[0], current, query.fields))
        ),
        next=_cursor(
            query.order,
            shown[-1][0],
            read_column(shown[-1][1], FIELDS[name], connection),
        )
        if len(rows) > len(shown)
        else None,
        count=count,
        next_transition=soonest(
            rows[0][3], read_column(rows[0][4], GO_LIVE_AT, connection)
        )
        if rows and not current
        else int(now.timestamp()),
    )


def _read(
    matching: Matching, connection: BaseDatabaseWrapper
) -> tuple[list[Any], int | None]:
    """Return the rows of a page, and how many documents match when that is asked for."""
    with connection.cursor() as cursor:
        cursor.execute(*matching.page())
        rows = cursor.fetchall()
        if not matching.query.has_count:
            return rows, None
        cursor.execute(*matching.count())
        return rows, cursor.fetchone()[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Children:
    """The visible children of a page."""

    cards: tuple[bytes, ...]
    has_more: bool
    """There are more than `CHILDREN_MAX`; the rest is in the list of pages below this one."""
    next_transition: int | None
    """When they may change by themselves; seconds since 1970."""


def document_children(page_id: int) -> Children:
    """Return the cards of the first visible children of the page, in the order of the tree.

    Two queries, and a constant number more when some are past their time.
    """
    now = timezone.now()
    above = page_model().objects.order_by().filter(pk=page_id)
    children = documents_public(now).filter(
        page__path__startswith=Subquery(above.values("path")),
        # Django 6.1 compares exactly only with a query that says it has one row.
        page__depth=Subquery(above.annotate(below=F("depth") + 1).values("below")[:1]),
    )
    columns = ("page_id", "next_transition", "card")
    ordered = children.order_by("page__path").values_list(*columns)
    rows = list(ordered[: CHILDREN_MAX + 1])
    shown = rows[:CHILDREN_MAX]
    current = documents_current(((pk, at) for pk, at, _card in shown), now)
    return Children(
        cards=tuple(
            content
            for pk, _at, card in shown
            if (content := current_content(card, pk, current))
        ),
        has_more=len(rows) > len(shown),
        next_transition=int(now.timestamp()) if current else next_transition(now),
    )


def filter_fields(document: bytes, fields: Iterable[str]) -> bytes:
    """Return *document* (JSON) with *fields* only, in their order."""
    content = json.loads(document)
    return encode_json({name: content[name] for name in fields if name in content})


def _item(content: bytes, fields: tuple[str, ...]) -> bytes:
    return filter_fields(content, fields) if fields else content


class Matching:
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
        self._filter()
        self._place()

    def _filter(self) -> None:
        query = self.query
        for column in ("type", "locale", "slug", "review_status"):
            if (value := getattr(query, column)) is not None:
                self._add(f"d.{column} = %s", value)
        for kind in FacetKind:
            if (value := getattr(query, kind)) is not None:
                self._add(HAS_FACET, kind.value, value)
        if query.q is not None:
            found = text_condition(query.q, locale=query.locale)
            self._add(found.sql, *found.arguments)
        if query.updated_since is not None:
            self._add("d.updated_at >= %s", self._time(query.updated_since))
        if query.reviewed_before is not None:
            self._add("d.last_reviewed_at < %s", self._time(query.reviewed_before))
        for bound in query.bounds:
            side = ">=" if bound.is_lower else "<="
            self._add(f"d.{RANGES[bound.field]} {side} %s", self._stored(bound.value))

    def _place(self) -> None:
        query = self.query
        if query.site is not None:
            host = parse_host(query.site)
            marks = ", ".join(["%s"] * len(host.ports))
            self._add(
                f"d.site_id IN (SELECT s.id FROM wagtailcore_site s WHERE s.hostname IN (%s, %s) AND s.port IN ({marks}))",  # noqa: S608 - the marks are ours
                *host.names,
                *host.ports,
            )
        if query.ancestor is not None:
            self._below("a", query.ancestor, "ap.depth > a.depth")
        if query.parent is not None:
            self._below("b", query.parent, "bp.depth = b.depth + 1")

    def page(self) -> tuple[str, list[Any]]:
        """Return the statement of one row more than the page has, and its arguments."""
        query = self.query
        field = FIELDS[query.order.removeprefix("-")]
        column, direction = f"d.{field.column}", _direction(query.order)
        if not field.null:
            conditions, arguments = self._after(column)
            return self._rows(column, conditions, arguments)
        parts = []
        if query.cursor is None or query.cursor.key is not None:
            conditions, arguments = self._after(column)
            parts.append(
                self._rows(column, [f"{column} IS NOT NULL", *conditions], arguments)
            )
        conditions, arguments = self._after_without_value()
        parts.append(self._rows(column, [f"{column} IS NULL", *conditions], arguments))
        union = " UNION ALL ".join(
            f"SELECT * FROM ({statement}) rows{number}"  # noqa: S608 - the parts are ours
            for number, (statement, _arguments) in enumerate(parts)
        )
        statement = f"""
            SELECT * FROM ({union}) both_parts
            ORDER BY CASE WHEN sort_key IS NULL THEN 1 ELSE 0 END, sort_key {direction}, page_id {direction} LIMIT %s
        """  # noqa: S608 - the parts are ours
        rest = [argument for _statement, given in parts for argument in given]
        return statement, [*rest, query.page_size + 1]

    def count(self) -> tuple[str, list[Any]]:
        """Return the statement of how many documents match, and its arguments."""
        tables, conditions = " ".join(self.tables), " AND ".join(self.conditions)
        statement = f"SELECT COUNT(*) {tables} WHERE {conditions}"
        return statement, [*self.joined, *self.arguments]

    def _rows(
        self, column: str, conditions: list[str], arguments: list[Any]
    ) -> tuple[str, list[Any]]:
        """Return the statement of the rows that meet *conditions* too, in order."""
        query = self.query
        tables = " ".join([*self.tables, BYTES] if query.fields else self.tables)
        content = "r.content" if query.fields else "d.card"
        direction = _direction(query.order)
        statement = f"""
            SELECT d.page_id, {column} AS sort_key, {content}, {NEXT_OWN} AS next_own, {NEXT_GO_LIVE} AS next_go_live, d.next_transition {tables}
            WHERE {" AND ".join([*self.conditions, *conditions])}
            ORDER BY {column} {direction}, d.page_id {direction} LIMIT %s
        """
        now = [int(self.now.timestamp()), self._time(self.now)]
        given = [*now, *self.joined, *self.arguments, *arguments]
        return statement, [*given, query.page_size + 1]

    def _after(self, column: str) -> tuple[list[str], list[Any]]:
        """Return the condition that a row comes after the cursor's."""
        query = self.query
        if query.cursor is None:
            return [], []
        side = _side(query.order)
        key = self._stored(_cursor_key(query.cursor, query.order.removeprefix("-")))
        # The first condition follows from the second; databases find the place in the index by it.
        condition = f"{column} {side}= %s AND ({column} {side} %s OR ({column} = %s AND d.page_id {side} %s))"
        return [condition], [key, key, key, query.cursor.id]

    def _after_without_value(self) -> tuple[list[str], list[Any]]:
        """Return the condition that a row without a value comes after the cursor's, when that has none either."""
        cursor = self.query.cursor
        if cursor is None or cursor.key is not None:
            return [], []
        return [f"d.page_id {_side(self.query.order)} %s"], [cursor.id]

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

    def _stored(self, value: str | int | datetime) -> Any:
        return self._time(value) if isinstance(value, datetime) else value


def _direction(order: str) -> str:
    return "DESC" if order[0] == "-" else "ASC"


def _side(order: str) -> str:
    return "<" if order[0] == "-" else ">"


def site_condition(label: str) -> Q:
    """Return the condition that a document is on the site *label*: a host name, with its port unless standard."""
    host = parse_host(label)
    return Q(site__hostname__in=host.names, site__port__in=host.ports)


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
