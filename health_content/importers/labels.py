# ruff: noqa: RUF001, RUF002 - look-alike marks of real documents are read here
"""What "Label: text" is cut into."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_LABEL = 80
"""Characters of "Label" in "Label: text"; longer ones are sentences with a colon."""

_ABBREVIATION = r"\.(?!\s|:)|(?<=\bSt)\.|(?<=\bDr)\.|(?<=\bvs)\."
_LABEL = re.compile(
    rf"(?P<open>\*\*|__|)(?P<label>(?:[^:.!?;\n*_]|{_ABBREVIATION}){{1,{MAX_LABEL}}})"
    r"(?P<separator>(?:\*\*|__|)[:：](?:\*\*|__|))\s+(?=\S)"
)
_STRONG_LABEL = re.compile(
    rf"(?P<open>\*\*|__)(?P<label>[^\n*_]{{1,{MAX_LABEL}}}?)(?P<separator>[.:]?(?:\*\*|__))"
    r"(?:\s*[–—-])?\s+(?=\S)"
)
_DASH_LABEL = re.compile(
    rf"(?P<open>)(?P<label>[^:.!?;\n*_]{{1,{MAX_LABEL}}}?)(?P<separator>\s[–—-])\s+(?=\S)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labeled:
    """A text cut into "Label", its marks, and the rest."""

    opening: str
    label: str
    separator: str
    rest: str


def split_label(text: str) -> Labeled | None:
    """Return the parts of "Label: text" or "**Label** text", else None."""
    mark = _LABEL.match(text) or _STRONG_LABEL.match(text)
    if mark is None or len(mark["label"].split()) > 10:
        return None
    return _labeled(text, mark)


def split_dash_label(text: str) -> Labeled | None:
    """Return the parts of "Label – text"; only a list full of them is labelled."""
    mark = _DASH_LABEL.match(text)
    if mark is None or len(mark["label"].split()) > 6 or mark["label"][0].islower():
        return None
    return _labeled(text, mark)


def _labeled(text: str, mark: re.Match[str]) -> Labeled:
    separator = text[mark.start("separator") : mark.end()].strip()
    return Labeled(
        opening=mark["open"],
        label=mark["label"].strip(),
        separator=separator,
        rest=text[mark.end() :],
    )
