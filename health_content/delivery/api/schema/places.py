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
    const,
    described,
    enum,
    record,
    ref,
    union,
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
                "navigation": described(
                    array(TEXT), "Keys of the site's menus, in any language."
                ),
                "attribution": ref("Attribution"),
            }
        ),
        **_navigation_schemas(),
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


def _navigation_schemas() -> dict[str, JsonObject]:
    item: dict[str, JsonObject] = {
        "id": described(TEXT, "Stable for as long as the item exists."),
        "label": TEXT,
    }
    href = described(
        {"type": "string", "format": "uri-reference"},
        "Site-relative on the menu's own site, else absolute.",
    )
    links = {"page": "NavigationPage", "link": "NavigationLink"}
    return {
        "Navigation": record(
            {
                "key": TEXT,
                "site": TEXT,
                "locale": TEXT,
                "title": described(TEXT, "What a screen reader says before the links."),
                "items": array(ref("NavigationItem")),
            },
            "A menu as the public may see it.",
        ),
        "NavigationItem": union({**links, "group": "NavigationGroup"}, "An item."),
        "NavigationGroupItem": union(links, "An item of a group."),
        "NavigationPage": record(
            {"type": const("page"), **item, "href": href, "page": ref("PageLink")},
            "A link to a public page.",
        ),
        "NavigationLink": record(
            {"type": const("link"), **item, "href": href}, "A link to another site."
        ),
        "NavigationGroup": record(
            {
                "type": const("group"),
                **item,
                "items": array(ref("NavigationGroupItem")),
            },
            "Links under one label.",
        ),
    }
