"""A typed client of the content API compiles, and what clients were promised still holds."""

from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from .conftest import CLIENT, ROOT, Node
from .gate import gate

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.outside

SCHEMA = ROOT / "tests/contracts/content-openapi.json"
ACCEPTED = CLIENT / "accepted.json"
PAGE = ROOT / "docs/how-to/use-a-typed-client.md"
# openapi-typescript says of every answer that it may have more headers; nothing of ours is in that line.
OTHER_HEADERS = "[name: string]: unknown;"


# What the changes below are made in; with all of it the compiler would be busy for a minute.
PATHS = ("/pages/", "/pages/{id}/", "/routes/")


def schema(*, is_small: bool = False) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(ACCEPTED.read_text(encoding="utf-8"))
    if is_small:
        loaded["paths"] = {path: loaded["paths"][path] for path in PATHS}
    return loaded


@pytest.fixture(scope="module")
def typed(workspace: Callable[[], Node]) -> Node:
    """Return a folder with the types of today's schema."""
    node = workspace()
    node.succeed("openapi-typescript", str(SCHEMA), "-o", "content-api.d.ts")
    return node


def test_the_reader_compiles_and_without_one_of_its_cases_it_does_not(
    typed: Node,
) -> None:
    reader = (CLIENT / "reader.ts").read_text(encoding="utf-8")
    case = '    case "rich_text":\n      return block.body.html;\n'
    assert reader.count(case) == 1
    typed.put("reader.ts", reader)
    typed.put("forgetful.ts", reader.replace(case, ""))

    result = typed.run("tsc", "--strict", "--noEmit")

    (complaint,) = result.stdout.strip().splitlines()
    assert complaint.startswith("forgetful.ts(")
    assert "is not assignable to parameter of type 'never'" in complaint


def test_no_type_is_unknown(typed: Node) -> None:
    types = (typed.folder / "content-api.d.ts").read_text(encoding="utf-8")
    code = re.sub(r"/\*.*?\*/", "", types, flags=re.DOTALL)

    inside_headers = re.findall(r"headers: \{[^}]*\}", code)
    assert code.count(OTHER_HEADERS) == sum(
        text.count(OTHER_HEADERS) for text in inside_headers
    )
    assert re.findall(r"\b(?:unknown|any)\b", code.replace(OTHER_HEADERS, "")) == []


def test_the_page_shows_the_reader_as_it_is_compiled() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert f"```ts\n{(CLIENT / 'reader.ts').read_text(encoding='utf-8')}```\n" in page


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads((CLIENT / "package-lock.json").read_text(encoding="utf-8"))

    packages = {name: each for name, each in lock["packages"].items() if name}
    assert [name for name, each in packages.items() if "resolved" in each] == []
    assert [name for name, each in packages.items() if "integrity" not in each] == []


def test_clients_of_the_accepted_schema_still_compile(node: Node) -> None:
    """When this fails, the change breaks clients: see "Change the contract" in CONTRIBUTING.md."""
    now = json.loads(SCHEMA.read_text(encoding="utf-8"))

    assert broken(node, schema(), {"today": now}) == {}


def parameter(document: dict[str, Any], path: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        each
        for each in document["paths"][path]["get"]["parameters"]
        if each["name"] == name
    )
    return found


def without_a_property(document: dict[str, Any]) -> None:
    review = document["components"]["schemas"]["Review"]
    del review["properties"]["status"]
    review["required"].remove("status")


def without_a_property_that_may_be_absent(document: dict[str, Any]) -> None:
    del document["components"]["schemas"]["RichText"]["properties"]["hast"]


def with_a_property_that_may_be_absent(document: dict[str, Any]) -> None:
    document["components"]["schemas"]["Review"]["required"].remove("status")


def with_another_type(document: dict[str, Any]) -> None:
    properties = document["components"]["schemas"]["PageLink"]["properties"]
    properties["id"] = {"type": "string"}


def with_null(document: dict[str, Any]) -> None:
    properties = document["components"]["schemas"]["PageLink"]["properties"]
    properties["title"] = {"type": ["string", "null"]}


def with_one_more_value_in_an_answer(document: dict[str, Any]) -> None:
    review = document["components"]["schemas"]["Review"]
    review["properties"]["status"]["enum"].append("postponed")


