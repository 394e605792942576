"""Background work of the content part."""

from __future__ import annotations

from django_tasks import task


@task()
def index_page(model: str, page_id: int) -> None:
    """Write what search knows of the page *page_id*; *model* is its label."""
    # Services enqueue this task.
    from .services.search_index import page_index

    page_index(model, page_id)


@task()
def make_renditions(image_id: int) -> None:
    """Make the files that the image *image_id* is delivered as."""
    from .services.renditions import renditions_make

    renditions_make(image_id)


@task()
def tell_emergency(emergency_id: int) -> None:
    """Tell the leads of an emergency publication."""
    from .services.notices import emergency_tell

    emergency_tell(emergency_id)


@task()
def tell_unscheduled(revision_id: int, reasons: list[str]) -> None:
    """Tell the author of a revision that its schedule was dropped, and why."""
    from .services.notices import schedule_tell

    schedule_tell(revision_id, reasons)


@task()
def tell_overdue(page_id: int, due_on: str) -> None:
    """Tell the leads that a page whose review was due on *due_on* was taken offline."""
    from .services.notices import overdue_tell

    overdue_tell(page_id, due_on)
