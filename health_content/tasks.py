"""Background work of the content part."""

from __future__ import annotations

from django_tasks import task


@task()
def index_page(model: str, page_id: int) -> None:
    """Write what search knows of the page *page_id*; *model* is its label."""
    # Services enqueue this task.
    from .services.search_index import page_index

    page_index(model, page_id)
