"""A document to Markdown (RFC 7763, variant GFM): what a person or a language model reads, safety envelope included.

Front matter in YAML holds what the document says about itself; the disclaimers stand in full where readers must meet
them. Words that are not the editors' own occur as keys and markers only, since a document has one language and the
keys have another.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from .document_hast import html_hast
from .document_html import html_text
from .document_markdown_facts import (
    FACT_BLOCKS,
    markdown_evidence,
    markdown_item_facts,
)
from .rich_markdown import (
    markdown_blocks,
    markdown_cell,
    markdown_heading,
    markdown_image,
    markdown_line,
    markdown_link,
    markdown_list,
    markdown_quote,
    markdown_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from .document_facts import Json, JsonObject

FRONT_FIELDS = (
    "id", "type", "locale", "title", "url", "first_published_at", "last_published_at", "version",
)  # fmt: skip
# JSON strings are YAML strings, once what YAML calls unprintable is escaped (YAML 1.2.2, production 1).
UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
# Neither may stand in a text file; CommonMark has the same answer (section 2.3).
UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
TITLE_LEVEL = 1
SECTION_LEVEL = 2
BULLETED = frozenset({"benefit_list", "risks"})
PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"


def document_markdown(document: JsonObject) -> str:
    """Return *document* as Markdown that ends with a new line. Equal documents give equal texts."""
    safety = _object(document.get("safety"))
    disclaimers = _objects(safety.get("disclaimers"))
    blocks = [markdown_heading(TITLE_LEVEL, _text(document, "title"))]
    blocks += _disclaimers(disclaimers, {"start"})
    blocks.append(markdown_text(_summary(document)))
    blocks += _rich(document.get("introduction"))
    body = _objects(document.get("body"))
    blocks += _body(body, SECTION_LEVEL)
    blocks.append(_cited(document))
    # What is said to stand in the body stands there, or else here.
    in_body = _inline_keys(body)
    blocks += [
        block
        for disclaimer in disclaimers
        if disclaimer.get("placement") != "start"
        and disclaimer.get("key") not in in_body
        for block in _disclaimer(disclaimer)
    ]
    attribution = _object(safety.get("attribution"))
    blocks.append(markdown_text(_text(attribution, "required_text")))
    content = "\n\n".join(block for block in blocks if block)
    content = UNWRITABLE.sub("\ufffd", content)
    return f"{_front_matter(document, safety)}\n\n{content}\n"


def _front_matter(document: JsonObject, safety: JsonObject) -> str:
    lines = [f"{name}: {_yaml(document.get(name))}" for name in FRONT_FIELDS]
    shown: JsonObject = {
        **safety,
        "disclaimers": [
            {name: disclaimer.get(name) for name in ("key", "version", "placement")}
            for disclaimer in _objects(safety.get("disclaimers"))
        ],
    }
    lines += _made_by(document)
    lines.append("safety:")
    lines += [f"  {name}: {_yaml(value)}" for name, value in shown.items()]
    return "\n".join(["---", *lines, "---"])


def _made_by(document: JsonObject) -> list[str]:
    """Return who made the document, who paid and what machines did, as far as there is something to say."""
    contributors = [
        {name: person.get(name) for name in ("role", "name", "job_title")}
        for person in _objects(document.get("contributors"))
    ]
    lines = [f"contributors: {_yaml([*contributors])}"] if contributors else []
    conflicts = _object(document.get("conflicts"))
    if any(conflicts.values()):
        lines.append(f"conflicts: {_yaml(conflicts)}")
    assistance = _object(document.get("ai_assistance"))
    if assistance.get("use", "none") != "none":
        lines.append(f"ai_assistance: {_yaml(assistance)}")
    return lines


def _cited(document: JsonObject) -> str:
    """Return the references of the page as a list; one that was retracted says so first."""
    items: list[list[str]] = []
    for reference in _objects(document.get("references")):
        citation = _text(_object(reference.get("formatted")), "ama")
        url = _text(reference, "url")
        lines = [
            f"**\\[RETRACTED {_text(reference, 'retracted_at')}\\]**"
            if reference.get("retracted_at")
            else "",
            markdown_text(citation),
            markdown_text(_text(reference, "locator")),
            markdown_text(_text(reference, "note")),
            markdown_link(url, url) if url else "",
        ]
        items.append(["\\\n".join(line for line in lines if line)])
    return markdown_list(items, start=1) if items else ""


def _yaml(value: Json) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _disclaimers(disclaimers: list[JsonObject], placements: set[str]) -> list[str]:
    return [
        block
        for disclaimer in disclaimers
        if disclaimer.get("placement") in placements
        for block in _disclaimer(disclaimer)
    ]


def _inline_keys(body: list[JsonObject]) -> set[Json]:
    """Return the keys of the disclaimers that blocks of the body show."""
    keys: set[Json] = set()
    for block in body:
        if block.get("type") == "disclaimer":
            keys.add(_text(_object(block.get("disclaimer")), "key"))
        keys |= _inline_keys(_objects(block.get("blocks")))
    return keys


# Readers of the document's JSON.


def _summary(document: JsonObject) -> str:
    """Return the summary, unless the introduction begins with its words."""
    summary = _text(document, "summary")
    introduction = _text(_object(document.get("introduction")), "html")
    is_said = html_text(introduction).startswith(summary.rstrip(" …"))
    return "" if is_said else summary


def _text(value: JsonObject, name: str) -> str:
    found = value.get(name)
    return found if isinstance(found, str) else ""


def _object(value: Json) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _objects(value: Json) -> list[JsonObject]:
    items = value if isinstance(value, list) else []
    return [item for item in items if isinstance(item, dict)]


def _rich(value: Json) -> list[str]:
    return markdown_blocks(html_hast(_text(_object(value), "html")))


# Blocks. Each takes the block and the level of the heading that it may have, and returns blocks of Markdown.


def _body(blocks: list[JsonObject], level: int) -> list[str]:
    return [
        text
        for block in blocks
        for text in BLOCKS[_text(block, "type")](block, level)
        if text
    ]


def _section(block: JsonObject, _level: int) -> list[str]:
    given = block.get("level")
    level = given if isinstance(given, int) else SECTION_LEVEL
    heading = markdown_heading(level, _text(block, "heading"))
    return [heading, *_body(_objects(block.get("blocks")), level + 1)]


def _rich_text(block: JsonObject, _level: int) -> list[str]:
    return _rich(block.get("body"))


def _items(block: JsonObject, level: int) -> list[str]:
    is_numbered = block.get("type") not in BULLETED
    items: list[list[str]] = []
    for item in _objects(block.get("items")):
        words = [
            markdown_text(_text(item, "title"), mark="strong"),
            markdown_text(_text(item, "duration"), mark="em"),
            *markdown_item_facts(item),
            *_rich(item.get("body")),
            *_linked(item.get("page")),
            *markdown_evidence(item),
        ]
        items.append([word for word in words if word])
    start = block.get("start", 1)
    return [
        markdown_heading(level, _text(block, "heading")),
        *_rich(block.get("introduction")),
        markdown_list(
            items, start=start if is_numbered and isinstance(start, int) else None
        ),
    ]


def _linked(value: Json) -> list[str]:
    page = _object(value)
    return [markdown_link(_text(page, "title"), _text(page, "url"))] if page else []


def _callout(block: JsonObject, _level: int) -> list[str]:
    title = markdown_text(_text(block, "title"), mark="strong")
    return _marked(_text(block, "tone"), [title, *_rich(block.get("body"))])


def _marked(kind: str, blocks: list[str]) -> list[str]:
    """Return a quotation that says what it is, in the manner of GitHub's alerts."""
    shown = [block for block in blocks if block]
    return [markdown_quote([f"[!{kind.upper()}]", *shown])] if shown else []


