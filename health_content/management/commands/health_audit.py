"""Name the public pages that would not go live today."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from ...services.audit import pages_audit

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

    from ...services.audit import PageAudit

FAILING = 3


class Command(BaseCommand):
    """Asks the gate about every live health page; exit code 3 when one would fail."""

    help = "List the live health pages that would fail the gate today, and keep them for the report."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Ask, print each page as it is found, and fail where one would.

        Raises:
            CommandError: a page would not go live today.
        """
        is_json = options["format"] == "json"
        pages = failing = 0
        if is_json:
            self.stdout.write('{"failing": [', ending="")
        for audit in pages_audit():
            pages += 1
            if not audit.faults:
                continue
            if is_json:
                self.stdout.write(", " if failing else "", ending="")
                self.stdout.write(_json(audit), ending="")
            else:
                self._text(audit)
            failing += 1
        if is_json:
            self.stdout.write(f'], "pages": {pages}}}')
        else:
            self.stdout.write(f"{pages} pages, {failing} would fail today")
        if failing:
            raise CommandError("Public pages would fail the gate.", returncode=FAILING)

    def _text(self, audit: PageAudit) -> None:
        self.stdout.write(f"{audit.page_id}: {audit.title}")
        for reason in audit.reasons:
            self.stdout.write(f"    {reason}")


def _json(audit: PageAudit) -> str:
    checks = sorted({str(fault.check) for fault in audit.faults})
    page = {
        "page": audit.page_id,
        "title": audit.title,
        "checks": checks,
        "reasons": audit.reasons,
    }
    return json.dumps(page, ensure_ascii=False)
