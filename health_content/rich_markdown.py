"""Rich text (hast) to Markdown that says the same words, and in which no text is taken for markup.

CommonMark, with GitHub's tables (RFC 7764, variant GFM). Emphasis is written with asterisks where CommonMark surely
reads them so, else as an element: `**(a)**b` is no emphasis
(https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis). What Markdown cannot say and readers must see, such
as an exponent, is an element too. Everything else that has no markup, such as a language, is left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .inline_markdown import (
    Break,
    Close,
    Code,
    Image,
    Open,
    Piece,
    Text,
    tidy_pieces,
    write_pieces,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .document_facts import Json, JsonObject

HEADINGS = {"h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
LISTS = frozenset({"ol", "ul"})
BLOCKS = frozenset({"blockquote", "dd", "dl", "dt", "hr", "li", "p", "pre", *LISTS, *HEADINGS})  # fmt: skip
# These have markup, or without them a text says something else: 10 to the power of 5 is not 105.
MARKED = frozenset({"b", "strong", "em", "i", "del", "ins", "q", "s", "sub", "sup"})
# Not `---`, `***` or `* * *`: after a list's marker those are a rule of another kind.
RULE = "___"
# CommonMark reads no longer numbers.
NUMBER_MAX = 999_999_999
# What means something at the beginning of a line: headings, quotes, lists, rules, underlines, columns of a table.
LINE_START = re.compile(r"#{1,6}(?=\s|$)|>|[-+](?=\s|$)|-(?=[-:])|:(?=-)|=(?==*\s*$)")
NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)", re.ASCII)


def markdown_blocks(root: JsonObject) -> list[str]:
    """Return the Markdown of each block of *root* (a hast root or element), to be separated by blank lines."""
    return _blocks(_children(root))


def markdown_line(root: JsonObject) -> str:
    """Return the Markdown of *root* on one line, for the cell of a table; blocks are separated by `<br>`."""
    pieces = tidy_pieces(_flat_pieces(_children(root)))
    return write_pieces(pieces, line_break="<br>", is_cell=True)


def markdown_text(text: str, *, mark: str = "") -> str:
    """Return plain *text* as a paragraph, all of it in the element *mark* when one is given. Lines stay lines."""
    pieces: list[Piece] = [Open(mark)] if mark else []
    for line in text.splitlines():
        pieces += [Text(line), Break()]
    if mark:
        pieces.append(Close(mark))
    return _paragraph(pieces)


def markdown_link(text: str, href: str) -> str:
    """Return a link to *href* that reads *text*."""
    return _paragraph([Open("a", href), Text(text), Close("a", href)])


def markdown_cell(text: str) -> str:
    """Return plain *text* for the cell of a table."""
    return write_pieces(tidy_pieces([Text(text)]), line_break="<br>", is_cell=True)


def markdown_image(alt: str, src: str) -> str:
    """Return a picture."""
    return _paragraph([Image(alt, src)])


def markdown_heading(level: int, text: str) -> str:
    """Return a heading of plain *text*, "" without a word."""
    return _heading(level, [Text(text)])


def markdown_list(
    items: Sequence[Sequence[str]], *, start: int | None = None, is_second: bool = False
) -> str:
    """Return a list of items, each made of blocks; numbered from *start* unless that is None.

    *is_second* says that a list of the same kind stands directly before: with the same marker they would be one.
    """
    is_tight = all(len(blocks) < 2 for blocks in items)
    lines: list[str] = []
    for offset, blocks in enumerate(items):
        if start is None:
            marker = "*" if is_second else "-"
        else:
            number = min(max(start, 0) + offset, NUMBER_MAX)
            marker = f"{number})" if is_second else f"{number}."
        content = indent("\n\n".join(blocks), " " * (len(marker) + 1))
        lines.append(f"{marker} {content.lstrip(' ')}".rstrip(" "))
    return ("\n" if is_tight else "\n\n").join(lines)


def markdown_quote(blocks: Sequence[str]) -> str:
    """Return *blocks* as a quotation."""
    lines = "\n\n".join(blocks).split("\n")
    return "\n".join(f"> {line}".rstrip(" ") for line in lines)


def indent(block: str, margin: str) -> str:
    """Return *block* with *margin* before each line that has something."""
    return "\n".join(margin + line if line else line for line in block.split("\n"))


def _children(node: JsonObject) -> list[JsonObject]:
    children = node.get("children")
    found = children if isinstance(children, list) else []
    return [child for child in found if isinstance(child, dict)]


def _tag(node: JsonObject) -> str:
    return str(node.get("tagName", ""))


def _has_blocks(node: JsonObject) -> bool:
    return any(_tag(child) in BLOCKS or _has_blocks(child) for child in _children(node))


def _blocks(nodes: Sequence[JsonObject]) -> list[str]:
    blocks: list[str] = []
    running: list[JsonObject] = []
    before, is_second = "", False
    for node in nodes:
        tag = _tag(node)
        if tag not in BLOCKS and not _has_blocks(node):
            running.append(node)
            continue
        if paragraph := _paragraph(list(_pieces(running))):
            blocks.append(paragraph)
            before = ""
        running = []
        is_second = tag in LISTS and tag == before and not is_second
        found = _block(node, is_second=is_second)
        if found:
            blocks += found
            before = tag
    if paragraph := _paragraph(list(_pieces(running))):
        blocks.append(paragraph)
    return blocks


def _block(node: JsonObject, *, is_second: bool) -> list[str]:
    tag = _tag(node)
    if tag in HEADINGS:
        heading = _heading(HEADINGS[tag], list(_flat_pieces(_children(node))))
        return [heading] if heading else []
    if tag in LISTS:
        return _list(node, is_second=is_second)
    if tag == "blockquote":
        quoted = markdown_blocks(node)
        return [markdown_quote(quoted)] if quoted else []
    if tag == "pre":
        return _fence(_text(node))
    if tag == "hr":
        return [RULE]
    return markdown_blocks(node)


def _list(node: JsonObject, *, is_second: bool) -> list[str]:
    items = [
        blocks
        for child in _children(node)
        if (blocks := markdown_blocks(child) if _tag(child) else _blocks([child]))
    ]
    start: int | None = None
    if _tag(node) == "ol":
        given = _property(node, "start")
        start = given if isinstance(given, int) else 1
    return [markdown_list(items, start=start, is_second=is_second)] if items else []


def _fence(text: str) -> list[str]:
    content = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if not content.strip():
        return []
    longest = max((len(run) for run in re.findall("`+", content)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}\n{content}\n{fence}"]


def _heading(level: int, pieces: Sequence[Piece]) -> str:
    text = write_pieces(tidy_pieces(pieces), line_break=" ")
    if not text:
        return ""
    if text.endswith("#"):  # Would be taken for the closing sequence.
        text = f"{text[:-1]}\\#"
    return f"{'#' * min(level, 6)} {text}"


def _paragraph(pieces: Sequence[Piece]) -> str:
    text = write_pieces(tidy_pieces(pieces), line_break="\\\n")
    return "\n".join(_escape_start(line) for line in text.split("\n"))


def _escape_start(line: str) -> str:
    if found := NUMBERED.match(line):
        return f"{found[1]}\\{line[found.end(1) :]}"
    return f"\\{line}" if LINE_START.match(line) else line


def _pieces(nodes: Sequence[JsonObject]) -> Iterator[Piece]:
    for node in nodes:
        match _tag(node):
            case "":
                yield Text(str(node.get("value", "")))
            case "br":
                yield Break()
            case "img":
                alt = str(_property(node, "alt") or "")
                src = str(_property(node, "src") or "")
                # One that has no file yet is what its alternative text says.
                yield Text(alt) if src.startswith("data:") else Image(alt, src)
            case "code":
                yield Code(_text(node))
            case "a":
                href = str(_property(node, "href") or "")
                yield Open("a", href)
                yield from _pieces(_children(node))
                yield Close("a", href)
            case tag if tag in MARKED:
                yield Open(tag)
                yield from _pieces(_children(node))
                yield Close(tag)
            case _:
                yield from _pieces(_children(node))


def _flat_pieces(nodes: Sequence[JsonObject]) -> Iterator[Piece]:
    """Yield the pieces of *nodes*, blocks as lines."""
    for node in nodes:
        if _tag(node) in BLOCKS or _has_blocks(node):
            yield Break()
            yield from _flat_pieces(_children(node))
            yield Break()
        else:
            yield from _pieces([node])


def _text(node: JsonObject) -> str:
    if not _tag(node):
        return str(node.get("value", ""))
    if _tag(node) == "br":
        return "\n"
    return "".join(_text(child) for child in _children(node))


def _property(node: JsonObject, name: str) -> Json:
    properties = node.get("properties")
    return properties.get(name) if isinstance(properties, dict) else None
