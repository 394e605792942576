"""The OpenAPI document of the content API: valid, reviewed when it changes, and true of real answers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from health_content.delivery.api import urls
from health_content.delivery.api.caller_grammar import UUID_PATTERN
from health_content.delivery.api.document_fields import (
    DOCUMENT_FIELDS,
    PERMANENT_FIELDS,
)
from health_content.delivery.api.schema import openapi_document
from health_content.document_blocks import BUILDERS
from tests.delivery import conftest as delivery
from tests.factories import (
    article,
    block,
    block_id,
    clear_sections,
    disclaimer,
    faq,
    image,
    index,
    item,
    reference,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

committed, get = delivery.committed, delivery.get
SNAPSHOT = Path(__file__).with_name("content-openapi.json")
UPDATE = "make schema"
TEXT = "<p>Some <b>text</b>.</p>"


def walk(schema: Any, where: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every object of *schema* and where it is."""
    if isinstance(schema, dict):
        yield where, schema
        for key, value in schema.items():
            yield from walk(value, f"{where}/{key}")
    elif isinstance(schema, list):
        for number, value in enumerate(schema):
            yield from walk(value, f"{where}/{number}")


def test_it_is_valid_openapi_3_1() -> None:
    document = openapi_document("/api/content/v1/")

    validate(document)
    assert document["openapi"].startswith("3.1")  # type: ignore[union-attr]


def test_it_changes_only_on_purpose(request: pytest.FixtureRequest) -> None:
    text = (
        json.dumps(openapi_document("/api/content/v1/"), indent=2, ensure_ascii=False)
        + "\n"
    )
    if request.config.getoption("--update-snapshots", default=False):
        SNAPSHOT.write_text(text, encoding="utf-8")

    assert SNAPSHOT.read_text(encoding="utf-8") == text, (
        f"Review the change, then run `{UPDATE}`."
    )


def test_every_route_is_documented_and_nothing_else() -> None:
    routes = {
        re.sub(r"\\(.)", r"\1", pattern.pattern.regex.pattern.strip("^$"))
        .replace(".atom/?", ".atom")
        .replace(".md/?", ".md")
        .replace("(?P<number>[0-9]{1,10})", "{number}")
        .replace("/?", "/")
        for pattern in urls.urlpatterns
        if pattern.name not in {"missing", "openapi", "docs"}
    }
    documented = {
        path.lstrip("/")
        .replace("{id}", "(?P<page_id>[0-9]{1,20})")
        .replace("{block_id}", "(?P<block_id>[-0-9a-fA-F]{36})")
        .replace("{withdrawal_id}", "(?P<withdrawal_id>[0-9]{1,20})")
        .replace("{endpoint_id}", f"(?P<endpoint_id>{UUID_PATTERN})")
        .replace("{delivery_id}", "(?P<delivery_id>msg_[0-9a-f]{32})")
        .replace("{key}", "(?P<key>[-a-zA-Z0-9_]{1,80})")
        for path in openapi_document("/")["paths"]  # type: ignore[union-attr]
    }
    assert routes == documented


def test_nothing_is_untyped() -> None:
    """A generated TypeScript client has no `unknown`."""
    schemas = openapi_document("/")["components"]["schemas"]  # type: ignore[index,call-overload]

    for where, schema in walk(schemas):
        if "$ref" in (inner := schema.get("additionalProperties") or {}):
            # A map: its keys are data, its values are of one kind.
            assert schema["propertyNames"], where
            assert set(inner) == {"$ref"}, where
        elif schema.get("type") == "object":
            assert schema.get("properties"), where
            assert schema["additionalProperties"] is False, where
        if schema.get("type") == "array":
            assert schema["items"], where


def test_every_block_type_is_in_the_union() -> None:
    schemas: Any = openapi_document("/")["components"]["schemas"]  # type: ignore[index,call-overload]

    assert set(schemas["Block"]["discriminator"]["mapping"]) == set(BUILDERS)
    assert set(schemas["InnerBlock"]["discriminator"]["mapping"]) == set(BUILDERS) - {
        "section"
    }
    assert set(schemas["ArticleDocument"]["properties"]) == {
        *DOCUMENT_FIELDS,
        "children",
        "more_children",
        "navigation",
        "source_map",
    }
    assert sorted(schemas["PartialDocument"]["required"]) == sorted(PERMANENT_FIELDS)


