"""`manage.py rerender_replies`: bring stored replies to today's rules of the renderer."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ...services import replies_rerender

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID


class Command(BaseCommand):
    """Render stored replies again from what their authors sent; run it after an upgrade, while the site serves.

    It may be stopped and started again at any time: texts that today's renderer made are passed over.
    """

    help = "Render stored replies again from their source, where another version of the renderer made them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add what to render, and whether to write."""
        parser.add_argument(
            "--all",
            action="store_true",
            help="Also render texts that this version of the renderer made.",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Say what would change and write nothing.",
        )

    def handle(self, *_args: object, **options: bool) -> None:
        """Render batch by batch, then say how many texts changed, and which replies somebody should look at."""
        total: Counter[str] = Counter()
        for batch in replies_rerender(
            is_dry_run=options["dry_run"], is_forced=options["all"]
        ):
            total.update(texts=batch.seen, changed=batch.changed, threads=batch.threads)
            total.update(refused=len(batch.refused))
            self._name(_("Shown as escaped text now: %(id)s"), batch.fallen_back)
            self._name(_("Too long, left as it was: %(id)s"), batch.refused)
            if options["verbosity"] > 1:
                self.stdout.write(_("Texts so far: %(texts)d.") % total)
        self.stdout.write(
            _(
                "Texts rendered: %(texts)d; changed: %(changed)d; threads with a new version: %(threads)d."
            )
            % total
        )
        if options["dry_run"]:
            self.stdout.write(_("Nothing was written: this was a dry run."))
        if total["refused"]:
            raise CommandError(_("Texts left as they were: %(refused)d.") % total)

    def _name(self, message: str, reply_ids: Iterable[UUID]) -> None:
        for reply_id in reply_ids:
            self.stderr.write(message % {"id": reply_id})
