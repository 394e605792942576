"""Background work of the delivery part."""

from __future__ import annotations

from django_tasks import task


@task()
def refresh_documents(page_ids: list[int]) -> None:
    """Rebuild the documents of *page_ids* and of the pages that depend on them."""
    # Services enqueue this task.
    from .services import documents_refresh

    documents_refresh(page_ids)


@task()
def index_entries(page_ids: list[int]) -> None:
    """Bring the texts of the pages' documents into the search index."""
    # The writer of the texts enqueues this task.
    from .search.index import entries_index

    entries_index(page_ids)


@task()
def unindex_entries(page_ids: list[int]) -> None:
    """Take the texts of the pages out of the indexes that do not follow by themselves."""
    from .search.index import entries_unindex

    entries_unindex(page_ids)
