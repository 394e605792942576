"""`manage.py send_reply_mails`: sends what waits in the outbox; run it every minute where no queue does."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ...services import messages_send


class Command(BaseCommand):
    """Sends the mails that are due."""

    help = "Send the mails of the replies part that are due."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Send and say how many."""
        result = messages_send(now=timezone.now())
        self.stdout.write(f"{result.sent} sent, {result.failed} failed.")
