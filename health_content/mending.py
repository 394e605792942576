"""Sentences of a page's stored content exchanged or taken out, wherever they stand. Pure.

A text that holds tags is read as rich text: markup within the sentence goes with it, markup around it stays.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .document_facts import Json, JsonObject

_TOKEN = re.compile(r"<[^>]*>|&(?:#\w+|\w+);|.", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^>]*>")
_PARTS = re.compile(
    r"</?(?:p|li|ul|ol|h\d|blockquote|div|hr|br|img|embed)\b", re.IGNORECASE
)
_EMPTY = re.compile(
    r"<(p|li|ul|ol|h[1-6]|blockquote|b|strong|i|em|sub|sup|a)\b[^>]*>\s*</\1>",
    re.IGNORECASE,
)
# Stands where one piece of text ends, so that no sentence is found across it.
_BORDER = "\0"
_NOT_WORDS = frozenset({"id", "type"})
# What a block is nothing without: it goes when that does.
_ESSENTIAL = frozenset(
    {"answer", "blocks", "body", "finding", "items", "question", "statement", "text"}
)


def mend_content(
    content: JsonObject, sentence: str, text: str
) -> tuple[JsonObject, int]:
    """Return *content*, field name to stored value, with *text* wherever *sentence* stood, and in how many places.

    White space may differ. A title and its text, "Title: text", are one sentence to the claim checker and two fields
    here: then the text is looked for, else the title. Where *text* is empty the sentence is taken out, with the item,
    block or section that says nothing without it.
    """
    for reading in _readings(sentence):
        mend = _Mend(reading, text)
        mended = {name: mend.value(value) for name, value in content.items()}
        if mend.count:
            kept = {
                name: _emptied(content[name]) if value is None else value
                for name, value in mended.items()
            }
            return kept, mend.count
    return content, 0


def says(content: JsonObject, sentence: str) -> bool:
    """Return whether *sentence* stands somewhere in *content*."""
    return bool(mend_content(content, sentence, sentence)[1])


def _readings(sentence: str) -> list[str]:
    title, colon, text = sentence.partition(": ")
    return [sentence, text, title] if colon and text.strip() else [sentence]


def _emptied(value: Json) -> Json:
    return [] if isinstance(value, list) else ""


class _Mend:
    """One exchange, and how often it was made."""

    def __init__(self, sentence: str, text: str) -> None:
        words = [re.escape(word) for word in sentence.split()]
        said = r"\s+".join(words)
        self.pattern = re.compile(rf"(?<!\w){said}(?!\w)")
        self.is_empty = not words
        self.text = text
        self.count = 0

    def value(self, value: Json) -> Json:
        """Return *value* mended; None for one that says nothing any more."""
        if self.is_empty:
            return value
        if isinstance(value, str):
            mended = self._string(value)
            return mended if mended.strip() or mended == value else None
        if isinstance(value, list):
            return self._list(value)
        return self._object(value) if isinstance(value, dict) else value

    def _list(self, value: list[Json]) -> Json:
        mended = [self.value(each) for each in value]
        kept = [
            after
            for before, after in zip(value, mended, strict=True)
            if after is not None or before is None
        ]
        return kept if kept or not value else None

    def _object(self, value: JsonObject) -> Json:
        mended: JsonObject = {}
        for name, before in value.items():
            after = before if name in _NOT_WORDS else self.value(before)
            if after is None and before is not None:
                if name == "value" or name in _ESSENTIAL:
                    return None
                after = _emptied(before)
            mended[name] = after
        return mended

    def _string(self, value: str) -> str:
        is_rich = bool(_TAG.search(value))
        mend = self._exchanged if self.text else self._without
        mended = mend(value, is_rich=is_rich)
        return _tidy(mended) if is_rich and mended != value else mended

    def _exchanged(self, value: str, *, is_rich: bool) -> str:
        said = escape(self.text, quote=False) if is_rich else self.text
        places = _places(self.pattern, value, is_rich=is_rich)
        self.count += len(places)
        for start, end in reversed(places):
            kept = _unpaired(value[start:end]) if is_rich else ""
            value = value[:start] + said + kept + value[end:]
        return value

    def _without(self, value: str, *, is_rich: bool) -> str:
        """Return *value* without the sentence, one place after the other: the space between two belongs to one of them."""
        while places := _places(self.pattern, value, is_rich=is_rich, has_space=True):
            start, end = places[0]
            self.count += 1
            kept = _unpaired(value[start:end]) if is_rich else ""
            value = value[:start] + kept + value[end:]
        return value


def _places(
    pattern: re.Pattern[str], value: str, *, is_rich: bool, has_space: bool = False
) -> list[tuple[int, int]]:
    """Return where *pattern* stands in *value*, with *has_space* together with the space that would be left over."""
    text, spans = _read(value) if is_rich else (value, [])
    found = [match.span() for match in pattern.finditer(text)]
    if has_space:
        found = [_with_space(text, *place) for place in found]
    if not is_rich:
        return found
    return [(spans[start][0], spans[end - 1][1]) for start, end in found]


def _read(html: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text of *html*, and for each of its characters where that stands there."""
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(html):
        token = match.group()
        read = token
        if token.startswith("<") and len(token) > 1:
            read = _BORDER if _PARTS.match(token) else ""
        elif token.startswith("&"):
            read = unescape(token)
        pieces.append(read)
        spans += [match.span()] * len(read)
    return "".join(pieces), spans


def _with_space(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the place with the white space that would be left over without it."""
    after = end
    while after < len(text) and text[after].isspace():
        after += 1
    if after < len(text) and text[after] != _BORDER:
        return start, after
    while start and text[start - 1].isspace():
        start -= 1
    return start, after


def _unpaired(html: str) -> str:
    """Return the tags of *html* that belong to what stands around it."""
    kept: list[str] = []
    for tag in _TAG.findall(html):
        is_end = tag.startswith("</")
        if is_end and kept and not kept[-1].startswith("</"):
            kept.pop()
        else:
            kept.append(tag)
    return "".join(kept)


def _tidy(html: str) -> str:
    """Return *html* without elements in which nothing is left."""
    tidied = _EMPTY.sub("", html)
    while tidied != html:
        html, tidied = tidied, _EMPTY.sub("", tidied)
    return tidied
