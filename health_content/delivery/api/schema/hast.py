"""Rich text as a syntax tree (https://github.com/syntax-tree/hast), as far as our HTML goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....document_hast import EMPTY_ELEMENTS, PROPERTY_NAMES
from ....document_html import ELEMENTS
from .parts import INTEGER, TEXT, array, const, enum, record, ref, union

if TYPE_CHECKING:
    from ....document_facts import JsonObject

NODES = {"element": "HastElement", "text": "HastText"}
# Property names and types of the package property-information.
PROPERTIES: dict[str, JsonObject] = {
    "alt": TEXT,
    **{name: TEXT for name in PROPERTY_NAMES.values() if name.startswith("data")},
    "dir": TEXT,
    "height": INTEGER,
    "href": TEXT,
    "hrefLang": TEXT,
    "lang": TEXT,
    "rel": array(TEXT),
    "sizes": TEXT,
    "src": TEXT,
    "srcSet": TEXT,
    # An editor's HTML may say anything here.
    "start": {"type": ["integer", "string"]},
    "title": TEXT,
    "width": INTEGER,
}


def hast_schemas() -> dict[str, JsonObject]:
    """Return the component schemas of the tree."""
    children = array(ref("HastNode"))
    element = {
        "type": const("element"),
        "tagName": enum(*sorted(ELEMENTS | EMPTY_ELEMENTS)),
        "properties": ref("HastProperties"),
        "children": children,
    }
    return {
        "HastRoot": record({"type": const("root"), "children": children}),
        "HastNode": union(NODES, "An element or a text."),
        "HastElement": record(element),
        "HastProperties": record(PROPERTIES, optional=PROPERTIES),
        "HastText": record({"type": const("text"), "value": TEXT}),
    }
