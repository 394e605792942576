"""JSON bodies by a declared grammar: what is not declared, comes twice or is of another kind is an error.

The grammar is also what the OpenAPI document shows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from .body_bytes import (
    MAX_BYTES,
    body_fault,
    field_error,
    load_json,
    read_content,
    require_json,
)
from .problems import FieldError, Problem, invalid_request
from .query import READABLE_PATTERN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.http import HttpRequest

    from ...document_facts import Json, JsonObject

MAX_INTEGER = 2**63 - 1


class FieldInvalidError(ValueError):
    """A value is not one that its field takes; the message says what is, `at` where in the value."""

    def __init__(
        self, detail: str, *at: str | int, code: str = "invalid-value"
    ) -> None:
        super().__init__(detail)
        self.at = at
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a value has to be: how it is read, and how it is documented."""

    schema: JsonObject
    read: Callable[[Json], Any]
    """Returns the value, or raises `FieldInvalidError`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One member of a body."""

    name: str
    description: str
    kind: Kind
    is_required: bool = False


def read_body(
    request: HttpRequest, fields: Sequence[Field], *, max_bytes: int = MAX_BYTES
) -> dict[str, Any]:
    """Return the values of the request's body by name; absent ones are absent.

    Where no field is required, an empty body is an empty object.

    Raises:
        Problem: 413, 415, or 400, which lists every fault found.
    """
    content = read_content(request, max_bytes)
    if not content and not any(field.is_required for field in fields):
        return {}
    require_json(request)
    return parse_body(content, fields)


def parse_body(content: bytes, fields: Sequence[Field]) -> dict[str, Any]:
    """Return the values of the JSON object *content* by name.

    Raises:
        Problem: 400, which lists every fault found.
    """
    body = load_json(content)
    if not isinstance(body, dict):
        raise body_fault("invalid-json", "The body must be a JSON object.")
    values, faults = _read_fields(body, fields)
    if faults:
        raise invalid_request(
            [field_error(fault.code, str(fault), *fault.at) for fault in faults]
        )
    return values


def body_schema(
    fields: Sequence[Field], any_of: Sequence[str] = (), one_of: Sequence[str] = ()
) -> JsonObject:
    """Return the schema of a body with *fields*; one or more of *any_of*, or exactly one of *one_of*, is there, too.

    Each of those makes a whole object of its own: of a bare list of names, a typed client would make nothing.
    """
    if one_of:
        return {
            "oneOf": [
                body_schema(
                    [replace(f, is_required=f.is_required or f.name == name) for f in fields if f.name == name or f.name not in one_of]
                )
                for name in one_of
            ]
        }  # fmt: skip
    if any_of:
        return {
            "anyOf": [
                body_schema(
                    [replace(f, is_required=f.is_required or f.name == name) for f in fields]
                )
                for name in any_of
            ]
        }  # fmt: skip
    properties: JsonObject = {
        field.name: {**field.kind.schema, "description": field.description}
        for field in fields
    }
    schema: JsonObject = {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    if required := [field.name for field in fields if field.is_required]:
        schema["required"] = list(required)
    return schema


def unprocessable(errors: Sequence[FieldError]) -> Problem:
    """Return the 422 for values that are well-formed and still cannot be accepted."""
    return Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "unprocessable-content",
        "Correct what `errors` names.",
        errors=errors,
    )


# Kinds.


def text(
    max_length: int,
    *,
    pattern: str | None = None,
    form: str = "",
    min_length: int = 1,
    **schema: Json,
) -> Kind:
    """Return the kind of texts of *min_length* to *max_length* characters that match *pattern* as a whole.

    *form* says in words what the pattern wants, and goes with it. *schema* adds to what is documented, such as `format`.
    """
    shape = re.compile(pattern) if pattern else None
    shown: JsonObject = {
        "type": "string",
        "minLength": min_length,
        "maxLength": max_length,
        "pattern": f"^(?:{pattern})$" if pattern else READABLE_PATTERN,
        **schema,
    }

    def read(value: Json) -> str:
        if not isinstance(value, str) or not min_length <= len(value) <= max_length:
            raise FieldInvalidError(
                f"A text of {min_length} to {max_length} characters."
            )
        if shape and not shape.fullmatch(value):
            raise FieldInvalidError(form)
        return value

    return Kind(schema=shown, read=read)


