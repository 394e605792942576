"""Blocks that state facts, to what the document has: care cards, figures, findings, stories, medicines.

Each takes the block's id, its stored value and what is visible. Who agreed to a story, and where that is kept, is for
editors; no document says it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .document_evidence import evidence_json
from .natural_frequencies import natural_frequency
from .stored_values import (
    integer_or_none,
    list_texts,
    object_of,
    rich,
    rich_or_none,
    text_of,
    text_or_none,
)

if TYPE_CHECKING:
    from .document_facts import Json, JsonObject, Resources

CARE_LEVELS = ("self_care", "non_urgent", "urgent", "emergency")
CERTAINTIES = ("high", "moderate", "low", "very_low")
AVAILABILITIES = ("prescription", "pharmacy", "general_sale")


def care_card_block(block_id: str, value: Json, resources: Resources) -> JsonObject:
    """Return a care card; one whose level nobody chose is not urgent."""
    fields = object_of(value)
    return {
        "type": "care_card",
        "id": block_id,
        "level": _choice(fields.get("level"), CARE_LEVELS) or "non_urgent",
        "title": text_of(fields.get("title")),
        "criteria": list(list_texts(fields.get("criteria"))),
        "action": rich_or_none(fields.get("action"), resources),
    }


def stat_block(block_id: str, value: Json, resources: Resources) -> JsonObject:
    """Return a figure; without two numbers that make sense it has no `natural_frequency`."""
    fields = object_of(value)
    numerator = integer_or_none(fields.get("numerator"))
    denominator = integer_or_none(fields.get("denominator"))
    is_sound = numerator is not None and bool(denominator)
    return {
        "type": "stat",
        "id": block_id,
        "numerator": numerator,
        "denominator": denominator,
        "natural_frequency": natural_frequency(
            numerator or 0, denominator or 0, resources.locale
        )
        if is_sound
        else None,
        "population": text_of(fields.get("population")),
        "statement": text_of(fields.get("statement")),
        "period": text_or_none(fields.get("period")),
        "evidence": evidence_json(fields.get("evidence"), resources),
    }


def evidence_summary_block(
    block_id: str, value: Json, resources: Resources
) -> JsonObject:
    """Return a finding with how sure it is."""
    fields = object_of(value)
    return {
        "type": "evidence_summary",
        "id": block_id,
        "question": text_of(fields.get("question")),
        "finding": text_of(fields.get("finding")),
        "certainty": _choice(fields.get("certainty"), CERTAINTIES),
        "effect": text_or_none(fields.get("effect")),
        "studies": integer_or_none(fields.get("studies")),
        "participants": integer_or_none(fields.get("participants")),
        "evidence": evidence_json(fields.get("evidence"), resources),
    }


def personal_story_block(
    block_id: str, value: Json, resources: Resources
) -> JsonObject:
    """Return somebody's story; `experience` says what it is, for those who must label it."""
    fields = object_of(value)
    return {
        "type": "personal_story",
        "id": block_id,
        "experience": "individual",
        "person": text_of(fields.get("person")),
        "is_fictional": fields.get("is_fictional") is True,
        "body": rich(fields.get("body"), resources),
    }


def medicine_info_block(block_id: str, value: Json, resources: Resources) -> JsonObject:
    """Return what a medicine is."""
    fields = object_of(value)
    return {
        "type": "medicine_info",
        "id": block_id,
        "generic_name": text_of(fields.get("generic_name")),
        "form": text_or_none(fields.get("form")),
        "availability": _choice(fields.get("availability"), AVAILABILITIES),
        "dose": rich_or_none(fields.get("dose"), resources),
    }


def _choice(value: Json, choices: tuple[str, ...]) -> str | None:
    chosen = text_of(value)
    return chosen if chosen in choices else None
