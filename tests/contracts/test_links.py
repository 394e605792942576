"""The links of the content API's description lead from what an answer has to what an operation takes."""

from __future__ import annotations

from typing import Any

import pytest

from health_content.delivery.api.schema import openapi_document

Json = dict[str, Any]
DOCUMENT: Any = openapi_document("/api/content/v1/")
OPERATIONS: dict[str, Json] = {
    operation["operationId"]: operation
    for item in DOCUMENT["paths"].values()
    for operation in item.values()
}
LINKS = [
    pytest.param(operation, answer, link, id=f"{source} {status} {name}")
    for source, operation in OPERATIONS.items()
    for status, answer in operation["responses"].items()
    for name, link in answer.get("links", {}).items()
]


def alternatives(schema: Json) -> list[Json]:
    """Return what *schema* may stand for, references followed."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return alternatives(DOCUMENT["components"]["schemas"][name])
    parts = [*schema.get("anyOf", []), *schema.get("oneOf", [])]
    return [found for part in parts for found in alternatives(part)] or [schema]


def at(schema: Json, pointer: str) -> list[Json]:
    """Return the schemas of what *pointer* leads to."""
    found = alternatives(schema)
    for step in pointer.split("/")[1:]:
        key = "items" if step.isdecimal() else step
        inner = [
            each.get(key) if step.isdecimal() else each.get("properties", {}).get(key)
            for each in found
        ]
        found = [one for each in inner if each for one in alternatives(each)]
    return found


def types(schema: Json) -> set[str]:
    """Return the types of *schema*, without null."""
    given = schema.get("type", "string")
    return set(given if isinstance(given, list) else [given]) - {"null"}


@pytest.mark.parametrize(("operation", "answer", "link"), LINKS)
def test_a_link_leads_somewhere(operation: Json, answer: Json, link: Json) -> None:
    taken = {each["name"]: each for each in OPERATIONS[link["operationId"]]["parameters"]}  # fmt: skip
    schema = answer["content"]["application/json"]["schema"]

    for name, expression in link["parameters"].items():
        source, _, rest = expression.partition("$response.body#")
        if source:
            where, _, given = source.removeprefix("$request.").partition(".")
            [parameter] = [
                each
                for each in operation["parameters"]
                if (each["in"], each["name"]) == (where, given)
            ]
            found = [parameter["schema"]]
        else:
            found = at(schema, rest)
        assert found, f"{expression} is not in the answer"
        wanted = types(taken[name]["schema"])
        assert {kind for each in found for kind in types(each)} & wanted, expression
    required = {name for name, each in taken.items() if each["required"]}
    assert required <= set(link["parameters"])


def test_every_operation_that_needs_an_id_is_led_to() -> None:
    """But for those whose ids come from elsewhere."""
    reached = {param.values[2]["operationId"] for param in LINKS}
    need = {
        name
        for name, operation in OPERATIONS.items()
        if any(each["in"] == "path" for each in operation["parameters"])
    }

    assert need - reached == {
        # A front end made for wagtail-headless-preview asks with any id.
        "getPagePreviewDetail",
        # Who withdraws a page, or has its password, knows which.
        "unlockPage",
        "withdrawPage",
    }