def choice(choices: Sequence[str]) -> Kind:
    """Return the kind of exactly *choices*."""

    def read(value: Json) -> str:
        if not isinstance(value, str) or value not in choices:
            raise FieldInvalidError(f"One of {', '.join(choices)}.")
        return value

    return Kind(schema={"type": "string", "enum": list(choices)}, read=read)


def integer(minimum: int, maximum: int = MAX_INTEGER) -> Kind:
    """Return the kind of whole numbers from *minimum* to *maximum*."""

    def read(value: Json) -> int:
        # A bool is an int to Python, not to JSON; and JSON's 1.0 is a whole number to JSON Schema.
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if type(value) is not int or not minimum <= value <= maximum:
            raise FieldInvalidError(f"A whole number from {minimum} to {maximum}.")
        return value

    return Kind(
        schema={"type": "integer", "minimum": minimum, "maximum": maximum}, read=read
    )


def boolean() -> Kind:
    """Return the kind of true and false."""

    def read(value: Json) -> bool:
        if not isinstance(value, bool):
            raise FieldInvalidError("`true` or `false`.")
        return value

    return Kind(schema={"type": "boolean"}, read=read)


def record_of(fields: Sequence[Field]) -> Kind:
    """Return the kind of objects with *fields*, which are read as a whole body is; the first fault is told."""

    def read(value: Json) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise FieldInvalidError("An object.")
        values, faults = _read_fields(value, fields)
        if faults:
            raise faults[0]
        return values

    return Kind(schema=body_schema(fields), read=read)


def list_of(
    kind: Kind, *, max_items: int, min_items: int = 0, are_unique: bool = True
) -> Kind:
    """Return the kind of lists of *kind*, each value at most once if *are_unique*; they are read as tuples."""

    def read(value: Json) -> tuple[Any, ...]:
        if not isinstance(value, list) or not min_items <= len(value) <= max_items:
            raise FieldInvalidError(f"A list of {min_items} to {max_items} values.")
        found: list[Any] = []
        for position, item in enumerate(value):
            try:
                read_item = kind.read(item)
            except FieldInvalidError as fault:
                raise FieldInvalidError(
                    str(fault), position, *fault.at, code=fault.code
                ) from fault
            if are_unique and read_item in found:
                raise FieldInvalidError("Each value at most once.", position)
            found.append(read_item)
        return tuple(found)

    schema: JsonObject = {
        "type": "array",
        "items": kind.schema,
        "minItems": min_items,
        "maxItems": max_items,
        **({"uniqueItems": True} if are_unique else {}),
    }
    return Kind(schema=schema, read=read)


def nullable(kind: Kind) -> Kind:
    """Return *kind*, or null, which is read as None."""
    return Kind(
        schema={"anyOf": [kind.schema, {"type": "null"}]},
        read=lambda value: None if value is None else kind.read(value),
    )


def _read_fields(
    given: Mapping[str, Json], fields: Sequence[Field]
) -> tuple[dict[str, Any], list[FieldInvalidError]]:
    """Return the values of an object by name, and every fault found."""
    known = {field.name: field for field in fields}
    values: dict[str, Any] = {}
    faults: list[FieldInvalidError] = []
    for name, value in given.items():
        if name not in known:
            detail = "This field is unknown here."
            faults.append(FieldInvalidError(detail, name, code="unknown-field"))
            continue
        try:
            values[name] = known[name].kind.read(value)
        except FieldInvalidError as fault:
            at = (name, *fault.at)
            faults.append(FieldInvalidError(str(fault), *at, code=fault.code))
    faults += [
        FieldInvalidError("This field is required.", field.name, code="missing-field")
        for field in fields
        if field.is_required and field.name not in given
    ]
    return values, faults
