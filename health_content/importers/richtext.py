"""Flowing nodes to the HTML that Wagtail's rich text stores.

Text is escaped first; the only tags are those written here.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from .document import ItemList, ListStyle, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .document import Item

_BOLD = re.compile(r"\*\*(?=[^\s*])([^*\n]{0,300}[^\s*])\*\*")


def to_html(nodes: Iterable[Paragraph | ItemList]) -> str:
    """Return *nodes* as paragraphs and lists."""
    return "".join(
        f"<p>{text_html(node.text)}</p>"
        if isinstance(node, Paragraph)
        else _list_html(node)
        for node in nodes
    )


def text_html(text: str) -> str:
    """Return *text* escaped, with its line breaks and its **bold** words as tags."""
    bold = _BOLD.sub(r"<b>\1</b>", escape(text, quote=False))
    return bold.replace("\n", "<br/>")


def to_text(nodes: Iterable[Paragraph | ItemList]) -> str:
    """Return the words of *nodes*, one line a paragraph or item."""
    return "\n".join(filter(None, (_node_text(node) for node in nodes)))


def _node_text(node: Paragraph | ItemList) -> str:
    if isinstance(node, Paragraph):
        return node.text
    return "\n".join(filter(None, (to_text(item.blocks) for item in node.items)))


def _list_html(node: ItemList) -> str:
    tag = "ul" if node.style is ListStyle.BULLET else "ol"
    items = "".join(f"<li>{_item_html(item)}</li>" for item in node.items)
    return f"<{tag}>{items}</{tag}>"


def _item_html(item: Item) -> str:
    """Return the inside of a list item, where the editor knows no paragraphs."""
    html = ""
    for block in item.blocks:
        if isinstance(block, ItemList):
            html += _list_html(block)
        else:
            html += ("<br/>" if html else "") + text_html(block.text)
    return html
