"""The SELECT that every read of a thread begins with: its visibility and its version in one row.

Compiled once for a database: compiling the same query for every request costs several times what running it does.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connections, router
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length, Substr
from wagtail.models import PageViewRestriction

from .models import Thread

if TYPE_CHECKING:
    from datetime import datetime

_ANY_PAGE = -1
"""Stands in the compiled statement where the page's id goes; no row has it and nothing else in it is negative."""


class ThreadRow(NamedTuple):
    """What a read needs of a thread, in the order of the SELECT."""

    id: int
    mode: str
    policy: str
    closes_at: datetime | None
    version: int
    reply_count: int
    has_clinicians: bool
    created_at: object
    """As the database driver gives it: it tells rows with one id apart and is never shown."""


def is_public_page(prefix: str = "") -> Q:
    """Return the condition that a page is live and neither it nor an ancestor is restricted."""
    restriction = PageViewRestriction.objects.filter(
        page__path=Substr(OuterRef(f"{prefix}path"), 1, Length("page__path"))
    )
    return Q(~Exists(restriction), **{f"{prefix}live": True})


def public_thread_row(page_id: int) -> ThreadRow | None:
    """Return the row of a page's thread if everybody may see the page, else None. One query."""
    alias = router.db_for_read(Thread)
    statement, arguments = _statement(alias)
    connection = connections[alias]
    with connection.cursor() as cursor:
        cursor.execute(
            statement, [page_id if value == _ANY_PAGE else value for value in arguments]
        )
        values = cursor.fetchone()
    if values is None:
        return None
    row = ThreadRow._make(values)
    row = row._replace(has_clinicians=bool(row.has_clinicians))
    if row.closes_at is None:
        return row
    return row._replace(closes_at=_moment(row.closes_at, connection))


@cache
def _statement(alias: str) -> tuple[str, tuple[Any, ...]]:
    """Return the statement and its arguments, of which `_ANY_PAGE` is to be replaced."""
    rows = Thread.objects.using(alias).filter(
        is_public_page("page__"), page_id=_ANY_PAGE
    )
    query = rows.order_by().values_list(*ThreadRow._fields).query
    statement, arguments = query.get_compiler(using=alias).as_sql()
    return statement, tuple(arguments)


def _moment(value: Any, connection: Any) -> datetime:
    """Return a column's value as Django's own reads do."""
    column: Any = Thread._meta.get_field("closes_at").cached_col  # noqa: SLF001 - Django documents it
    for convert in connection.ops.get_db_converters(column):
        value = convert(value, column, connection)
    moment: datetime = value
    return moment