def _quote(block: JsonObject, _level: int) -> list[str]:
    who, url = _text(block, "attribution"), _text(block, "source_url")
    source = markdown_link(who or url, url) if url else markdown_text(who)
    quoted = [markdown_text(_text(block, "text")), source]
    shown = [text for text in quoted if text]
    return [markdown_quote(shown)] if shown else []


def _image(block: JsonObject, _level: int) -> list[str]:
    image = _object(block.get("image"))
    sources = _objects(image.get("sources"))
    picture = (
        markdown_image(_text(image, "alt"), _text(sources[-1], "src"))
        if sources
        else markdown_text(_text(image, "alt"))
    )
    return [
        picture,
        markdown_text(_text(block, "caption")),
        markdown_text(_text(block, "credit")),
    ]


def _video(block: JsonObject, _level: int) -> list[str]:
    title, url = _text(block, "title"), _text(_object(block.get("video")), "url")
    return _marked(
        "video",
        [
            markdown_link(title or url, url) if url else markdown_text(title),
            markdown_text(_text(block, "caption")),
            markdown_text(_text(block, "credit")),
            *_rich(block.get("transcript")),
        ],
    )


def _related(block: JsonObject, level: int) -> list[str]:
    links = [_linked(page) for page in _objects(block.get("pages"))]
    if not links:
        return []
    return [markdown_heading(level, _text(block, "heading")), markdown_list(links)]


