"""What is refused of every text is in the description of each: whoever makes requests from it is not surprised."""

from __future__ import annotations

from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator

from health_content.delivery.api.filters import read_slug
from health_content.delivery.api.list_grammar import read_question_query
from health_content.delivery.api.problems import Problem
from health_content.delivery.api.query import ValueInvalidError
from health_content.delivery.api.schema import openapi_document

DOCUMENT: Any = openapi_document("/api/content/v1/")
TEXTS = {
    f"{path} {parameter['name']}": parameter["schema"]
    for path, item in DOCUMENT["paths"].items()
    for operation in item.values()
    for parameter in operation["parameters"]
    if parameter["schema"].get("type") == "string"
}


def allows(schema: dict[str, Any], text: str) -> bool:
    checker = OAS31Validator.FORMAT_CHECKER
    return bool(OAS31Validator(schema, format_checker=checker).is_valid(text))


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_has_a_nul(name: str) -> None:
    assert not any(allows(TEXTS[name], text) for text in ("a\x00", "/\x00", "\x00"))


@pytest.mark.parametrize("blank", [" ", "\t", "\n", "\x1c", "\x85", "\xa0", "\u3000"])
def test_a_question_is_not_blank(blank: str) -> None:
    schema = TEXTS["/faqs/entries/ q"]

    assert not allows(schema, blank)
    assert allows(schema, f"{blank}x")
    encoded = "".join(f"%{byte:02x}" for byte in blank.encode())
    with pytest.raises(Problem):
        read_question_query(f"q={encoded}")
    assert read_question_query(f"q={encoded}x").q == f"{blank}x"


@pytest.mark.parametrize("text", ["sleep", "back-pain_2", "sueño", "Ñ", "睡眠", "𠀋"])
def test_a_slug_may_be_of_any_language(text: str) -> None:
    """A pattern's class of word characters is ASCII in a JSON schema; in Python it is not."""
    assert allows(TEXTS["/pages/ slug"], text)
    assert "\\w" not in TEXTS["/pages/ slug"]["pattern"]
    assert read_slug(text) == text


@pytest.mark.parametrize(
    "text", ["a/b", "a b", "a.b", "", "a\x7f", "a:b", "[", "`", "{"]
)
def test_what_no_slug_has_is_refused(text: str) -> None:
    assert not allows(TEXTS["/pages/ topic"], text)
    with pytest.raises(ValueInvalidError):
        read_slug(text)
