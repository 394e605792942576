"""Renders reply sources from JSON lines, exactly as a published reply carries them."""

from __future__ import annotations

import json
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from ...errors import ReplyTooLong
from ...sanitize import render_reply

if TYPE_CHECKING:
    from collections.abc import Iterator

_EXIT_USAGE = 2


class Command(BaseCommand):
    """Prints one JSON object a line: `{"html": …, "text": …}`.

    Reads line by line and writes each answer at once, so that it may be driven through pipes. A text that is too long
    gives empty strings and `"error": "reply.too_long"`. A line that is not a JSON string stops the run with exit code
    2 and the line's number on stderr; the answers already printed stay, one for each line before it.
    """

    help = "Render reply sources (one JSON string a line) as a published reply carries them, one JSON object a line."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file to read."""
        parser.add_argument(
            "--jsonl",
            required=True,
            metavar="FILE|-",
            help="UTF-8 file with one JSON string a line; - reads standard input.",
        )

    def handle(self, *, jsonl: str, **_options: object) -> None:
        """Render every line of the input."""
        with ExitStack() as stack:
            try:
                self._render(_open(jsonl, stack))
            except BrokenPipeError:
                # The reader has enough. Python would complain once more on its last flush, hence the null device
                # (docs.python.org/3/library/signal.html#note-on-sigpipe).
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                raise SystemExit(1) from None

    def _render(self, stream: BinaryIO) -> None:
        for number, line in enumerate(_lines(stream), start=1):
            answer = _answer(_source(line, number))
            # ASCII only: the output is the same bytes whatever the locale of the terminal or pipe is.
            self.stdout.write(json.dumps(answer))
            self.stdout.flush()


def _open(name: str, stack: ExitStack) -> BinaryIO:
    """Return the named file or standard input, as bytes."""
    if name == "-":
        return sys.stdin.buffer
    try:
        return stack.enter_context(Path(name).open("rb"))
    except OSError as error:
        message = _("Cannot read %(name)s: %(reason)s")
        raise CommandError(
            message % {"name": name, "reason": error.strerror},
            returncode=_EXIT_USAGE,
        ) from error


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield each line without a byte order mark at the start; only a line feed ends a line."""
    for index, line in enumerate(stream):
        yield line.removeprefix(b"\xef\xbb\xbf") if index == 0 else line


def _source(line: bytes, number: int) -> str:
    """Return the JSON string on a line; escaped lone surrogates are allowed, as in any JSON."""
    try:
        value = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        message = _("Line %(number)d is not valid JSON: %(reason)s")
        raise CommandError(
            message % {"number": number, "reason": error}, returncode=_EXIT_USAGE
        ) from error
    if not isinstance(value, str):
        message = _("Line %(number)d is not a JSON string.")
        raise CommandError(message % {"number": number}, returncode=_EXIT_USAGE)
    return value


def _answer(source_raw: str) -> dict[str, str]:
    try:
        rendered = render_reply(source_raw)
    except ReplyTooLong as error:
        return {"html": "", "text": "", "error": error.code}
    return {"html": rendered.html, "text": rendered.text}
