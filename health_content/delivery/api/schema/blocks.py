"""The blocks of a document: a closed union, told apart by `type`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....health_aspects import HEALTH_ASPECTS
from .elsewhere_blocks import elsewhere_schemas
from .fact_blocks import (
    BLOCK_ID,
    EVIDENCE,
    block_schema,
    fact_block_schemas,
    frequency_schema,
)
from .hast import hast_schemas
from .parts import (
    BOOLEAN,
    INTEGER,
    TEXT,
    TEXT_OR_NULL,
    URL_OR_NULL,
    array,
    const,
    described,
    enum,
    nullable,
    record,
    ref,
    union,
)

if TYPE_CHECKING:
    from ....document_facts import JsonObject

POSITION = described(INTEGER, "The number that the item is shown with.")
RICH_TEXT_OR_NULL = nullable(ref("RichText"))
HEADING = described(TEXT_OR_NULL, "Null when the list has none.")
INNER_BLOCKS = {
    "rich_text": "RichTextBlock",
    "mechanism_list": "MechanismListBlock",
    "benefit_list": "BenefitListBlock",
    "risks": "RisksBlock",
    "approach_list": "ApproachListBlock",
    "step_list": "StepListBlock",
    "callout": "CalloutBlock",
    "care_card": "CareCardBlock",
    "medicine_info": "MedicineInfoBlock",
    "quote": "QuoteBlock",
    "personal_story": "PersonalStoryBlock",
    "image": "ImageBlock",
    "video": "VideoBlock",
    "table": "TableBlock",
    "faq": "FaqBlock",
    "faq_ref": "FaqRefBlock",
    "related": "RelatedBlock",
    "disclaimer": "DisclaimerBlock",
    "stat": "StatBlock",
    "evidence_summary": "EvidenceSummaryBlock",
    "references": "ReferencesBlock",
}
BLOCKS = {"section": "SectionBlock", **INNER_BLOCKS}
TABLE_CELLS = {"text": "TextCell", "number": "NumberCell", "rich_text": "RichTextCell"}


def block_schemas() -> dict[str, JsonObject]:
    """Return the component schemas of all blocks and their parts."""
    return {
        "RichText": record(
            {
                "html": described(
                    TEXT, "Well-formed HTML. Links are site-relative or absolute."
                ),
                "hast": described(ref("HastRoot"), "With `include=hast` only."),
            },
            "Text with markup. An object, so that other formats can be added.",
            optional={"hast"},
        ),
        **hast_schemas(),
        "Block": union(BLOCKS, "Any block of a body."),
        "InnerBlock": union(INNER_BLOCKS, "Any block but a section."),
        "SectionBlock": block_schema(
            "section",
            "A heading and what belongs under it.",
            heading=TEXT,
            level={"type": "integer", "enum": [2, 3]},
            health_aspect=aspect_schema("What the section is about"),
            standalone_safe=described(
                BOOLEAN, "A reviewer has said that the section may be shown alone."
            ),
            blocks=array(ref("InnerBlock")),
        ),
        "RichTextBlock": block_schema(
            "rich_text", "Running text.", body=ref("RichText")
        ),
        **_list_schemas(),
        "CalloutBlock": block_schema(
            "callout",
            "A box that stands out.",
            tone=enum("info", "warning", "do", "dont", "emergency"),
            title=TEXT_OR_NULL,
            body=ref("RichText"),
        ),
        "QuoteBlock": block_schema(
            "quote",
            "Somebody's own words.",
            text=TEXT,
            attribution=TEXT_OR_NULL,
            source_url=URL_OR_NULL,
        ),
        **fact_block_schemas(),
        **_image_schemas(),
        **_table_schemas(),
        **_faq_schemas(),
        **elsewhere_schemas(),
        "DisclaimerBlock": block_schema(
            "disclaimer",
            "A disclaimer at this place; null when it is not public.",
            disclaimer=nullable(ref("SafetyDisclaimer")),
        ),
        **_reference_schemas(),
    }


def aspect_schema(what: str) -> JsonObject:
    """Return the schema of an aspect of health, or none."""
    return described(
        nullable(enum(*HEALTH_ASPECTS)),
        f"{what}: a member of schema.org's HealthAspectEnumeration.",
    )


def _list_schemas() -> dict[str, JsonObject]:
    item = {
        "position": POSITION,
        "id": BLOCK_ID,
        "title": TEXT_OR_NULL,
        "body": ref("RichText"),
    }
    head = {"heading": HEADING, "introduction": RICH_TEXT_OR_NULL}
    start = described(INTEGER, "The number of the first item.")
    page = described(
        nullable(ref("PageLink")), "A page about it; null without one that is public."
    )
    status = described(
        nullable(enum("established", "plausible", "traditional_belief")),
        "How far it is known; null when nobody said.",
    )
    return {
        "ListItem": record(item, "One item of a list."),
        "ApproachItem": record(
            {**item, "page": page, "evidence": EVIDENCE}, "One approach."
        ),
        "StepItem": record({**item, "duration": TEXT_OR_NULL}, "One step."),
        "MechanismItem": record(
            {**item, "status": status, "evidence": EVIDENCE}, "One explanation."
        ),
        "BenefitItem": record({**item, "evidence": EVIDENCE}, "One benefit."),
        "RiskItem": record(
            {**item, "frequency": frequency_schema(), "evidence": EVIDENCE}, "One risk."
        ),
        "MechanismListBlock": block_schema(
            "mechanism_list",
            "How something works, numbered.",
            **head,
            start=start,
            items=array(ref("MechanismItem")),
        ),
        "BenefitListBlock": block_schema(
            "benefit_list",
            "What something may be good for.",
            **head,
            items=array(ref("BenefitItem")),
        ),
        "RisksBlock": block_schema(
            "risks", "What can go wrong.", **head, items=array(ref("RiskItem"))
        ),
        "ApproachListBlock": block_schema(
            "approach_list",
            "What else may help, numbered.",
            **head,
            start=start,
            items=array(ref("ApproachItem")),
        ),
        "StepListBlock": block_schema(
            "step_list", "What happens, in order.", **head, items=array(ref("StepItem"))
        ),
    }


def _image_schemas() -> dict[str, JsonObject]:
    fraction: JsonObject = {"type": "number"}
    return {
        "ImageBlock": block_schema(
            "image",
            "A picture; its image is null when no file can be shown.",
            image=nullable(ref("Image")),
            caption=TEXT_OR_NULL,
            credit=TEXT_OR_NULL,
        ),
        "Image": record(
            {
                "key": described(
                    TEXT,
                    "Names the picture: another picture, or another file in its place, has another key.",
                ),
                "alt": described(TEXT, "Empty when the image is decorative."),
                "decorative": BOOLEAN,
                "focal_point": nullable(ref("FocalPoint")),
                "width": described(INTEGER, "Of the original, upright, in pixels."),
                "height": described(INTEGER, "Of the original, upright, in pixels."),
                "pending": described(
                    BOOLEAN,
                    "Files are still being made. When they are there the document changes, and the change feed says so.",
                ),
                "sources": described(
                    array(ref("ImageSource")),
                    "Grouped by media type, the best first; the last group is what every browser reads. "
                    "Ascending widths in each. May be empty while pending.",
                ),
            }
        ),
        "FocalPoint": record(
            {"x": fraction, "y": fraction, "width": fraction, "height": fraction},
            "What cropping must keep, in fractions of the image.",
        ),
        "ImageSource": record(
            {
                "src": {"type": "string", "format": "uri-reference"},
                "width": INTEGER,
                "height": INTEGER,
                "type": described(TEXT, "Media type."),
            }
        ),
    }


def _table_schemas() -> dict[str, JsonObject]:
    return {
        "TableBlock": block_schema(
            "table",
            "Figures side by side.",
            caption=TEXT_OR_NULL,
            row_headings=described(
                BOOLEAN, "The first column holds the rows' headings."
            ),
            columns=array(
                record({"heading": TEXT, "type": enum(*TABLE_CELLS)}, "One column."),
            ),
            rows=array(record({"cells": array(ref("TableCell"))}, "One row.")),
            notes=RICH_TEXT_OR_NULL,
        ),
        "TableCell": union(TABLE_CELLS, "One cell, of its column's type."),
        "TextCell": record({"type": const("text"), "text": TEXT}),
        "NumberCell": record(
            {"type": const("number"), "value": {"type": ["number", "null"]}}
        ),
        "RichTextCell": record({"type": const("rich_text"), "body": ref("RichText")}),
    }


def _faq_schemas() -> dict[str, JsonObject]:
    return {
        "FaqBlock": block_schema(
            "faq",
            "Questions and answers.",
            heading=HEADING,
            items=array(ref("FaqItem")),
        ),
        "FaqItem": record(
            {
                "id": BLOCK_ID,
                "question": TEXT,
                "answer": ref("RichText"),
                "health_aspect": aspect_schema("What the answer is about"),
                "evidence": EVIDENCE,
            }
        ),
    }


def _reference_schemas() -> dict[str, JsonObject]:
    return {
        "ReferencesBlock": block_schema(
            "references",
            "Where statements come from.",
            heading=HEADING,
            items=array(ref("ReferenceItem")),
        ),
        "ReferenceItem": record(
            {
                "position": POSITION,
                "id": BLOCK_ID,
                "title": TEXT,
                "authors": TEXT_OR_NULL,
                "publication": TEXT_OR_NULL,
                "year": {"type": ["integer", "null"]},
                "doi": TEXT_OR_NULL,
                "pmid": TEXT_OR_NULL,
                "url": URL_OR_NULL,
            }
        ),
    }
