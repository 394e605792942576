"""Reader text as it is kept: one spelling, nothing invisible, nothing that reverses a line.

`normalize_text` is for bodies, `normalize_line` for names and other one-line fields. Both are linear in the length of
their input, never raise, and are idempotent. What they drop and why: Unicode TR36 (security) and TR55
(source code handling); see docs/explanation/how-reply-text-becomes-html.md.
"""

from __future__ import annotations

import re
import unicodedata

MAX_MARKS = 4
"""Combining marks kept in a row. Vietnamese, Hebrew and Thai need up to three or four; more is a stack that
covers the lines above."""

_JOINERS = "\u200c\u200d"
"""Zero-width joiner and non-joiner: Persian, Indic scripts and emoji need them, so they stay where they do work."""

_NONCHARACTERS = "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}"
    for plane in range(0, 0x110000, 0x10000)
)
_DROPPED = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1 controls, but for tab and newline
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # blank by design
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # zero width, bidi overrides, isolates
    "\ufff9-\ufffc\U0001d173-\U0001d17a"  # annotation and musical format controls
    "\U000e0000-\U000e007f"  # tag characters
    "\ud800-\udfff\ufdd0-\ufdef" + _NONCHARACTERS  # lone surrogates, noncharacters
)
_DROPPED_RE = re.compile(f"[{_DROPPED}]+")
_DROPPED_ASCII_RE = re.compile("[\x00-\x08\x0b-\x1f\x7f]+")
"""The same for ASCII text, which is most text, in a tenth of the time."""

_NEWLINE_RE = re.compile("\r\n?|[\u2028\u2029]")
_REFERENCE_RE = re.compile(r"&#(?:0*([0-9]+)|[xX]0*([0-9a-fA-F]+));?")
_IDLE_JOINER_RE = re.compile(
    f"(?<=[\x00-\x7f])[{_JOINERS}]+"  # nothing in ASCII joins
    f"|^[{_JOINERS}]+|[{_JOINERS}]+(?=\\s|$)|(?<=[{_JOINERS}])[{_JOINERS}]+"
)
_ABOVE_LATIN_RE = re.compile("[\u0300-\U0010ffff]")
_SPACES_RE = re.compile(r"\s+")
_MAX_REFERENCE_PASSES = 4


def normalize_text(text_raw: str) -> str:
    r"""Return *text_raw* with `\n` line ends, in NFC, without invisible or reordering characters.

    Numeric character references to any dropped character (`&#8238;`, `&#x0`) go too, nested ones included, so that a
    consumer that decodes references does not bring them back. Blank lines at the start and white space at the end go.
    """
    text = _NEWLINE_RE.sub("\n", text_raw)
    # Ends: after the first round the text is in NFC, so that every later round that changes it makes it shorter. Two
    # rounds are the rule; a third is needed where a removal makes neighbors compose.
    while (normalized := _normalize_once(text)) != text:
        text = normalized
    return text.rstrip().lstrip("\n")


def normalize_line(text_raw: str, max_length: int) -> str:
    """Return *text_raw* as one line of at most *max_length* characters: names, titles, mail subjects.

    White space collapses to single spaces. A cut never leaves a trailing space or joiner.
    """
    line = _SPACES_RE.sub(" ", normalize_text(text_raw)).strip()
    return line[:max_length].rstrip(f" {_JOINERS}")


def is_visible(text: str) -> bool:
    """Tell whether *text* holds none of the characters that `normalize_text` drops."""
    return _DROPPED_RE.search(text) is None


def _normalize_once(text: str) -> str:
    """Return *text* after one round of every rule."""
    dropped = _DROPPED_ASCII_RE if text.isascii() else _DROPPED_RE
    text = _drop_references(dropped.sub("", text))
    if _ABOVE_LATIN_RE.search(text) is None:
        return text
    # Capped before NFC too: canonical reordering of a long run of marks is quadratic in CPython.
    text = _cap_marks(_IDLE_JOINER_RE.sub("", text))
    return _cap_marks(unicodedata.normalize("NFC", text))


def _drop_references(text: str) -> str:
    """Remove numeric references to dropped characters until none is left, in linear time."""
    for _ in range(_MAX_REFERENCE_PASSES):
        if "&#" not in text:
            return text
        shorter = _REFERENCE_RE.sub(_keep_reference, text)
        if shorter == text:
            return text
        text = shorter
    # Nested deeper than anyone writes by accident: no reference survives at all.
    return re.sub("&#+", "&", text)


def _keep_reference(match: re.Match[str]) -> str:
    """Return the matched reference, or nothing when it stands for a dropped character."""
    decimal, hexadecimal = match.groups()
    digits, base = (decimal, 10) if decimal else (hexadecimal, 16)
    if len(digits) > 7:
        return ""
    code = int(digits, base)
    if code > 0x10FFFF or code in (0x09, 0x0A):
        return ""
    return "" if _DROPPED_RE.match(chr(code)) else match[0]


def _cap_marks(text: str) -> str:
    """Keep at most `MAX_MARKS` combining marks in a row; joiners do not interrupt the count."""
    kept: list[str] = []
    marks = 0
    for character in text:
        if character >= "\u0300" and unicodedata.category(character) in ("Mn", "Me"):
            marks += 1
            if marks > MAX_MARKS:
                continue
        elif character not in _JOINERS:
            marks = 0
        kept.append(character)
    return "".join(kept)
