"""Delete old rows of the webhooks' log."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from ...webhooks.endpoints import deliveries_purge


class Command(BaseCommand):
    """Delete the deliveries that were settled longer ago than the setting says; run it daily."""

    help = _("Deletes settled webhook deliveries that are older than the setting says.")

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Delete, and say how many deliveries went."""
        count = deliveries_purge(now=timezone.now())
        self.stdout.write(_("%(count)d deliveries deleted.") % {"count": count})
