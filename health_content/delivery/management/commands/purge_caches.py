"""Purge shared caches: what waits, or what is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from ...cache_tags import EVERYTHING
from ...models import CachePurge
from ...purge.outbox import caches_purge
from ...purge.sending import purges_send

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Send the purges that are due. Run it every minute: it retries what failed while nothing else happens."""

    help = _(
        "Sends the purges that wait for shared caches, after adding those that the options name."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--tag",
            action="append",
            default=[],
            help=_("A tag to purge by; may be given several times."),
        )
        parser.add_argument(
            "--all", action="store_true", help=_("Purge every answer of the API.")
        )
        parser.add_argument(
            "--hard",
            action="store_true",
            help=_("Caches must not answer with old bytes even once more."),
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Send, and say what was left."""
        tags = [*options["tag"], *([EVERYTHING] if options["all"] else [])]
        started_at = timezone.now()
        caches_purge(tags, is_hard=options["hard"])
        count = purges_send()
        left = CachePurge.objects.exclude(last_result="").filter(due_at__gte=started_at)
        faults = sorted({f"{row.purger}: {row.last_result}" for row in left})
        if faults:
            raise CommandError(
                _("Not purged, tried again later: %(caches)s")
                % {"caches": "; ".join(faults)}
            )
        self.stdout.write(_("%(count)d purges sent.") % {"count": count})
