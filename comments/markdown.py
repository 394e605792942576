"""The small Markdown that readers may use, and nothing else.

Paragraphs, line breaks, bold, italic, code, fenced code blocks, quotes, lists, links. Headings, rules, images, tables,
reference links, indented code and raw HTML are off and their text is kept. Output is well-formed HTML of eleven tags,
meant for `comments.sanitize`, never for a page. Why not a library: docs/adr/0010-a-small-markdown-of-our-own.md.

Differences from CommonMark, on purpose: a quote or a list ends with the first line that is not marked or indented (no
lazy continuation); a numbered list begins at 1 (`3. …` stays as typed, so no number is ever changed); an item's text is
indented by two or more.
"""

from __future__ import annotations

import re

from .markdown_inline import (
    LinkCounter,
    MarkupBudgetError,
    escape_text,
    inline_html,
)

MAX_DEPTH = 12
"""Elements inside one another. bleach's parser is quadratic in depth (html5lib walks the stack of open elements)."""

MAX_TAGS = 400
"""Tags in the result. bleach spends about 25 microseconds on each, so this bounds it to about 10 ms."""

_FENCE_RE = re.compile(r" *(`{3,}(?=[^`]*$)|~{3,})")
_QUOTE_RE = re.compile(r" *> ?")
_ITEM_RE = re.compile(r"( *)([-+*•]|(?P<number>[0-9]{1,9})[.)]) +(?=\S)")
_RULE_RE = re.compile(r"[ *]*|[ -]*|[ _]*")
_TAG_RE = re.compile(r"<(/?)(\w+)")


def markdown_html(text: str) -> str:
    """Return the HTML of *text*, which is normalized already.

    Raises:
        MarkupBudgetError: more links, tags or depth than is rendered.

    Cost: linear in the text; each nested container reads its lines once more, at most `MAX_DEPTH` times.
    """
    lines = [_untabbed(line) for line in text.split("\n")]
    html = "".join(_blocks(lines, depth=1, links=LinkCounter()))
    _check_budget(html)
    return html


def _untabbed(line: str) -> str:
    """Return *line* with tabs in its indentation as spaces; tabs elsewhere are the reader's."""
    if "\t" not in line:
        return line
    body = line.lstrip(" \t")
    return line[: len(line) - len(body)].expandtabs(4) + body


def _blocks(lines: list[str], *, depth: int, links: LinkCounter) -> list[str]:
    """Return the HTML of each block in *lines*, the blocks standing *depth* elements deep."""
    if depth > MAX_DEPTH:
        raise MarkupBudgetError("markup.too_deep")
    blocks: list[str] = []
    start = 0
    while start < len(lines):
        line = lines[start]
        if not line.strip():
            start += 1
        elif fence := _FENCE_RE.match(line):
            end = _fence_end(lines, start, fence[1])
            blocks.append(_code_block(lines[start + 1 : end]))
            start = end + 1
        elif _QUOTE_RE.match(line):
            end = _quote_end(lines, start)
            inner = [_QUOTE_RE.sub("", quoted, count=1) for quoted in lines[start:end]]
            html = "".join(_blocks(inner, depth=depth + 1, links=links))
            blocks.append(f"<blockquote>{html}</blockquote>" if html else "")
            start = end
        elif item := _item(line, position=1):
            items, start = _items(lines, start, item)
            tag = "ol" if item["number"] else "ul"
            body = "".join(
                _item_html(each, depth=depth + 2, links=links) for each in items
            )
            blocks.append(f"<{tag}>{body}</{tag}>")
        else:
            end = _paragraph_end(lines, start)
            text = "\n".join(each.strip() for each in lines[start:end])
            blocks.append(f"<p>{inline_html(text, links)}</p>")
            start = end
    return blocks


def _fence_end(lines: list[str], start: int, fence: str) -> int:
    """Return the index of the line that closes the fence, or the end when none does."""
    closing = re.compile(rf" *{re.escape(fence)}{re.escape(fence[0])}*\s*")
    for index in range(start + 1, len(lines)):
        if closing.fullmatch(lines[index]):
            return index
    return len(lines)


def _code_block(lines: list[str]) -> str:
    code = escape_text("\n".join(lines))
    return f"<pre><code>{code}</code></pre>"


def _quote_end(lines: list[str], start: int) -> int:
    end = start
    while end < len(lines) and _QUOTE_RE.match(lines[end]):
        end += 1
    return end


def _item(line: str, *, position: int) -> re.Match[str] | None:
    """Return the match of the marker of an item at *position* in its list, from 1.

    A number has to say that position, or 1 throughout, as many people write: no number a reader wrote is shown as
    another one because a line began with a year.
    """
    match = _ITEM_RE.match(line)
    if match is None or _RULE_RE.fullmatch(line):
        return None
    if match["number"] and int(match["number"]) not in (1, position):
        return None
    return match


def _items(
    lines: list[str], start: int, first: re.Match[str]
) -> tuple[list[list[str]], int]:
    """Return the lines of each item of the list that begins at *start*, and where the list ends."""
    indent = len(first[1])
    items: list[list[str]] = []
    blanks: list[str] = []
    end = start
    for index in range(start, len(lines)):
        line = lines[index]
        width = len(line) - len(line.lstrip(" "))
        if not line.strip():
            blanks.append("")
            continue
        if items and width >= indent + 2:
            offset = min(width, len(first[0]))
            items[-1] += [*blanks, line[offset:]]
        elif (item := _item(line, position=len(items) + 1)) and (
            item[2][-1] == first[2][-1]
        ):
            items.append([line[item.end() :]])
        else:
            break
        blanks = []
        end = index + 1
    return items, end


def _item_html(lines: list[str], *, depth: int, links: LinkCounter) -> str:
    """Return one `li`; a single leading paragraph stands in it without its own element."""
    blocks = _blocks(lines, depth=depth, links=links)
    if sum(block.startswith("<p>") for block in blocks) == 1:
        blocks = [
            block.removeprefix("<p>").removesuffix("</p>")
            if block.startswith("<p>")
            else block
            for block in blocks
        ]
    return f"<li>{''.join(blocks)}</li>"


def _paragraph_end(lines: list[str], start: int) -> int:
    """Return where the paragraph that begins at *start* ends: a blank line or the start of another block."""
    end = start + 1
    while end < len(lines):
        line = lines[end]
        if not line.strip() or _FENCE_RE.match(line):
            break
        if _QUOTE_RE.match(line) or _item(line, position=1):
            break
        end += 1
    return end


def _check_budget(html: str) -> None:
    """Refuse HTML that would make the sanitizers slow."""
    if html.count("<") > MAX_TAGS:
        raise MarkupBudgetError("markup.too_many_tags")
    depth = 0
    for closing, tag in _TAG_RE.findall(html):
        if tag == "br":
            continue
        depth += -1 if closing else 1
        if depth > MAX_DEPTH:
            raise MarkupBudgetError("markup.too_deep")
