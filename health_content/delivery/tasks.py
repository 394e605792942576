"""Background work of the delivery part."""

from __future__ import annotations

from django_tasks import task


@task()
def refresh_documents(page_ids: list[int]) -> None:
    """Rebuild the documents of *page_ids* and of the pages that depend on them."""
    # Services enqueue this task.
    from .services import documents_refresh

    documents_refresh(page_ids)
