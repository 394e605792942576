"""Pieces to lists: nesting by indent and by the form of the marks, and labels."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from .document import Item, ItemList, ListRole, ListStyle, Paragraph, Span
from .labels import MAX_LABEL, Labeled, split_dash_label, split_label
from .markers import Kind
from .pieces import Piece, looks_like_heading

MAX_DEPTH = 5
"""Deeper lists are kept at this depth: no reader can follow them, no stack either."""

MAX_REFERENCE = 500
"""Characters that the block allows in the title of a reference."""

_FORMATTED = re.compile(r"\n|\*\*")
_ORDINAL = re.compile(r"\w+")


@dataclass(slots=True, kw_only=True)
class _OpenItem:
    piece: Piece
    blocks: list[Paragraph | _OpenList]


@dataclass(slots=True, kw_only=True)
class _OpenList:
    style: ListStyle
    form: str
    indent: int
    ordinal: int
    start: int
    items: list[_OpenItem] = field(default_factory=list)


def build_lists(run: list[Piece]) -> list[ItemList]:
    """Return the lists of *run*: items, and paragraphs indented below them."""
    builder = _Builder(run)
    for piece in run:
        builder.add(piece)
    return [_freeze(open_list) for open_list in builder.lists]


class _Builder:
    """Lists under construction; `stack` is the path to the newest item."""

    def __init__(self, run: list[Piece]) -> None:
        self.lists: list[_OpenList] = []
        self.stack: list[_OpenList] = []
        self.ahead = Counter((_form(p), p.ordinal) for p in run if p.kind is Kind.ITEM)
        """Items still to come, to know whether a list goes on after a nested one."""

    def add(self, piece: Piece) -> None:
        """Place *piece* in the newest list it fits."""
        if piece.kind is not Kind.ITEM:
            while len(self.stack) > 1 and piece.indent <= self.stack[-1].indent:
                self.stack.pop()
            self.stack[-1].items[-1].blocks.append(as_paragraph(piece))
            return
        self.ahead[_form(piece), piece.ordinal] -= 1
        target = self._target(piece)
        target.indent = piece.indent
        target.ordinal = piece.ordinal
        target.items.append(
            _OpenItem(piece=piece, blocks=[as_paragraph(piece, marker="")])
        )

    def _target(self, piece: Piece) -> _OpenList:
        """Return the list that takes *piece*, a new one where needed."""
        while len(self.stack) > 1 and piece.indent < self.stack[-1].indent - 1:
            self.stack.pop()
        if not self.stack:
            return self._open(piece)
        top = self.stack[-1]
        if piece.indent > top.indent + 1 and not _counts_on(top, piece):
            return self._nest(piece)
        if _form(piece) == top.form:
            is_new = piece.ordinal == 1 and top.ordinal > 1
            return self._sibling(piece) if is_new else top
        return self._other_form(piece)

    def _other_form(self, piece: Piece) -> _OpenList:
        """Place an item whose marks differ from those of the list at its indent.

        Another bullet alone does not nest: pasted lists mix their marks.
        """
        form = _form(piece)
        for depth in range(len(self.stack) - 1, 0, -1):
            if self.stack[depth - 1].form == form:
                del self.stack[depth:]
                return self.stack[-1]
        top = self.stack[-1]
        text = top.items[-1].piece.parts[-1].text
        is_bullet = piece.style is ListStyle.BULLET is top.style
        if is_bullet and not text.endswith(":"):
            return top
        goes_on = top.ordinal > 0 and self.ahead[top.form, top.ordinal + 1] > 0
        if piece.gap == 0 or text.endswith(":") or goes_on:
            return self._nest(piece)
        return top if piece.style is top.style else self._sibling(piece)

    def _open(self, piece: Piece) -> _OpenList:
        opened = _open_list(piece)
        self.lists.append(opened)
        self.stack = [opened]
        return opened

    def _nest(self, piece: Piece) -> _OpenList:
        """Open a list in the newest item, unless that is too deep."""
        if len(self.stack) >= MAX_DEPTH:
            return self.stack[-1]
        opened = _open_list(piece)
        self.stack[-1].items[-1].blocks.append(opened)
        self.stack.append(opened)
        return opened

    def _sibling(self, piece: Piece) -> _OpenList:
        """Close the newest list and open another one beside it."""
        self.stack.pop()
        return self._nest(piece) if self.stack else self._open(piece)


def _form(piece: Piece) -> str:
    """Return what the mark looks like without its number: "•", "(#)", "#."."""
    if piece.style is ListStyle.BULLET:
        return piece.marker
    return str(piece.style) + _ORDINAL.sub("#", piece.marker)


def _counts_on(top: _OpenList, piece: Piece) -> bool:
    return (
        piece.style is ListStyle.NUMBER
        and piece.style is top.style
        and piece.ordinal > 1
        and piece.ordinal == top.ordinal + 1
    )


def _open_list(piece: Piece) -> _OpenList:
    is_roman = piece.style is ListStyle.LETTER and piece.marker.strip("().") == "i"
    ordinal = 1 if is_roman else piece.ordinal
    return _OpenList(
        style=piece.style or ListStyle.BULLET,
        form=_form(piece),
        indent=piece.indent,
        ordinal=ordinal,
        start=ordinal or 1,
    )


def as_paragraph(piece: Piece, *, marker: str | None = None) -> Paragraph:
    """Return the words of *piece*; *marker* replaces its mark."""
    return Paragraph(
        text=piece.text,
        span=piece.span,
        marker=piece.marker if marker is None else marker,
        suffix=piece.suffix,
    )


def _freeze(open_list: _OpenList) -> ItemList:
    items = tuple(_freeze_item(item) for item in open_list.items)
    return ItemList(
        span=Span(start=items[0].span.start, end=items[-1].span.end),
        style=open_list.style,
        items=items,
        start=open_list.start,
    )


def _freeze_item(item: _OpenItem) -> Item:
    blocks = tuple(
        _freeze(block) if isinstance(block, _OpenList) else block
        for block in item.blocks
    )
    return Item(
        span=Span(start=item.piece.span.start, end=blocks[-1].span.end),
        marker=item.piece.marker,
        blocks=blocks,
    )


def is_labeled(item_list: ItemList) -> bool:
    """Return whether at least half of the items begin with a label."""
    labels = sum(_label(item) is not None for item in item_list.items)
    return labels * 2 >= len(item_list.items) or _has_dash_labels(item_list)


def with_role(item_list: ItemList, role: ListRole) -> ItemList:
    """Return *item_list* for *role*, its labels taken out of the text.

    References that would not fit their block stay a plain list.
    """
    if role is ListRole.PLAIN:
        return item_list
    if role is ListRole.REFERENCES:
        return replace(item_list, role=role) if _may_cite(item_list) else item_list
    use_dashes = _has_dash_labels(item_list)
    items = tuple(_with_label(item, use_dashes=use_dashes) for item in item_list.items)
    return replace(item_list, role=role, items=items)


def _may_cite(item_list: ItemList) -> bool:
    """Return whether every item is one line of plain words, and the numbers are those a reader would be shown."""
    return item_list.start == 1 and all(
        len(item.blocks) == 1
        and len(first_paragraph(item).text) <= MAX_REFERENCE
        and not _FORMATTED.search(first_paragraph(item).text)
        for item in item_list.items
    )


def _has_dash_labels(item_list: ItemList) -> bool:
    return all(split_dash_label(first_paragraph(item).text) for item in item_list.items)


def first_paragraph(item: Item) -> Paragraph:
    """Return the words right after the mark of *item*."""
    first = item.blocks[0]
    assert isinstance(first, Paragraph)  # noqa: S101 - narrowing: `add` puts it there
    return first


def _label(item: Item, *, use_dashes: bool = False) -> Labeled | None:
    """Return the label of *item* and the rest of its first paragraph."""
    text = first_paragraph(item).text
    labeled = split_label(text) or (split_dash_label(text) if use_dashes else None)
    if labeled:
        return labeled
    line, _, rest = text.partition("\n")
    bare = line.rstrip(":").rstrip()
    is_short = len(bare) <= MAX_LABEL and looks_like_heading(bare)
    if not is_short or not (rest or len(item.blocks) > 1):
        return None
    if not rest and not isinstance(item.blocks[1], Paragraph) and bare == line:
        return None
    return Labeled(
        opening="", label=bare, separator=line[len(bare) :].strip(), rest=rest
    )


def _with_label(item: Item, *, use_dashes: bool) -> Item:
    labeled = _label(item, use_dashes=use_dashes)
    if labeled is None:
        return item
    rest = (replace(first_paragraph(item), text=labeled.rest),) if labeled.rest else ()
    return replace(
        item,
        label=labeled.label,
        opening=labeled.opening,
        separator=labeled.separator,
        blocks=(*rest, *item.blocks[1:]),
    )
