"""Places of pages, redirects, sites and versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .parts import (
    BOOLEAN,
    INTEGER,
    PATH,
    TEXT,
    TIME,
    URL,
    array,
    described,
    enum,
    record,
    ref,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from ....document_facts import JsonObject


def place_schemas(page: Callable[[JsonObject], JsonObject]) -> dict[str, JsonObject]:
    """Return the component schemas; *page* makes the schema of a list's page of the schema of its items."""
    place = {"id": INTEGER, "site": TEXT, "locale": TEXT, "path": PATH}
    return {
        "Place": record(place, "Where a page lives."),
        "Route": record(
            {
                "type": enum("article", "faq", "index"),
                **place,
                "lastmod": described(TIME, "When the document's bytes changed."),
                "alternates": array(ref("Place")),
            },
            "Where a page lives, and where its translations do.",
        ),
        "RouteList": page(ref("Route")),
        "Redirect": record(
            {
                "path": PATH,
                "status": {"type": "integer", "enum": [301, 302]},
                "location": {"type": "string", "format": "uri-reference"},
            }
        ),
        "RedirectList": page(ref("Redirect")),
        "Site": record(
            {
                "site": TEXT,
                "name": TEXT,
                "url": URL,
                "is_default": BOOLEAN,
                "homes": array(ref("HomePage")),
                "attribution": ref("Attribution"),
            }
        ),
        "HomePage": record(
            {"id": INTEGER, "locale": TEXT, "title": TEXT, "path": PATH}
        ),
        "Version": record(
            {
                "number": INTEGER,
                "published_at": TIME,
                "reason": enum("publish", "dependency", "rebuild"),
                "digest": described(TEXT, "SHA-256 of the document, in hexadecimal."),
                "disclaimers": array(ref("ShownDisclaimer")),
            },
            "One publication.",
        ),
        "ShownDisclaimer": record({"key": TEXT, "version": INTEGER}),
        "VersionList": page(ref("Version")),
    }
