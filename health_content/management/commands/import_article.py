"""`import_article`: a plain text file becomes a draft article."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from ...actors import System
from ...errors import ImportRefused
from ...importers.decode import MAX_BYTES, too_large_message
from ...parents import article_parent
from ...services.article_import import (
    ArticleSource,
    article_import,
    article_import_plan,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from typing import BinaryIO

    from ...importers.build import ArticleValues
    from ...services.article_import import ArticleImport

STDIN = "-"
EXIT_REFUSED = 2
"""The source, the parent or the locale cannot be used; nothing was written."""

EXIT_NOT_PUBLISHED = 3
"""The draft was written, and `--publish` was refused."""


class Command(BaseCommand):
    """Reads a source, calls the service, prints its report."""

    help = "Makes a draft article from a plain text file and reports every block with its source lines."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what the command takes."""
        parser.add_argument(
            "file",
            metavar="FILE",
            help="A UTF-8 text file of at most 2 MB; - reads standard input.",
        )
        parser.add_argument(
            "--parent",
            metavar="PATH",
            help="Site path of the page to import below, such as /articles/.",
        )
        parser.add_argument(
            "--locale",
            help="Language of the article; the parent's, or the default one, if left out.",
        )
        parser.add_argument(
            "--publish",
            action="store_true",
            help="Publish the article at once, with the disclaimers made for it.",
        )
        parser.add_argument(
            "--replace",
            action="store_true",
            help="Overwrite the page made from this file even if the file now holds another article.",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Write nothing; report what would be made.",
        )
        parser.add_argument(
            "--format",
            choices=["text", "json"],
            default="text",
            help="Form of the report.",
        )

    def handle(self, *_args: str, **options: Any) -> None:
        """Import the file and print the report.

        Raises:
            CommandError: with exit code 2 when nothing was written, 3 when only publishing was refused, 1 when the
                database failed.
        """
        file: str = options["file"]
        try:
            source = read_source(file)
            parent = article_parent(options["parent"], locale_code=options["locale"])
            if options["dry_run"]:
                result = article_import_plan(
                    source, parent=parent, replace=options["replace"]
                )
            else:
                result = article_import(
                    source,
                    parent=parent,
                    actor=System("import"),
                    publish=options["publish"],
                    replace=options["replace"],
                )
        except ImportRefused as error:
            message = _("cannot import %(file)s: %(reason)s") % {
                "file": file or '""',
                "reason": error,
            }
            raise CommandError(
                " ".join(message.split()), returncode=EXIT_REFUSED
            ) from error
        except DatabaseError as error:
            message = _("the database failed: %(reason)s") % {"reason": error}
            raise CommandError(" ".join(message.split())) from error
        is_json = options["format"] == "json"
        report = (
            json.dumps(as_json(result), ensure_ascii=False, indent=2)
            if is_json
            else as_text(result)
        )
        self.stdout.write(report)
        if result.refusal:
            message = _("the draft was written but not published: %(reason)s") % {
                "reason": result.refusal
            }
            raise CommandError(" ".join(message.split()), returncode=EXIT_NOT_PUBLISHED)


def read_source(file: str) -> ArticleSource:
    """Return the bytes of *file* and what it is called; never reads more than fits.

    Raises:
        ImportRefused: it cannot be read or is too large.
    """
    if file == STDIN:
        return ArticleSource(data=_read_bounded(sys.stdin.buffer))
    if not file.strip():
        raise ImportRefused(_("no file is named; - reads standard input"))
    try:
        path = Path(file).resolve()
        if path.is_dir():
            raise ImportRefused(_("it is a directory"))
        if path.stat().st_size > MAX_BYTES:
            raise ImportRefused(too_large_message())
        with path.open("rb") as stream:
            data = _read_bounded(stream)
    except (OSError, ValueError) as error:
        raise ImportRefused(getattr(error, "strerror", None) or str(error)) from error
    title = path.stem.replace("-", " ").replace("_", " ").strip()
    return ArticleSource(data=data, name=str(path), title=title[:1].upper() + title[1:])


def _read_bounded(stream: BinaryIO) -> bytes:
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ImportRefused(too_large_message())
    return data


def as_json(result: ArticleImport) -> dict[str, Any]:
    """Return *result* with the public keys of the report."""
    values = result.values
    return {
        "page_id": result.page_id,
        "path": result.path,
        "title": values.title,
        "sections": sum(block.type == "section" for block in values.blocks),
        "mechanisms": values.count("mechanism_list"),
        "benefits": values.count("benefit_list"),
        "approaches": values.count("approach_list"),
        "questions": values.count("faq"),
        "disclaimers": result.disclaimers,
        "replies_open": values.replies_mode == "open",
        "unmapped": [
            {"line": line.line, "text": line.text} for line in result.unmapped
        ],
        "status": result.status,
        "blocks": [
            {
                "type": block.type,
                "lines": [block.start, block.end],
                "items": block.items,
                "section": block.section or None,
            }
            for block in values.blocks
        ],
        "notes": [
            {"line": note.line, "text": note.text, "reason": note.reason}
            for note in values.notes
        ],
    }


def _counts(facts: dict[str, Any]) -> str:
    """Return the counts of the report in words."""
    forms = {
        "sections": ngettext_lazy("%d section", "%d sections"),
        "mechanisms": ngettext_lazy("%d mechanism", "%d mechanisms"),
        "benefits": ngettext_lazy("%d benefit", "%d benefits"),
        "approaches": ngettext_lazy("%d approach", "%d approaches"),
        "questions": ngettext_lazy("%d question", "%d questions"),
        "disclaimers": ngettext_lazy("%d disclaimer", "%d disclaimers"),
    }
    return ", ".join(form % facts[name] for name, form in forms.items())


def _edges(values: ArticleValues) -> list[str]:
    """Return where the title and the invitation to reply stand; neither is a block."""
    is_open = values.replies_mode == "open"
    replies = _("replies are open") if is_open else _("replies are closed")
    if values.replies_line:
        place = _("line %(line)d") % {"line": values.replies_line}
        replies = f"{replies} ({place})"
    title = [f"  {values.title_line:>9}  title"] if values.title_line else []
    return [replies, *title]


def as_text(result: ArticleImport) -> str:
    """Return *result* for a person: what was done, every block with its lines, every line without a place."""
    facts = as_json(result)
    lines = [
        _("%(status)s: “%(title)s” at %(path)s") % facts,
        _counts(facts),
        *_edges(result.values),
    ]
    for block in result.values.blocks:
        span = (
            f"{block.start}-{block.end}"
            if block.end > block.start
            else str(block.start)
        )
        count = f" ({block.items})" if block.items else ""
        section = f"  {block.section}" if block.section else ""
        lines.append(f"  {span:>9}  {block.type}{count}{section}")
    no_place = _("line %(line)d has no place: %(text)s")
    unmapped = result.unmapped
    lines += [no_place % {"line": line.line, "text": line.text} for line in unmapped]
    reasons = {
        "no_answer": _("line %(line)d asks without an answer: %(text)s"),
        "reply_form": _("line %(line)d is of a copied reply form: %(text)s"),
    }
    lines += [reasons[note["reason"]] % note for note in facts["notes"]]
    return "\n".join(lines)
