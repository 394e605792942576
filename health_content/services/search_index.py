"""Keeps the search index in step with health pages, after the transaction that changed them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import connections, router, transaction
from modelsearch.index import insert_or_update_object
from wagtail.search.models import IndexEntry

from .. import tasks
from ..after_commit import after_commit

if TYPE_CHECKING:
    from django.db.models import Model


def page_index_later(page: Model) -> None:
    """Index *page* after the commit, by a task; a failure there is logged and undoes nothing."""
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


def _lock_entries(using: str) -> None:
    """Keep other writers from the entries until the transaction ends, where they lock single rows."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(IndexEntry._meta.db_table)  # noqa: SLF001 - Django's documented name
        cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
