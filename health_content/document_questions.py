"""Questions that other pages answer, shown in the text of a page: which one is meant, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .stored_values import integer_of, list_items, object_of, rich, text_of, walk_stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .document_facts import Json, JsonObject, Resources


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionChoice:
    """A question as a block chose it."""

    page: int
    id: str
    """Of the item on that page; "" where only its words are known."""
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A question as its page has it, the answer still as the database keeps rich text."""

    id: str
    question: str
    answer: str


def chosen_question(value: Json) -> QuestionChoice | None:
    """Return which question a stored block chose, None when it names no page."""
    fields = object_of(value)
    page = integer_of(fields.get("page"))
    if not page:
        return None
    return QuestionChoice(
        page=page,
        id=text_of(fields.get("question_id")),
        words=text_of(fields.get("question")),
    )


def questions_of(stream: Json) -> Iterator[AskedQuestion]:
    """Yield the questions that *stream* answers itself, in order."""
    for block in walk_stream(stream):
        if block.get("type") == "faq":
            for item_id, item in list_items(object_of(block.get("value")).get("items")):
                yield AskedQuestion(
                    id=item_id,
                    question=text_of(item.get("question")),
                    answer=text_of(item.get("answer")),
                )


def find_question(stream: Json, choice: QuestionChoice) -> AskedQuestion | None:
    """Return the question of *stream* that is meant: by its id, which stays when its words change, or else by its words."""
    asked = list(questions_of(stream))
    if choice.id:
        return next((each for each in asked if each.id == choice.id), None)
    words = _bare(choice.words)
    return next(
        (each for each in asked if words and _bare(each.question) == words), None
    )


def faq_ref_block(block_id: str, value: Json, resources: Resources) -> JsonObject:
    """Return a question of another page; null when that is not public, or asks it no more."""
    choice = chosen_question(value)
    found = None if choice is None else resources.questions.get(choice)
    if found is None:
        return {"type": "faq_ref", "id": block_id, "question": None}
    link = found.source
    return {
        "type": "faq_ref",
        "id": block_id,
        "question": {
            "anchor": found.asked.id,
            "question": found.asked.question,
            "answer": rich(found.asked.answer, resources),
            "locale": link.locale,
            "last_reviewed": found.reviewed_at.date().isoformat()
            if found.reviewed_at
            else None,
            "source": link.document(),
        },
    }


def _bare(text: str) -> str:
    return " ".join(text.casefold().split())
