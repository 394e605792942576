"""Disclaimers, and where they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .parts import (
    BOOLEAN,
    INTEGER,
    PATH,
    TEXT,
    TIME_OR_NULL,
    URL,
    array,
    described,
    enum,
    record,
    ref,
)

if TYPE_CHECKING:
    from ....document_facts import JsonObject


def disclaimer_schemas() -> dict[str, JsonObject]:
    """Return the component schemas of disclaimers."""
    shown_on = record(
        {
            "id": INTEGER,
            "site": TEXT,
            "locale": TEXT,
            "title": TEXT,
            "path": PATH,
            "url": URL,
        },
        "A page that shows it.",
    )
    disclaimer = {
        "key": TEXT,
        "locale": TEXT,
        "version": INTEGER,
        "published_at": TIME_OR_NULL,
        "title": TEXT,
        "kind": TEXT,
        "placement": enum("start", "end"),
        "applies_to_all": BOOLEAN,
        "body": ref("RichText"),
        "shown_on": array(ref("DisclaimerPlace")),
        "alternates": array(ref("DisclaimerAlternate")),
        "superseded_at": described(
            TIME_OR_NULL, "When another wording took its place, with `at` only."
        ),
    }
    return {
        "Disclaimer": record(disclaimer, "A disclaimer of the library."),
        "DisclaimerPlace": shown_on,
        "DisclaimerAlternate": record(
            {"locale": TEXT, "href": {"type": "string", "format": "uri-reference"}},
            "The disclaimer in another language.",
        ),
    }
