"""Bytes to numbered lines, or one clear reason why the bytes are not plain text."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from .document import DocumentError

MAX_BYTES = 2 * 1024 * 1024
"""About 300,000 words: forty times the longest article. More is a wrong file."""

INVISIBLE = "\ufeff\u200b\u2060"
"""Zero-width characters that editors paste around text; treated as white space."""

_NEWLINE = re.compile(r"\r\n|\r|\n")
_SPACES = re.compile(r"[^\S\xa0\u202f]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_EDGE = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
_EDGE += "".join(map(chr, range(0x2000, 0x200B))) + INVISIBLE

# The longest marks first: UTF-32-LE starts with the two bytes of UTF-16-LE.
_FOREIGN_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_BINARY_MARKS = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP or Office file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x7fELF", "a program"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One source line that is not blank."""

    number: int
    indent: int
    """Columns before the text, with a tab stop every four columns."""
    text: str
    """The words, every run of white space made one space; no-break spaces stay."""
    gap: int
    """How many blank lines stand directly above."""


def read_lines(data: bytes) -> list[Line]:
    """Return the lines of *data* that are not blank.

    CRLF, CR and LF end a line; a byte order mark of UTF-8 is dropped.

    Raises:
        DocumentError: too large, empty, binary, or not UTF-8.
    """
    lines: list[Line] = []
    gap = 0
    for number, raw in enumerate(_NEWLINE.split(decode(data)), start=1):
        text = raw.strip(_EDGE)
        if not text:
            gap += 1
            continue
        lead = raw[: len(raw) - len(raw.lstrip(_EDGE))]
        lines.append(
            Line(
                number=number,
                indent=len(lead.expandtabs(4)),
                text=_SPACES.sub(" ", text),
                gap=gap,
            )
        )
        gap = 0
    return lines


def decode(data: bytes) -> str:
    """Return *data* as text.

    Raises:
        DocumentError: too large, empty, binary, or not UTF-8.
    """
    if len(data) > MAX_BYTES:
        raise DocumentError("import.too_large", too_large_message())
    for mark, name in _FOREIGN_MARKS:
        if data.startswith(mark):
            raise _wrong_encoding(f"it is {name}")
    for mark, name in _BINARY_MARKS:
        if data.startswith(mark):
            raise DocumentError("import.binary", f"it is {name}, not plain text")
    _refuse_nul(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(_NEWLINE.findall(data[: error.start].decode("latin-1"))) + 1
        byte = data[error.start]
        raise _wrong_encoding(f"byte 0x{byte:02X} in line {line}") from None
    if not text.strip(_EDGE):
        raise DocumentError("import.empty", "it has no text")
    control = _CONTROL.search(text)
    if control:
        line = len(_NEWLINE.findall(text[: control.start()])) + 1
        message = f"control character U+{ord(control[0]):04X} in line {line}"
        raise DocumentError("import.binary", f"not plain text: {message}")
    return text


def too_large_message() -> str:
    """Return why a file of more than `MAX_BYTES` is refused."""
    return f"it is larger than {MAX_BYTES // 1024 // 1024} MB"


def _refuse_nul(data: bytes) -> None:
    """Refuse NUL bytes; with NUL as every second byte, name UTF-16."""
    count = data.count(0)
    if not count:
        return
    if max(data[0::2].count(0), data[1::2].count(0)) * 2 > len(data) * 0.8:
        raise _wrong_encoding("it looks like UTF-16")
    raise DocumentError("import.binary", "it is binary, not plain text")


def _wrong_encoding(detail: str) -> DocumentError:
    return DocumentError(
        "import.encoding", f"not UTF-8 text ({detail}); save it as UTF-8 first"
    )
