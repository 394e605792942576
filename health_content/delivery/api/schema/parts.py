"""Words to write JSON schemas with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..grammar import ID_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ....document_facts import Json, JsonObject

TEXT: JsonObject = {"type": "string"}
TEXT_OR_NULL: JsonObject = {"type": ["string", "null"]}
INTEGER: JsonObject = {"type": "integer"}
BOOLEAN: JsonObject = {"type": "boolean"}
TIME: JsonObject = {"type": "string", "format": "date-time"}
TIME_OR_NULL: JsonObject = {"type": ["string", "null"], "format": "date-time"}
DATE_OR_NULL: JsonObject = {"type": ["string", "null"], "format": "date"}
URL: JsonObject = {"type": "string", "format": "uri"}
URL_OR_NULL: JsonObject = {"type": ["string", "null"], "format": "uri-reference"}
PATH: JsonObject = {"type": "string", "pattern": "^/", "description": "Site-relative."}

PAGE_ID: JsonObject = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "Id of the page.",
    "schema": dict(ID_SCHEMA),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A request that the answer of another one leads to."""

    name: str
    source: str
    """Operation whose answer it is."""
    target: str
    """Operation that may be called next."""
    parameters: Mapping[str, str]
    """What to call it with: pointers into the answer, or runtime expressions, which begin with `$`."""
    description: str


def ref(name: str) -> JsonObject:
    """Return a reference to the component schema *name*."""
    return {"$ref": f"#/components/schemas/{name}"}


def id_parameter(name: str, description: str) -> JsonObject:
    """Return the parameter of the path that is the id *name*."""
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": dict(ID_SCHEMA),
    }


def nullable(schema: JsonObject) -> JsonObject:
    """Return *schema*, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def array(items: JsonObject) -> JsonObject:
    """Return a list of *items*."""
    return {"type": "array", "items": items}


def const(value: str) -> JsonObject:
    """Return exactly *value*."""
    return {"type": "string", "const": value}


def enum(*values: str) -> JsonObject:
    """Return one of *values*."""
    return {"type": "string", "enum": list(values)}


GATE_STATUS = enum("passed", "warned", "overridden", "emergency", "unchecked")
"""What the gate said when something went live."""


def described(schema: JsonObject, description: str) -> JsonObject:
    """Return *schema* with a description."""
    return {**schema, "description": description}


def record(
    properties: Mapping[str, JsonObject],
    description: str = "",
    *,
    optional: Collection[str] = (),
) -> JsonObject:
    """Return an object of exactly *properties*, all required but the *optional*."""
    schema: JsonObject = {
        "type": "object",
        "properties": dict(properties),
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }
    return described(schema, description) if description else schema


def union(components: Mapping[str, str], description: str) -> JsonObject:
    """Return the union of components, told apart by `type`: *components* maps its value to the component's name."""
    choices: list[Json] = [ref(name) for name in components.values()]
    mapping: JsonObject = {
        value: f"#/components/schemas/{name}" for value, name in components.items()
    }
    return {
        "oneOf": choices,
        "discriminator": {"propertyName": "type", "mapping": mapping},
        "description": description,
    }


def some(
    names: Iterable[str], properties: Mapping[str, JsonObject]
) -> dict[str, JsonObject]:
    """Return those of *properties* that are among *names*, in their order."""
    wanted = set(names)
    return {name: schema for name, schema in properties.items() if name in wanted}
