"""Background work of purging."""

from __future__ import annotations

from django_tasks import task


@task()
def send_purges() -> None:
    """Send what is due."""
    # The outbox, which leads to this task, must load without the senders.
    from .sending import purges_send

    purges_send()
