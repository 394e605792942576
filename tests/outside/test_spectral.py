"""Both OpenAPI documents keep the rules of `spectral.yaml`, and the rules can be broken."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from .conftest import CLIENT, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Node

pytestmark = pytest.mark.outside
CONTRACTS = ROOT / "tests/contracts"


def complaints(node: Node, document: dict[str, Any]) -> list[str]:
    """Return the names of the rules that *document* breaks."""
    path = node.put("openapi.json", json.dumps(document))
    result = node.run(
        "spectral", "lint", "--ruleset", str(CLIENT / "spectral.yaml"),
        "--format", "json", "--quiet", "--fail-severity", "hint", str(path),
    )  # fmt: skip
    found = json.loads(result.stdout)
    assert (result.returncode == 0) == (found == []), result.stdout + result.stderr
    return [f"{each['code']} at {'/'.join(map(str, each['path']))}" for each in found]


@pytest.mark.parametrize("name", ["content-openapi.json", "replies-openapi.json"])
def test_the_document_keeps_the_rules(node: Node, name: str) -> None:
    document = json.loads((CONTRACTS / name).read_text(encoding="utf-8"))

    assert complaints(node, document) == []


def without(key: str) -> Callable[[dict[str, Any]], object]:
    return lambda operation: operation.pop(key)


def without_errors(operation: dict[str, Any]) -> None:
    operation["responses"] = {"200": operation["responses"]["200"]}


def with_an_error_in_html(operation: dict[str, Any]) -> None:
    content = {"text/html": {"schema": {"type": "string"}}}
    operation["responses"]["404"] = {"description": "No.", "content": content}


def with_an_error_without_a_body(operation: dict[str, Any]) -> None:
    operation["responses"]["404"] = {"description": "No."}


def with_a_silent_parameter(operation: dict[str, Any]) -> None:
    del operation["parameters"][0]["description"]


CHANGES = {
    "operation-operationId": without("operationId"),
    "operation-has-summary": without("summary"),
    "operation-tags": without("tags"),
    "operation-has-client-error": without_errors,
    "error-is-a-problem": with_an_error_in_html,
    "error-has-content": with_an_error_without_a_body,
    "parameter-has-description": with_a_silent_parameter,
}


def test_every_rule_of_ours_can_be_broken(node: Node) -> None:
    document = json.loads((CONTRACTS / "content-openapi.json").read_text("utf-8"))
    paths = list(document["paths"])[1:]
    changed = dict(zip(CHANGES, paths, strict=False))
    for rule, path in changed.items():
        CHANGES[rule](document["paths"][path]["get"])

    found = complaints(node, document)

    for rule, path in changed.items():
        assert any(each.startswith(f"{rule} at paths/{path}/get") for each in found)
