"""The change feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .parts import (
    INTEGER,
    TEXT,
    TEXT_OR_NULL,
    array,
    const,
    described,
    nullable,
    record,
    ref,
)

if TYPE_CHECKING:
    from ....document_facts import JsonObject


def change_schemas() -> dict[str, JsonObject]:
    """Return the component schemas of the change feed."""
    head: dict[str, JsonObject] = {
        "id": described(INTEGER, "Id of the page."),
        "cursor": described(TEXT, "Where to go on after this change."),
        "changed_at": {"type": "string", "format": "date-time"},
    }
    document: JsonObject = {"anyOf": [ref("Card"), ref("PartialDocument")]}
    return {
        "ChangeList": record(
            {
                "items": array(ref("Change")),
                "next": described(
                    TEXT_OR_NULL, "Ask with this at once; null when there is no more."
                ),
                "cursor": described(TEXT, "Ask with this the next time."),
                "page_size": INTEGER,
            }
        ),
        "Change": {
            "oneOf": [ref("Upsert"), ref("Removal")],
            "discriminator": {
                "propertyName": "operation",
                "mapping": {
                    "upsert": "#/components/schemas/Upsert",
                    "remove": "#/components/schemas/Removal",
                },
            },
        },
        "Upsert": record(
            {"operation": const("upsert"), **head, "document": document},
            "The page is public and new, or is not what it was.",
        ),
        "Removal": record(
            {
                "operation": const("remove"),
                **head,
                "document": {"type": "null"},
                "withdrawn": nullable(ref("Withdrawal")),
            },
            "The page is no longer public: delete what you hold of it.",
        ),
    }
