"""Rich text of a document as a hast tree (https://github.com/syntax-tree/hast), for clients that render no HTML.

Reads what `document_html.expand_html` writes: allow-listed, balanced, with quoted attributes. So nothing is decided
here; the tree says what the HTML says.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from .document_html import VOID_ELEMENTS
from .markup import read_markup

if TYPE_CHECKING:
    from .document_facts import Json, JsonObject

# hast names properties as the DOM does, and types them (its package property-information).
PROPERTY_NAMES = {
    "data-embed": "dataEmbed",
    "data-height": "dataHeight",
    "data-key": "dataKey",
    "data-provider": "dataProvider",
    "data-thumbnail": "dataThumbnail",
    "data-width": "dataWidth",
    "hreflang": "hrefLang",
    "srcset": "srcSet",
}
NUMBERS = frozenset({"height", "start", "width"})
# What JavaScript reads as a number without a loss.
NUMBER = re.compile("-?[0-9]{1,15}")
WORD_LISTS = frozenset({"rel"})
EMPTY_ELEMENTS = VOID_ELEMENTS | {"img"}
# Deeper elements are left out, their text is not: every reader of the tree recurses.
DEPTH_MAX = 32


def html_hast(html: str) -> JsonObject:
    """Return the hast root of *html*: `{"type": "root", "children": [...]}`, of elements and texts only."""
    builder = _Builder()
    read_markup(html, builder)
    return builder.root


def with_hast(value: Json) -> Json:
    """Return *value* with a `hast` beside every `html`: each rich text of a document, wherever it is."""
    if isinstance(value, list):
        return [with_hast(item) for item in value]
    if not isinstance(value, dict):
        return value
    html = value.get("html")
    if isinstance(html, str):
        return {**value, "hast": html_hast(html)}
    return {key: with_hast(item) for key, item in value.items()}


class _Builder(HTMLParser):
    """Builds the tree of what it reads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._children: list[list[Json]] = [[]]
        self._open: list[str] = []
        self.root: JsonObject = {"type": "root", "children": self._children[0]}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in EMPTY_ELEMENTS:
            self._append_element(tag, attrs)
            return
        self._open.append(tag)
        if len(self._open) <= DEPTH_MAX:
            self._children.append(self._append_element(tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            if len(self._open) <= DEPTH_MAX:
                self._children.pop()
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._children[-1].append({"type": "text", "value": data})

    def _append_element(
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> list[Json]:
        children: list[Json] = []
        properties: JsonObject = {
            PROPERTY_NAMES.get(name, name): _property(name, value or "")
            for name, value in attrs
        }
        self._children[-1].append(
            {
                "type": "element",
                "tagName": tag,
                "properties": properties,
                "children": children,
            }
        )
        return children


def _property(name: str, value: str) -> Json:
    if name in NUMBERS and NUMBER.fullmatch(value):
        return int(value)
    if name in WORD_LISTS:
        words: list[Json] = list(value.split())
        return words
    return value
