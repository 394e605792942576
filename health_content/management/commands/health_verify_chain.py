"""Verify that nobody changed what was recorded of publications and of the wordings of disclaimers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from ...services.chains import CHANGED, CUT_OFF, NO_HEAD, Tally, chains_faults

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

BROKEN = 3
SENTENCES = {
    CHANGED: "{chain}: {number} was changed, or follows one that is missing",
    CUT_OFF: "{chain}: {number} records were made, and the last ones are missing",
    NO_HEAD: "{chain}: nothing says that it ends with {number}",
}


class Command(BaseCommand):
    """Names every record that does not continue the one before it; exit code 3 when there is one."""

    help = "Verify the chains of publication records and disclaimer versions."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Verify, print, and fail where something was changed.

        Raises:
            CommandError: a chain is broken.
        """
        tally = Tally()
        faults = list(chains_faults(tally))
        if options["format"] == "json":
            found = [
                {"chain": f.chain, "number": f.number, "kind": f.kind} for f in faults
            ]
            answer = {"chains": tally.chains, "rows": tally.rows, "faults": found}
            self.stdout.write(json.dumps(answer))
        else:
            for fault in faults:
                sentence = SENTENCES[fault.kind]
                self.stdout.write(
                    sentence.format(chain=fault.chain, number=fault.number)
                )
            self.stdout.write(f"{tally.rows} records in {tally.chains} chains, {len(faults)} faults")  # fmt: skip
        if faults:
            raise CommandError("The record was tampered with.", returncode=BROKEN)
