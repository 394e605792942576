"""Send webhooks: as a process of its own, or from cron."""

from __future__ import annotations

import logging
import signal
from threading import Event
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections
from django.utils.translation import gettext as _

from ...webhooks.sending import deliveries_send

if TYPE_CHECKING:
    from argparse import ArgumentParser

logger = logging.getLogger(__name__)

INTERVAL_SECONDS = 2.0
BATCH = 100


class Command(BaseCommand):
    """Send what is due, once or for ever. Any number of processes may run it at the same time."""

    help = _("Sends the webhooks that are due, and goes on doing so until it is ended.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--once", action="store_true", help=_("Send what is due now, then end.")
        )
        parser.add_argument(
            "--interval",
            type=float,
            default=INTERVAL_SECONDS,
            help=_("Seconds to wait when nothing is due."),
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Send, and say how many attempts were made."""
        if options["once"]:
            count = deliveries_send()
            self.stdout.write(_("%(count)d attempts.") % {"count": count})
            return
        over = Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: over.set())
        while not over.is_set():
            if _send_batch(over) < BATCH:
                over.wait(options["interval"])


def _send_batch(over: Event) -> int:
    """Send some of what is due; a database that is away for a moment ends nothing."""
    close_old_connections()
    try:
        return deliveries_send(limit=BATCH, is_over=over.is_set)
    except OperationalError:
        logger.exception("The database did not answer; trying again")
        return 0
