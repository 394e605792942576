"""Name the public pages that would not go live today, and do what review policies say of overdue ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from ...selectors.credentials import credentials_ending
from ...services.audit import pages_audit
from ...services.overdue import pages_overdue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.management.base import CommandParser

    from ...document_facts import JsonObject
    from ...selectors.credentials import EndingCredential
    from ...services.audit import PageAudit
    from ...services.overdue import OverduePage

FAILING = 3


class Command(BaseCommand):
    """Asks the gate about every live health page; exit code 3 when one would fail."""

    help = (
        "List the live health pages that would fail the gate today, and keep them for the report; "
        "with --apply do what review policies say of overdue pages. Meant for every night."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the options."""
        parser.add_argument("--format", choices=("text", "json"), default="text")
        overdue = parser.add_mutually_exclusive_group()
        overdue.add_argument(
            "--dry-run",
            action="store_true",
            help="Say what --apply would do to pages whose review is overdue.",
        )
        overdue.add_argument(
            "--apply",
            action="store_true",
            help="Do to pages whose review is overdue what their policy says: tell readers, or take them offline.",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Act on overdue pages, where that was asked, ask the gate, print each page as it is found, and fail where one would.

        Raises:
            CommandError: a page would not go live today.
        """
        is_json = options["format"] == "json"
        is_applied = options["apply"]
        if is_json:
            self.stdout.write("{", ending="")
        if is_applied or options["dry_run"]:
            overdue = pages_overdue(is_applied=is_applied)
            if is_json:
                self._overdue_json(overdue)
            else:
                self._overdue(overdue, is_applied=is_applied)
        failing = self._audit(is_json=is_json)
        if failing:
            raise CommandError("Public pages would fail the gate.", returncode=FAILING)

    def _overdue(self, overdue: Iterable[OverduePage], *, is_applied: bool) -> None:
        for page in overdue:
            self.stdout.write(f"{page.page_id}: {page.title}")
            self.stdout.write(f"    {_fate(page, is_applied=is_applied)}")

    def _overdue_json(self, overdue: Iterable[OverduePage]) -> None:
        pages = _dumps([_overdue(page) for page in overdue])
        credentials = _dumps([_credential(each) for each in credentials_ending()])
        facts = f'"overdue": {pages}, "credentials": {credentials}, '
        self.stdout.write(facts, ending="")

    def _audit(self, *, is_json: bool) -> int:
        pages = failing = 0
        if is_json:
            self.stdout.write('"failing": [', ending="")
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
            return failing
        for each in credentials_ending():
            day = each.valid_until.isoformat()
            self.stdout.write(f"{each.person}: {each.title}, valid until {day}")
        self.stdout.write(f"{pages} pages, {failing} would fail today")
        return failing

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
    return _dumps(page)


def _fate(page: OverduePage, *, is_applied: bool) -> str:
    due = f"review was due on {page.due_on.isoformat()}"
    if page.status == "due":
        return f"{due}; still in its days of grace"
    if page.kept:
        return f"{due}; stays online ({page.kept})"
    if page.is_unpublished:
        return f"{due}; {'taken' if is_applied else 'would be taken'} offline"
    return f"{due}; {page.action}"


def _overdue(page: OverduePage) -> JsonObject:
    return {
        "page": page.page_id,
        "title": page.title,
        "due": page.due_on.isoformat(),
        "status": page.status,
        "action": page.action or None,
        "kept": page.kept or None,
    }


def _credential(each: EndingCredential) -> JsonObject:
    return {
        "person": each.person,
        "title": each.title,
        "valid_until": each.valid_until.isoformat(),
    }


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
