"""Blocks that state facts, and the evidence of single statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....models import Certainty, Direction, ReferenceKind
from .parts import (
    BOOLEAN,
    INTEGER,
    TEXT,
    TEXT_OR_NULL,
    array,
    const,
    described,
    enum,
    nullable,
    record,
    ref,
)

if TYPE_CHECKING:
    from ....document_facts import JsonObject

BLOCK_ID = described(TEXT, "Stable: good as an anchor. The stored stream's own id.")
COUNT_OR_NULL: JsonObject = {"type": ["integer", "null"], "minimum": 0}
EVIDENCE = described(
    array(ref("Evidence")),
    "The references that the statement rests on; live ones only.",
)


def block_schema(
    block_type: str, description: str, **properties: JsonObject
) -> JsonObject:
    """Return the schema of a block with *properties* besides its type and id."""
    return record(
        {"type": const(block_type), "id": BLOCK_ID, **properties}, description
    )


def frequency_schema() -> JsonObject:
    """Return the schema of the words for how often, with their limits."""
    return described(
        nullable(
            enum("very_common", "common", "uncommon", "rare", "very_rare", "not_known")
        ),
        "By the European Commission's guideline on the SmPC (2009), section 4.8: from 1/10, 1/100, 1/1,000, 1/10,000 on, and "
        "below; null when nobody said.",
    )


def fact_block_schemas() -> dict[str, JsonObject]:
    """Return the component schemas."""
    return {
        "Evidence": record(
            {
                "number": described(INTEGER, "Of the page's `references`."),
                "key": described(TEXT, "Of the entry there."),
                "kind": enum(*ReferenceKind.values),
                "certainty": described(
                    nullable(enum(*Certainty.values)), "By GRADE, where it was graded."
                ),
                "direction": nullable(enum(*Direction.values)),
                "retracted": described(
                    BOOLEAN, "It was retracted: the statement no longer rests on it."
                ),
            },
            "A reference of the page that a single statement rests on.",
        ),
        "CareCardBlock": block_schema(
            "care_card",
            "Signs to act on, and how fast.",
            level=described(
                enum("self_care", "non_urgent", "urgent", "emergency"),
                "Say it in words, too, for those who hear the page.",
            ),
            title=TEXT,
            criteria=array(TEXT),
            action=nullable(ref("RichText")),
        ),
        **_figures(),
        "PersonalStoryBlock": block_schema(
            "personal_story",
            "What one person tells. Label it as that.",
            experience=described(
                const("individual"), "Shows nothing about what others can expect."
            ),
            person=described(TEXT, "As agreed with them."),
            is_fictional=described(BOOLEAN, "Made up: say so."),
            body=ref("RichText"),
        ),
        "MedicineInfoBlock": block_schema(
            "medicine_info",
            "What a medicine is.",
            generic_name=TEXT,
            form=TEXT_OR_NULL,
            availability=nullable(enum("prescription", "pharmacy", "general_sale")),
            dose=described(nullable(ref("RichText")), "On pages about medicines only."),
        ),
    }


def _figures() -> dict[str, JsonObject]:
    return {
        "StatBlock": block_schema(
            "stat",
            "How many of how many people.",
            numerator=COUNT_OR_NULL,
            denominator=COUNT_OR_NULL,
            natural_frequency=described(
                TEXT_OR_NULL, "“3 in 100”, in the language of the page."
            ),
            population=described(TEXT, "Who was counted."),
            statement=described(
                TEXT, "What is said of them: the rest of the sentence."
            ),
            period=TEXT_OR_NULL,
            evidence=EVIDENCE,
        ),
        "EvidenceSummaryBlock": block_schema(
            "evidence_summary",
            "What research answers to a question.",
            question=TEXT,
            finding=TEXT,
            certainty=described(
                nullable(enum(*Certainty.values)), "Of this finding, by GRADE."
            ),
            effect=TEXT_OR_NULL,
            studies=COUNT_OR_NULL,
            participants=COUNT_OR_NULL,
            evidence=EVIDENCE,
        ),
    }
