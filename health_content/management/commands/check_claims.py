"""`check_claims`: health claims in a page, a text file or JSON lines, without the admin."""

from __future__ import annotations

import json
import os
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ...claims import Profile, Report, Status, check_page, check_text
from ...claims_json import finding_json
from ...claims_source import page_of_source
from ...importers.document import DocumentError
from ...importers.text import read_text
from ...selectors.drafts import draft_claims

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterable, Sequence

STDIN = "-"
EXIT_INVALID = 2
"""The input cannot be used, or a line of it could not."""


class Command(BaseCommand):
    """Reads a source, asks the claim checker, prints what it found."""

    help = (
        "Finds health claims in the draft of a page, in a text file, or in JSON lines."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what the command takes."""
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument(
            "--page", type=int, metavar="ID", help="A page's latest draft."
        )
        source.add_argument(
            "--file", metavar="FILE", help="A UTF-8 text file; - reads standard input."
        )
        source.add_argument(
            "--jsonl",
            metavar="FILE",
            help="One JSON string a line, one answer a line; - reads standard input.",
        )
        parser.add_argument(
            "--profile",
            choices=[str(profile) for profile in Profile],
            help="Who publishes; decides how severe a finding is. A page's is its site's, any other text's editorial.",
        )
        parser.add_argument(
            "--format",
            choices=["text", "json"],
            default="text",
            help="Form of the report; JSON lines are always answered in JSON.",
        )

    def handle(self, *_args: str, **options: Any) -> None:
        """Check the source and print the report.

        Raises:
            CommandError: with exit code 2 when the source cannot be read, or a line of JSON lines was none.
        """
        chosen = Profile(options["profile"]) if options["profile"] else None
        profile = chosen or Profile.EDITORIAL
        if options["jsonl"] is not None:
            self._answer_lines(options["jsonl"], profile)
            return
        if options["page"] is not None:
            report, profiles = _page_report(options["page"], chosen)
        else:
            report, profiles = _file_report(options["file"], profile), (profile,)
        if options["format"] == "json":
            facts = as_json(report, profiles)
            text = json.dumps(facts, ensure_ascii=False, indent=2)
        else:
            text = as_text(report, profiles)
        self.stdout.write(text)

    def _answer_lines(self, name: str, profile: Profile) -> None:
        # Only a line feed ends a line, in a file as in a pipe.
        lines = sys.stdin.buffer if name == STDIN else BytesIO(_read_bytes(name))
        try:
            bad = self._answer_each(lines, profile)
        except BrokenPipeError:
            # The reader has enough; Python would complain once more on its last flush.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(1) from None
        if bad:
            message = _("Lines that are not JSON strings: %(count)d.")
            raise CommandError(message % {"count": bad}, returncode=EXIT_INVALID)

    def _answer_each(self, lines: Iterable[bytes], profile: Profile) -> int:
        bad = 0
        for number, line in enumerate(lines, start=1):
            text = _json_string(line, is_first=number == 1)
            if text is None:
                bad += 1
                answer: dict[str, object] = {"findings": [], "error": "line.invalid"}
                message = _("Line %(number)d is not a JSON string.")
                self.stderr.write(message % {"number": number})
            else:
                report = check_text(text, profile=profile)
                answer = {"findings": [finding_json(each) for each in report.findings]}
            # ASCII only: the same bytes whatever the locale of the terminal or pipe is.
            self.stdout.write(json.dumps(answer))
            self.stdout.flush()
        return bad


def as_json(report: Report, profiles: Sequence[str]) -> dict[str, object]:
    """Return a report as JSON values."""
    return {
        "status": str(report.status),
        "rule_base": report.rule_base,
        "profile": str(report.profile),
        "profiles": [str(profile) for profile in profiles],
        "findings": [
            {
                **finding_json(finding),
                "block": finding.block_id,
                "text": finding.text,
                "sentence": finding.sentence,
                "sentence_sha": finding.sentence_sha,
                "resolve": list(finding.resolve),
                "notes": list(finding.notes),
                "repeated_from": finding.repeated_from or None,
            }
            for finding in report.findings
        ],
    }


def as_text(report: Report, profiles: Sequence[str]) -> str:
    """Return a report for people."""
    if report.status is Status.NOT_CHECKED:
        return _("Not checked: there are no rules for this language.")
    lines = []
    for finding in report.findings:
        where = finding.block_id or "-"
        lines.append(
            f"{finding.severity:<5}  {finding.rule}  {where}: “{finding.text}”"
        )
        lines.append(f"       {finding.message}")
        lines.append(f"       → {finding.suggestion}")
        lines.append(f"       {finding.source}")
    count = _("%(count)d findings; rules %(version)s, profile %(profile)s.")
    values = {
        "count": len(report.findings),
        "version": report.rule_base,
        "profile": ", ".join(profiles),
    }
    return "\n".join([*lines, count % values])


def _page_report(page_id: int, profile: Profile | None) -> tuple[Report, Sequence[str]]:
    """Return what the gate would say of the page, and by which profiles."""
    found = draft_claims(page_id, [profile] if profile else ())
    if found is None:
        message = _("There is no health page with the id %(id)d.")
        raise CommandError(message % {"id": page_id}, returncode=EXIT_INVALID)
    report = Report(
        status=Status.CHECKED if found.is_checked else Status.NOT_CHECKED,
        rule_base=found.rule_base,
        profile=Profile(found.profiles[0]),
        findings=found.findings,
    )
    return report, found.profiles


def _file_report(name: str, profile: Profile) -> Report:
    data = sys.stdin.buffer.read() if name == STDIN else _read_bytes(name)
    try:
        document = read_text(data)
    except DocumentError as error:
        raise CommandError(str(error), returncode=EXIT_INVALID) from error
    return check_page(page_of_source(document), profile=profile)


def _read_bytes(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        message = _("Cannot read %(name)s: %(reason)s")
        raise CommandError(
            message % {"name": name, "reason": error.strerror},
            returncode=EXIT_INVALID,
        ) from error


def _json_string(line: bytes, *, is_first: bool) -> str | None:
    if is_first:
        line = line.removeprefix(b"\xef\xbb\xbf")
    try:
        value = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, str) else None
