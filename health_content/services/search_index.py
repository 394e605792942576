"""Keeps the search index in step with health pages, after the transaction that changed them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connections, router, transaction
from modelsearch.index import (
    AutocompleteField,
    BaseField,
    RelatedFields,
    SearchField,
    insert_or_update_object,
)
from wagtail.search.backends import InvalidSearchBackendError, get_search_backends
from wagtail.search.models import IndexEntry

from .. import tasks
from ..after_commit import after_commit

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import Model


# Where the packages of the back ends that write into the site's own database are.
IN_DATABASE = "modelsearch.backends.database."


def page_index_later(page: Model, bookkeeping: Collection[str] | None = None) -> None:
    """Index *page* after the commit, by a task; a failure there is logged and undoes nothing.

    Nothing is done when only *bookkeeping* was saved, the names of some fields, and no index holds any of them: that is
    every save of a draft.
    """
    if bookkeeping is not None and not _is_indexed(page, bookkeeping):
        return
    model = page._meta.label  # noqa: SLF001 - Django's documented name
    after_commit(partial(tasks.index_page.enqueue, model, page.pk))


def page_index(model: str, page_id: int) -> None:
    """Write what search knows of the page; nothing when it is gone.

    Wagtail's search in PostgreSQL also updates the entries of other objects, those whose title is of average length.
    Two transactions that each hold the entry of a page of their own and come to that update wait for each other for
    ever. So an entry is written in a transaction of its own, that locks the table before it holds anything else.
    """
    page = apps.get_model(model).objects.filter(pk=page_id).first()
    if page is None:
        return
    using = router.db_for_write(IndexEntry)
    with transaction.atomic(using=using):
        _lock_entries(using)
        insert_or_update_object(page)


def _is_indexed(page: Model, fields: Collection[str]) -> bool:
    """Return whether an index holds any of *fields* of *page*. In the database that is text; filters are the row's own."""
    kinds: tuple[type[BaseField], ...] = (SearchField, AutocompleteField)
    try:
        if not all(map(_is_in_database, get_search_backends(with_auto_update=True))):
            kinds = (BaseField, RelatedFields)
    except InvalidSearchBackendError:
        return True  # The task says so in the log.
    model: Any = type(page)
    indexed = model.get_search_fields()
    return any(each.field_name in fields for each in indexed if isinstance(each, kinds))


def _is_in_database(backend: object) -> bool:
    return any(cls.__module__.startswith(IN_DATABASE) for cls in type(backend).__mro__)


def _lock_entries(using: str) -> None:
    """Keep other writers from the entries until the transaction ends, where they lock single rows."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(IndexEntry._meta.db_table)  # noqa: SLF001 - Django's documented name
        cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
