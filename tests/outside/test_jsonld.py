"""Three judges accept the JSON-LD of every page: schema-dts' types, Adobe's validator, and the models of schema-org-py."""

from __future__ import annotations

import json
from datetime import date, datetime
from enum import EnumType
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .conftest import Node, Site

pytestmark = [pytest.mark.outside, pytest.mark.xdist_group("site")]

GRAPH = """\
import type { FAQPage, MedicalWebPage, MergeLeafTypes, Thing } from "schema-dts";
type Leaf<T> = Exclude<T, string>;
type MedicalQuestions = MergeLeafTypes<[Leaf<MedicalWebPage>, Leaf<FAQPage>]>;
type Graph = { "@context": "https://schema.org"; "@graph": readonly (Thing | MedicalQuestions)[] };
"""
WRONG = (
    {"@type": "Article", "headline": "T", "lastReviewed": "2026-01-01"},
    {"@type": ["MedicalWebPage", "FAQPage"], "name": "T", "reviewed": "2026-01-01"},
)
# Search engines ask for these; without them a page is only understood in part.
ASKED_FOR = {
    "Article": {"headline", "datePublished", "dateModified", "publisher"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "Question": {"name", "acceptedAnswer"},
    "Answer": {"text"},
    "Organization": {"name"},
    "Person": {"name"},
}


@pytest.fixture(scope="module")
def graphs(site: Site) -> dict[str, dict[str, Any]]:
    """Return the graph of every page, by its path."""
    answer = json.loads(site.read("/api/content/v1/pages/?page_size=100&include=seo"))
    found = {page["path"]: page["seo"]["jsonld"] for page in answer["items"]}
    assert answer["next"] is None
    assert len(found) >= 10
    return found


def test_schema_dts_compiles_every_graph_and_no_wrong_one(
    node: Node, graphs: dict[str, dict[str, Any]]
) -> None:
    wrong = [{"@context": "https://schema.org", "@graph": [thing]} for thing in WRONG]
    texts = [
        f"export const page{number} = {json.dumps(graph)} satisfies Graph;"
        for number, graph in enumerate([*graphs.values(), *wrong])
    ]
    node.put("pages.ts", GRAPH + "\n".join(texts))

    result = node.run("tsc", "--strict", "--noEmit")

    lines = [
        int(line.split("(")[1].split(",")[0]) for line in complaints(result.stdout)
    ]
    last = len(GRAPH.splitlines()) + len(texts)
    assert lines == [last - 1, last], result.stdout


def complaints(output: str) -> list[str]:
    return [line for line in output.splitlines() if line.startswith("pages.ts(")]


def test_adobe_s_validator_finds_nothing_and_something_in_a_wrong_one(
    node: Node, graphs: dict[str, dict[str, Any]]
) -> None:
    node.copy("structured.mjs")
    things = [thing for graph in graphs.values() for thing in graph["@graph"]]
    wrong = {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem"}]}
    node.put("things.json", json.dumps([*things, wrong, WRONG[0]]))
    node.put("vocabulary.json", json.dumps(vocabulary(kinds_in([*things, wrong]))))

    found = json.loads(node.succeed("node", "structured.mjs"))

    assert {each["at"] for each in found} == {len(things), len(things) + 1}, found


def kinds_in(value: Any) -> set[str]:
    """Return the types of all objects in *value*."""
    found: set[str] = set()
    for node in walk(value):
        kinds = node.get("@type", [])
        found |= set(kinds) if isinstance(kinds, list) else {kinds}
    return found


def vocabulary(types: set[str]) -> dict[str, Any]:
    """Return the classes *types* of schema.org with their properties, as schema-org-py has them, for the validator that needs them."""
    import schema_org

    models = {name: getattr(schema_org, name) for name in types}
    domains: dict[str, list[dict[str, str]]] = {}
    for name, model in models.items():
        for item in model.SCHEMA_PROPERTIES:
            domains.setdefault(item.schema_name, []).append({"@id": f"schema:{name}"})
    classes = [{"@id": f"schema:{name}", "@type": "rdfs:Class"} for name in models]
    properties = [
        {
            "@id": f"schema:{name}",
            "@type": "rdf:Property",
            "schema:domainIncludes": found,
        }
        for name, found in domains.items()
    ]
    return {"@graph": [*classes, *properties]}


def test_schema_org_py_builds_every_node(graphs: dict[str, dict[str, Any]]) -> None:
    from pydantic import ValidationError

    for graph in graphs.values():
        nodes = {node["@id"]: node for node in graph["@graph"] if "@id" in node}
        for node in graph["@graph"]:
            build(node, nodes)
    for wrong in WRONG:
        with pytest.raises((ValidationError, AssertionError)):
            build(wrong, {})


def build(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> Any:
    """Return a strict model of *node*; a node of two types must be right as each of them, with the properties it has."""
    import schema_org

    kinds = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
    models = [getattr(schema_org, kind) for kind in kinds]
    known = [{item.schema_name for item in model.SCHEMA_PROPERTIES} for model in models]
    given = {name: value for name, value in node.items() if not name.startswith("@")}
    assert set(given) <= set().union(*known)
    built = [
        model.model_validate(
            {
                name: value_of(value, item_of(model, name), nodes)
                for name, value in given.items()
                if name in names
            }
        )
        for model, names in zip(models, known, strict=True)
    ]
    return built[0]


def item_of(model: Any, name: str) -> Any:
    return next(each for each in model.SCHEMA_PROPERTIES if each.schema_name == name)


def value_of(value: Any, item: Any, nodes: dict[str, dict[str, Any]]) -> Any:
    """Return *value* as the strict models want it: dates as dates, references as what they refer to."""
    if isinstance(value, list):
        return [value_of(each, item, nodes) for each in value]
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            # The page and the article refer to each other: the name alone is enough of a model.
            return build({"@type": nodes[value["@id"]]["@type"]}, {})
        return build(value, nodes)
    if isinstance(value, str) and "DateTime" in item.ranges and "T" in value:
        return datetime.fromisoformat(value)
    if isinstance(value, str) and "Date" in item.ranges:
        return date.fromisoformat(value)
    return member_of(value, item)


def member_of(value: Any, item: Any) -> Any:
    """Return the member of an enumeration that *value* names, where the property takes one."""
    import schema_org

    for name in item.ranges:
        kind = getattr(schema_org, name, None)
        if isinstance(kind, EnumType):
            return kind(value)
    return value


def test_every_node_has_what_search_engines_ask_for(
    graphs: dict[str, dict[str, Any]],
) -> None:
    met: set[str] = set()
    for path, graph in graphs.items():
        for node in walk(graph):
            kinds = node.get("@type", [])
            for kind in kinds if isinstance(kinds, list) else [kinds]:
                met.add(kind)
                assert ASKED_FOR.get(kind, set()) <= set(node), (path, node)
        ids = [node["@id"] for node in graph["@graph"]]
        assert len(ids) == len(set(ids))
        references = {node["@id"] for node in walk(graph) if set(node) == {"@id"}}
        assert references <= set(ids), path
    assert set(ASKED_FOR) <= met


def walk(value: Any) -> list[dict[str, Any]]:
    """Return *value* and all objects in it."""
    if isinstance(value, list):
        return [node for each in value for node in walk(each)]
    if isinstance(value, dict):
        return [value, *(node for each in value.values() for node in walk(each))]
    return []
