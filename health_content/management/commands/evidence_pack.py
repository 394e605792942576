"""Write the evidence pack of a page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from ...abstract import HealthPageMixin
from ...compat import page_model
from ...services.evidence_pack import evidence_pack

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Writes all that is on record of how a page came about, for those who assess it."""

    help = "Write the evidence pack of a health page as JSON: reviews, sources, decisions, publications, wordings."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("page", type=int, help="the id of the page")
        parser.add_argument("--output", type=Path, help="a file, instead of the output")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write it.

        Raises:
            CommandError: there is no such health page, or the file cannot be written.
        """
        page = page_model().objects.filter(pk=options["page"]).first()
        draft = page.get_latest_revision_as_object() if page else None
        if not isinstance(draft, HealthPageMixin):
            raise CommandError(f"{options['page']} is not the id of a health page.")
        text = json.dumps(evidence_pack(draft), ensure_ascii=False, indent=2)
        output: Path | None = options["output"]
        if output is None:
            self.stdout.write(text)
            return
        try:
            output.write_text(f"{text}\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error}") from error