def with_one_more_block(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    schemas["VideoBlock"] = copy.deepcopy(schemas["RichTextBlock"])
    schemas["VideoBlock"]["properties"]["type"]["const"] = "video"
    reference = "#/components/schemas/VideoBlock"
    schemas["Block"]["oneOf"].append({"$ref": reference})
    schemas["Block"]["discriminator"]["mapping"]["video"] = reference


def with_one_value_less_in_a_request(document: dict[str, Any]) -> None:
    order = parameter(document, "/pages/", "order")["schema"]
    order["enum"].remove("title")


def without_a_parameter(document: dict[str, Any]) -> None:
    given = document["paths"]["/pages/"]["get"]["parameters"]
    given.remove(parameter(document, "/pages/", "order"))


def with_a_parameter_that_must_be_given(document: dict[str, Any]) -> None:
    parameter(document, "/pages/", "locale")["required"] = True


def without_a_route(document: dict[str, Any]) -> None:
    del document["paths"]["/routes/"]


def without_a_media_type(document: dict[str, Any]) -> None:
    content = document["paths"]["/pages/{id}/"]["get"]["responses"]["200"]["content"]
    del content["text/markdown"]


def with_another_name(document: dict[str, Any]) -> None:
    text = json.dumps(document).replace("SafetyDisclaimer", "Warning")
    document.clear()
    document.update(json.loads(text))


BREAKING = (
    without_a_property,
    without_a_property_that_may_be_absent,
    with_a_property_that_may_be_absent,
    with_another_type,
    with_null,
    with_one_more_value_in_an_answer,
    with_one_more_block,
    with_one_value_less_in_a_request,
    without_a_parameter,
    with_a_parameter_that_must_be_given,
    without_a_route,
    without_a_media_type,
    with_another_name,
)


def with_one_more_property(document: dict[str, Any]) -> None:
    review = document["components"]["schemas"]["Review"]
    review["properties"]["note"] = {"type": "string"}
    review["required"].append("note")


def with_one_value_less_in_an_answer(document: dict[str, Any]) -> None:
    review = document["components"]["schemas"]["Review"]
    review["properties"]["status"]["enum"].remove("overdue")


def with_one_more_value_in_a_request(document: dict[str, Any]) -> None:
    parameter(document, "/pages/", "order")["schema"]["enum"].append("path")


def with_one_more_parameter(document: dict[str, Any]) -> None:
    document["paths"]["/pages/"]["get"]["parameters"].append(
        {
            "name": "topic",
            "in": "query",
            "required": False,
            "schema": {"type": "string"},
        }
    )


def with_one_more_route(document: dict[str, Any]) -> None:
    route = copy.deepcopy(document["paths"]["/routes/"])
    route["get"]["operationId"] = "listWays"
    document["paths"]["/ways/"] = route


HARMLESS = (
    with_one_more_property,
    with_one_value_less_in_an_answer,
    with_one_more_value_in_a_request,
    with_one_more_parameter,
    with_one_more_route,
)


def test_the_gate_catches_what_breaks_a_client_and_nothing_else(node: Node) -> None:
    documents = {change.__name__: changed(change) for change in (*BREAKING, *HARMLESS)}

    assert set(broken(node, schema(is_small=True), documents)) == {
        change.__name__ for change in BREAKING
    }


def changed(change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    document = schema(is_small=True)
    before = json.dumps(document)
    change(document)
    assert json.dumps(document) != before
    return document


def broken(
    node: Node, accepted: dict[str, Any], documents: dict[str, dict[str, Any]]
) -> dict[str, list[str]]:
    """Return those *documents* with which a client of the *accepted* schema does not compile, and why."""
    node.copy("types.mjs")
    pairs = []
    for name, document in {"accepted": accepted, **documents}.items():
        node.put(f"{name}.json", json.dumps(document))
        pairs += [f"{name}.json", f"{name}-types.ts"]
    for name in documents:
        node.put(
            f"{name}.ts", gate(accepted, then="accepted-types", now=f"{name}-types")
        )
    node.succeed("node", "types.mjs", *pairs)
    result = node.run("tsc", "--strict", "--noEmit")
    found = re.findall(r"^([\w-]+)\.ts\((.*)$", result.stdout, re.MULTILINE)
    assert found or result.returncode == 0, result.stdout + result.stderr
    why: dict[str, list[str]] = {}
    for name, complaint in found:
        why.setdefault(name, []).append(complaint)
    return why