def _faq_ref(block: JsonObject, level: int) -> list[str]:
    asked = _object(block.get("question"))
    if not asked:
        return []
    reviewed = _text(asked, "last_reviewed")
    return [
        markdown_heading(level, _text(asked, "question")),
        *_rich(asked.get("answer")),
        *_linked(asked.get("source")),
        markdown_text(f"last_reviewed: {reviewed}") if reviewed else "",
    ]


def _table(block: JsonObject, _level: int) -> list[str]:
    columns = _objects(block.get("columns"))
    caption = markdown_text(_text(block, "caption"), mark="strong")
    if not columns:
        return [caption, *_rich(block.get("notes"))]
    lines = [
        _row([markdown_cell(_text(column, "heading")) for column in columns]),
        _row(["---"] * len(columns)),
    ]
    lines += [
        _row([_cell(cell) for cell in _objects(row.get("cells"))])
        for row in _objects(block.get("rows"))
    ]
    return [caption, "\n".join(lines), *_rich(block.get("notes"))]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: JsonObject) -> str:
    match cell.get("type"):
        case "rich_text":
            return markdown_line(html_hast(_text(_object(cell.get("body")), "html")))
        case "number":
            value = cell.get("value")
            return "" if value is None else json.dumps(value)
        case _:
            return markdown_cell(_text(cell, "text"))


def _faq(block: JsonObject, level: int) -> list[str]:
    heading = markdown_heading(level, _text(block, "heading"))
    blocks = [heading]
    for item in _objects(block.get("items")):
        question = markdown_heading(level + bool(heading), _text(item, "question"))
        blocks += [question, *_rich(item.get("answer")), *markdown_evidence(item)]
    return blocks


def _inline_disclaimer(block: JsonObject, _level: int) -> list[str]:
    return _disclaimer(_object(block.get("disclaimer")))


def _disclaimer(disclaimer: JsonObject) -> list[str]:
    title = markdown_text(_text(disclaimer, "title"), mark="strong")
    return _marked("disclaimer", [title, *_rich(disclaimer.get("body"))])


def _references(block: JsonObject, level: int) -> list[str]:
    items = [[_reference(item)] for item in _objects(block.get("items"))]
    return [
        markdown_heading(level, _text(block, "heading")),
        markdown_list(items, start=1),
    ]


def _reference(item: JsonObject) -> str:
    year, doi, pmid = item.get("year"), _text(item, "doi"), _text(item, "pmid")
    url = _text(item, "url")
    lines = [
        *(
            markdown_text(_text(item, name))
            for name in ("title", "authors", "publication")
        ),
        str(year) if isinstance(year, int) else "",
        markdown_link(f"doi:{doi}", f"https://doi.org/{doi}") if doi else "",
        markdown_link(f"PMID {pmid}", f"{PUBMED}{pmid}/") if pmid else "",
        markdown_link(url, url) if url else "",
    ]
    return "\\\n".join(line for line in lines if line)


BLOCKS: dict[str, Callable[[JsonObject, int], list[str]]] = {
    "section": _section,
    "rich_text": _rich_text,
    "mechanism_list": _items,
    "benefit_list": _items,
    "risks": _items,
    "approach_list": _items,
    "step_list": _items,
    "callout": _callout,
    "quote": _quote,
    "image": _image,
    "video": _video,
    "table": _table,
    "faq": _faq,
    "faq_ref": _faq_ref,
    "related": _related,
    "disclaimer": _inline_disclaimer,
    "references": _references,
    **FACT_BLOCKS,
}
