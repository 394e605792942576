"""Blocks that state facts, as Markdown: care cards, figures, findings, stories, medicines, and what statements rest on.

As in `document_markdown`, words that are not the editors' own are keys and markers: `[!URGENT]`, `certainty: low`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .document_hast import html_hast
from .rich_markdown import (
    markdown_blocks,
    markdown_heading,
    markdown_list,
    markdown_quote,
    markdown_text,
)
from .stored_values import array_of, object_of, objects_of, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from .document_facts import Json, JsonObject

LIMITS = {
    "very_common": "\u2265 1/10",
    "common": "\u2265 1/100, < 1/10",
    "uncommon": "\u2265 1/1000, < 1/100",
    "rare": "\u2265 1/10000, < 1/1000",
    "very_rare": "< 1/10000",
}
"""What the words for how often mean; see `blocks.lists.RisksBlock`."""


def markdown_item_facts(item: JsonObject) -> list[str]:
    """Return what is known of an item of a list besides its words: how often, how far it is known."""
    frequency, status = text_of(item.get("frequency")), text_of(item.get("status"))
    limits = f" ({LIMITS[frequency]})" if frequency in LIMITS else ""
    words = (f"{_key(frequency)}{limits}" if frequency else "", _key(status))
    return [markdown_text(text, mark="em") for text in words if text]


def markdown_evidence(value: JsonObject) -> list[str]:
    """Return what a statement rests on: numbers of the page's references, each with what it is worth."""
    lines = [
        ", ".join(
            word
            for word in (
                f"[{each.get('number')}] {_key(text_of(each.get('kind')))}",
                _pair("certainty", each.get("certainty")),
                _pair("direction", each.get("direction")),
                "RETRACTED" if each.get("retracted") else "",
            )
            if word
        )
        for each in objects_of(value.get("evidence"))
    ]
    return [markdown_text("; ".join(lines))] if lines else []


def _care_card(block: JsonObject, level: int) -> list[str]:
    signs = [[markdown_text(text_of(each))] for each in array_of(block.get("criteria"))]
    return _marked(
        _key(text_of(block.get("level")), "-"),
        markdown_heading(level, text_of(block.get("title"))),
        markdown_list(signs) if signs else "",
        *_rich(block.get("action")),
    )


def _stat(block: JsonObject, _level: int) -> list[str]:
    number = markdown_text(text_of(block.get("natural_frequency")), mark="strong")
    words = [text_of(block.get(n)) for n in ("population", "statement", "period")]
    sentence = markdown_text(" ".join(word for word in words if word))
    stated = " ".join(each for each in (number, sentence) if each)
    return [stated, *markdown_evidence(block)]


def _evidence_summary(block: JsonObject, level: int) -> list[str]:
    facts = [_pair(n, block.get(n)) for n in ("certainty", "studies", "participants")]
    return [
        markdown_heading(level, text_of(block.get("question"))),
        markdown_text(text_of(block.get("finding"))),
        markdown_text(text_of(block.get("effect"))),
        markdown_text("; ".join(fact for fact in facts if fact), mark="em"),
        *markdown_evidence(block),
    ]


def _personal_story(block: JsonObject, _level: int) -> list[str]:
    is_fictional = block.get("is_fictional") is True
    return _marked(
        "fictional-experience" if is_fictional else "individual-experience",
        *_rich(block.get("body")),
        markdown_text(text_of(block.get("person"))),
    )


def _medicine_info(block: JsonObject, level: int) -> list[str]:
    return [
        markdown_heading(level, text_of(block.get("generic_name"))),
        markdown_text(text_of(block.get("form"))),
        markdown_text(_key(text_of(block.get("availability"))), mark="em"),
        *_rich(block.get("dose")),
    ]


def _marked(kind: str, *blocks: str) -> list[str]:
    """Return a quotation that says what it is, in the manner of GitHub's alerts."""
    shown = [block for block in blocks if block]
    return [markdown_quote([f"[!{kind.upper()}]", *shown])] if shown else []


def _rich(value: Json) -> list[str]:
    return markdown_blocks(html_hast(text_of(object_of(value).get("html"))))


def _pair(name: str, value: Json) -> str:
    return "" if value is None else f"{name}: {_key(str(value))}"


def _key(value: str, space: str = " ") -> str:
    return value.replace("_", space)


FACT_BLOCKS: dict[str, Callable[[JsonObject, int], list[str]]] = {
    "care_card": _care_card,
    "stat": _stat,
    "evidence_summary": _evidence_summary,
    "personal_story": _personal_story,
    "medicine_info": _medicine_info,
}
