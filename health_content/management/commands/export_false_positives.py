"""Write what people called wrongly found, for whoever keeps the rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from ...selectors.content_reports import false_positives

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Writes the sentences of overrides of the kind "The finding is wrong", without who gave them and where."""

    help = "Write the sentences that were dismissed as found wrongly, as JSON lines: sentence, rule, rule base."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--output", type=Path, help="a file, instead of the output")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write them.

        Raises:
            CommandError: the file cannot be written.
        """
        lines = [json.dumps(each, ensure_ascii=False) for each in false_positives()]
        text = "".join(f"{line}\n" for line in lines)
        output: Path | None = options["output"]
        if output is None:
            self.stdout.write(text, ending="")
            return
        try:
            output.write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error}") from error
