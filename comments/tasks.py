"""Background work of the replies part."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task


@task()
def send_mails() -> None:
    """Send what is due."""
    # Services enqueue this task.
    from .services.mail import messages_send

    messages_send(now=timezone.now())
