"""Query parameters of the grammar, as OpenAPI has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ....document_facts import JsonObject
    from ..query import Parameter


def query_parameter(parameter: Parameter) -> JsonObject:
    """Return *parameter* as OpenAPI has it."""
    shown: JsonObject = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.is_required,
        "description": parameter.description,
        "schema": parameter.schema,
    }
    if parameter.schema.get("type") == "array":
        shown |= {"style": "form", "explode": False}  # a,b,c in one parameter
    return shown