def full_body(
    disclaimer_id: int, image_id: int, reference_id: int = 0, faq_id: int = 0
) -> str:
    """Return a body with every block type."""
    evidence = [item(reference_id, "evidence")]
    known = {"evidence": evidence, "status": "plausible", "frequency": "rare"}
    listed = {
        "heading": "H", "introduction": TEXT, "start": 1,
        "items": [item({"title": "T", "body": TEXT, "duration": "5 min", **known}, "i")],
    }  # fmt: skip
    table = {
        "columns": [
            {"type": kind, "heading": kind} for kind in ("text", "number", "rich_text")
        ],
        "rows": [{"values": ["x", 1.5, TEXT]}, {"values": ["", None, ""]}],
        "caption": "",
    }
    source = {
        "title": "T",
        "authors": "A",
        "publication": "P",
        "year": 2020,
        "doi": "10.1000/1",
        "url": "",
    }
    inner = [
        block("rich_text", TEXT),
        *(
            block(kind, listed)
            for kind in (
                "mechanism_list",
                "benefit_list",
                "risks",
                "approach_list",
                "step_list",
            )
        ),
        block(
            "care_card",
            {
                "level": "urgent",
                "title": "Go",
                "criteria": [item("fever", "c")],
                "action": TEXT,
            },
        ),
        block(
            "stat",
            {
                "numerator": 3,
                "denominator": 10000,
                "population": "adults",
                "statement": "had it",
                "period": "in a year",
                "evidence": evidence,
            },
        ),
        block(
            "evidence_summary",
            {
                "question": "Does it?",
                "finding": "It may.",
                "certainty": "low",
                "effect": "Small",
                "studies": 2,
                "participants": 90,
                "evidence": evidence,
            },
        ),
        block(
            "personal_story",
            {
                "body": TEXT,
                "person": "Sam",
                "is_fictional": True,
                "consent_given_on": "2026-01-02",
                "consent_note": "register 12",
            },
        ),
        block(
            "medicine_info",
            {
                "generic_name": "Ibuprofen",
                "form": "gel",
                "availability": "pharmacy",
                "dose": TEXT,
            },
        ),
        block("callout", {"tone": "warning", "title": "", "body": TEXT}),
        block(
            "quote",
            {"text": "Q", "attribution": "", "source_url": "https://example.org/"},
        ),
        block(
            "image",
            {
                "image": {"image": image_id, "alt_text": "A", "decorative": False},
                "caption": "",
            },
        ),
        block(
            "table",
            {"caption": "C", "table": table, "row_headings": True, "notes": TEXT},
        ),
        block(
            "faq",
            {
                "heading": "",
                "items": [
                    item({"question": "Q?", "answer": TEXT, "evidence": evidence}, "q")
                ],
            },
        ),
        block(
            "video",
            {
                "url": "https://www.youtube.com/watch?v=x",
                "title": "T",
                "has_captions": True,
                "transcript": TEXT,
            },
        ),
        block("related", {"heading": "H", "pages": [item(faq_id, "p")]}),
        block("faq_ref", {"page": faq_id, "question": "Asked?"}),
        block("disclaimer", {"disclaimer": disclaimer_id}),
        block("references", {"heading": "", "items": [item(source, "r")]}),
    ]
    section = {"heading": "S", "level": "2", "standalone_safe": True, "blocks": inner}
    return json.dumps([block("section", section), *inner])


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_real_answers_are_what_it_says(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        everywhere = disclaimer("everywhere", applies_to_all=True)
        parent = index(slug="topics", introduction=TEXT)
        source = reference(certainty="low", direction="mixed")
        answered = item({"question": "Asked?", "answer": TEXT}, "a")
        asked = faq(parent, body=json.dumps([block("faq", {"items": [answered]})]))
        page = article(
            parent,
            slug="all",
            summary="S",
            body=full_body(everywhere.pk, image().pk, source.pk, asked.pk),
        )
        clear_sections(page)
        empty = article(parent, slug="empty")
        questions = faq(parent, body=json.dumps([block("faq", {"items": []})]))
        half = [block(kind, {}) for kind in sorted(BUILDERS) if kind != "rich_text"]
        article(parent, slug="half", body=json.dumps(half))

    for template, path in {
        "/": "",
        "/pages/": "pages/?include=body,breadcrumbs,alternates,seo,replies_summary",
        "/articles/": "articles/?count=exact&page_size=1",
        "/faqs/": "faqs/?fields=title",
        "/articles/{id}/": f"articles/{page.pk}/",
        "/pages/{id}/": f"pages/{parent.pk}/?include=children",
        "/faqs/{id}/": f"faqs/{questions.pk}/?fields=body",
        "/resolve/": "resolve/?path=/topics/&include=children",
        "/articles/{id}/sections/{block_id}/": f"articles/{page.pk}/sections/{block_id('section')}/?include=hast",
        "/articles/{id}/versions/": f"articles/{page.pk}/versions/",
        "/routes/": "routes/?page_size=1",
        "/redirects/": "redirects/",
        "/site/": "site/",
        "/faqs/entries/": "faqs/entries/?q=text&page_size=1",
        "/disclaimers/": "disclaimers/",
        "/disclaimers/{key}/": "disclaimers/everywhere/",
    }.items():
        assert_answer(template, get(path))
    for pk in (page.pk, empty.pk):
        assert_answer("/pages/{id}/", get(f"pages/{pk}/"))
        assert_answer("/pages/{id}/", get(f"pages/{pk}/?include=hast"))
    assert_answer("/resolve/", get("resolve/?path=/topics/all/"))
    assert_answer("/resolve/", get("resolve/?path=/topics/&include=children,hast"))
    kinds = [b["type"] for b in get(f"articles/{page.pk}/").json()["body"]]
    assert set(kinds) == set(BUILDERS)
    assert_problem_schema(get("articles/?x=1"))
    assert_problem_schema(get("nope"))


def assert_answer(template: str, response: Any) -> None:
    document: Any = openapi_document("/")
    operation = document["paths"][template]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert response.status_code == 200
    assert_conforms({**schema, "components": document["components"]}, response.json())


def assert_problem_schema(response: Any) -> None:
    document: Any = openapi_document("/")
    schema = {
        "$ref": "#/components/schemas/Problem",
        "components": document["components"],
    }
    assert_conforms(schema, json.loads(response.content))


def assert_conforms(schema: dict[str, Any], instance: Any) -> None:
    validator = OAS31Validator(schema, format_checker=OAS31Validator.FORMAT_CHECKER)
    errors = [
        f"{list(error.absolute_path)}: {error.message[:300]}"
        for error in validator.iter_errors(instance)
    ]
    assert errors == []
