"""Background work of webhooks."""

from __future__ import annotations

from django_tasks import task, task_backends
from django_tasks.backends.immediate import ImmediateBackend


@task()
def send_webhooks() -> None:
    """Send what is due."""
    # The outbox, which enqueues this task, is imported by the senders' tests and models alone.
    from .sending import deliveries_send

    deliveries_send()


def send_soon() -> None:
    """Enqueue the sending, where tasks run elsewhere.

    The immediate backend would send within the editor's request; there the command `send_webhooks` does it.
    """
    if not isinstance(task_backends["default"], ImmediateBackend):
        send_webhooks.enqueue()
