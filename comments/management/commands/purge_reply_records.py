"""`manage.py purge_reply_records`: delete the short-lived rows whose time is over."""

from __future__ import annotations

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from ...services import records_purge


class Command(BaseCommand):
    """Delete expired rate windows and answers kept for repetition; run it daily."""

    help = "Delete expired rate windows and kept answers of the replies part."

    def handle(self, *_args: object, **_options: object) -> None:
        """Delete and say how many rows went."""
        count = records_purge(now=timezone.now())
        self.stdout.write(_("%(count)d rows deleted.") % {"count": count})
