"""The questions and answers of a document, wherever in its body they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..document_html import html_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..document_facts import Json, JsonObject


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its answer."""

    content: JsonObject
    """`{"id", "question", "answer"}`, as the document has it."""
    text: str
    """Its words in one line, in the case that `search_text` gives."""


def find_questions(document: JsonObject) -> Iterator[Question]:
    """Yield the questions of *document*, in order; one of another page is found there."""
    yield from _questions(document.get("body"))


def search_text(text: str) -> str:
    """Return *text* as it is compared: without case, and with single spaces."""
    return " ".join(text.casefold().split())


def _questions(blocks: Json) -> Iterator[Question]:
    for block in _objects(blocks):
        if block.get("type") == "faq":
            for item in _objects(block.get("items")):
                answer = item.get("answer")
                html = str(answer.get("html", "")) if isinstance(answer, dict) else ""
                words = f"{item.get('question', '')} {html_text(html)}"
                yield Question(content=item, text=search_text(words))
        yield from _questions(block.get("blocks"))


def _objects(value: Json) -> list[JsonObject]:
    items = value if isinstance(value, list) else []
    return [item for item in items if isinstance(item, dict)]
