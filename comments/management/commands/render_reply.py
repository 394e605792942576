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


class _LineInvalidError(ValueError):
    """A line is not a JSON string; the message goes on after "Line 7"."""


class Command(BaseCommand):
    """Prints one JSON object for each line: `{"html": …, "text": …}`.

    Reads line by line and writes each answer at once, so that it may be driven through pipes; output line N always
    answers input line N. A line that cannot be rendered gives empty strings and an `error`: `reply.too_long` for a text
    over the limit, `line.invalid` for a line that is not a JSON string. The latter is named on stderr as well, and the
    run ends with exit code 2 when all lines are done.
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
        bad_count = 0
        for number, line in enumerate(_lines(stream), start=1):
            try:
                answer = _answer(_source(line))
            except _LineInvalidError as error:
                bad_count += 1
                answer = _no_answer("line.invalid")
                self.stderr.write(
                    _("Line %(number)d %(reason)s")
                    % {"number": number, "reason": error}
                )
            # ASCII only: the output is the same bytes whatever the locale of the terminal or pipe is.
            self.stdout.write(json.dumps(answer))
            self.stdout.flush()
        if bad_count:
            raise CommandError(
                _("Lines that are not JSON strings: %(count)d.") % {"count": bad_count},
                returncode=_EXIT_USAGE,
            )


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


def _source(line: bytes) -> str:
    """Return the JSON string on a line; escaped lone surrogates are allowed, as in any JSON."""
    try:
        value = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise _LineInvalidError(
            _("is not valid JSON: %(reason)s") % {"reason": error}
        ) from error
    if not isinstance(value, str):
        raise _LineInvalidError(_("is not a JSON string."))
    return value


def _answer(source_raw: str) -> dict[str, str]:
    try:
        rendered = render_reply(source_raw)
    except ReplyTooLong as error:
        return _no_answer(error.code)
    return {"html": rendered.html, "text": rendered.text}


def _no_answer(code: str) -> dict[str, str]:
    return {"html": "", "text": "", "error": code}
