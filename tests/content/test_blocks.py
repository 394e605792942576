"""Blocks: what they accept, how they look in the picker, and what they are as data."""

from __future__ import annotations

import pytest
from django.template.loader import get_template
from django.urls import reverse
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from health_content import blocks
from health_content.blocks.body import SectionContentBlock
from health_content.identifiers import parse_doi, parse_pmid
from tests import factories

BODY = blocks.BodyBlock()
FAQ_BODY = blocks.FAQBodyBlock()
TYPES = {
    "approach_list",
    "benefit_list",
    "callout",
    "care_card",
    "disclaimer",
    "evidence_summary",
    "faq",
    "faq_ref",
    "image",
    "mechanism_list",
    "medicine_info",
    "personal_story",
    "quote",
    "references",
    "related",
    "rich_text",
    "risks",
    "section",
    "stat",
    "step_list",
    "table",
    "video",
}


def value_of(name: str, data: object) -> object:
    """Return *data* as the value of the body's block *name*."""
    return BODY.child_blocks[name].to_python(data)


def list_of(*titles: str) -> dict:
    return {
        "heading": "",
        "introduction": "",
        "items": [
            factories.item({"title": title, "body": "<p>Text</p>"}, f"{number}{title}")
            for number, title in enumerate(titles)
        ],
    }


def errors_of(block, value) -> dict:
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(value)
    return caught.value.block_errors


# The names are the JSON's `type`: permanent.


def test_body_offers_every_type():
    assert set(BODY.child_blocks) == TYPES


def test_a_section_holds_everything_but_sections():
    assert set(SectionContentBlock().child_blocks) == TYPES - {"section"}


def test_faq_page_offers_what_questions_need():
    assert set(FAQ_BODY.child_blocks) == {
        "faq",
        "rich_text",
        "callout",
        "care_card",
        "image",
        "video",
        "related",
        "disclaimer",
        "references",
    }


def test_the_picker_starts_with_a_section():
    groups = {
        str(group): [block.name for block in found]
        for group, found in BODY.grouped_child_blocks()
    }

    assert groups["Text"] == [
        "section",
        "rich_text",
        "quote",
        "personal_story",
    ]


@pytest.mark.parametrize("name", sorted(TYPES))
def test_every_block_explains_itself(name):
    block = BODY.child_blocks[name]

    assert block.is_previewable
    assert block.get_description()
    assert block.meta.icon != "placeholder"
    assert block.meta.group
    get_template(block.meta.template)


def fields_of(block, path=""):
    """Yield the path and the block of each leaf below *block*."""
    children = getattr(block, "child_blocks", None)
    if hasattr(block, "child_block"):
        yield from fields_of(block.child_block, path)
    elif children and "health_content." in type(block).__module__:
        for name, child in children.items():
            yield from fields_of(child, f"{path}.{name}")
    else:
        yield path, block


def test_every_field_has_help_or_speaks_for_itself():
    silent = {
        path.rsplit(".", 1)[-1]
        for path, block in fields_of(BODY)
        if not (
            getattr(block.meta, "help_text", None)
            or getattr(getattr(block, "field", None), "help_text", "")
        )
    }

    assert silent == {"rich_text", "row_headings", "year"}


@pytest.mark.parametrize("name", sorted(TYPES))
def test_preview_renders_in_the_admin(admin_client, name):
    block = BODY.child_blocks[name]
    response = admin_client.get(
        reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix}
    )

    assert response.status_code == 200
    html = response.content.decode()
    assert "health_content/blocks.css" in html
    assert "style=" not in html
    assert "<script" not in html


# Validation


@pytest.mark.parametrize(
    "name", ["mechanism_list", "benefit_list", "risks", "approach_list", "step_list"]
)
def test_two_items_with_the_same_title_are_refused(name):
    errors = errors_of(
        BODY.child_blocks[name], value_of(name, list_of("Rest", "Move", " rest "))
    )

    assert isinstance(errors["items"], ListBlockValidationError)
    assert list(errors["items"].block_errors) == [2]
    message = errors["items"].block_errors[2].block_errors["title"].message
    assert message == "Item 1 says the same."


def test_items_without_title_do_not_repeat_each_other():
    value = value_of("benefit_list", list_of("", ""))

    assert len(BODY.child_blocks["benefit_list"].clean(value)["items"]) == 2


def test_a_draft_may_repeat_a_title():
    block = blocks.MechanismListBlock()
    value = block.to_python(list_of("Rest", "Rest"))

    assert len(block.clean_deferred(value)["items"]) == 2


def test_a_question_may_be_asked_once():
    value = value_of(
        "faq",
        {
            "heading": "",
            "items": [
                factories.item(
                    {"question": "Does it hurt?", "answer": "<p>No</p>"}, "q1"
                ),
                factories.item(
                    {"question": "does it hurt?", "answer": "<p>Yes</p>"}, "q2"
                ),
            ],
        },
    )

    errors = errors_of(BODY.child_blocks["faq"], value)

    assert list(errors["items"].block_errors) == [1]
    assert list(errors["items"].block_errors[1].block_errors) == ["question"]


def test_an_empty_list_is_refused():
    errors = errors_of(
        BODY.child_blocks["mechanism_list"], value_of("mechanism_list", list_of())
    )

    assert list(errors) == ["items"]


def table(columns, rows) -> dict:
    return {
        "caption": "Minutes",
        "table": {
            "columns": columns,
            "rows": [{"values": row} for row in rows],
            "caption": "",
        },
        "row_headings": True,
        "notes": "",
    }


@pytest.mark.parametrize(
    ("columns", "rows", "message"),
    [
        ([], [], "Add at least one column and one row."),
        (
            [{"type": "text", "heading": "A"}],
            [],
            "Add at least one column and one row.",
        ),
        ([{"type": "text", "heading": " "}], [["x"]], "Give every column a heading."),
    ],
)
def test_a_table_that_cannot_be_read_aloud_is_refused(columns, rows, message):
    errors = errors_of(
        BODY.child_blocks["table"], value_of("table", table(columns, rows))
    )

    assert errors["table"].message == message


def test_a_draft_may_hold_an_unfinished_table():
    block = blocks.TableBlock()

    assert block.clean_deferred(block.to_python(table([], [])))["caption"] == "Minutes"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.1000/182", "10.1000/182"),
        (
            " https://doi.org/10.1016/j.jpain.2017.11.005 ",
            "10.1016/j.jpain.2017.11.005",
        ),
        ("http://dx.doi.org/10.1000/182", "10.1000/182"),
        ("DOI: 10.1000/182", "10.1000/182"),
        (
            "10.1002/(SICI)1097-4571(1998)49:8<693::AID-ASI4>3.0.CO;2-O",
            "10.1002/(SICI)1097-4571(1998)49:8<693::AID-ASI4>3.0.CO;2-O",
        ),
        ("11.1000/182", None),
        ("10.1000", None),
        ("10.1000/1 82", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_doi(text, expected):
    assert parse_doi(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("29198932", "29198932"),
        ("PMID: 29198932", "29198932"),
        ("https://pubmed.ncbi.nlm.nih.gov/29198932/", "29198932"),
        ("0123", None),
        ("123456789", None),
        ("PMC123", None),
        ("٢٩", None),
        ("", None),
    ],
)
def test_pmid(text, expected):
    assert parse_pmid(text) == expected


def reference(**fields) -> object:
    return value_of(
        "references",
        {"heading": "", "items": [factories.item({"title": "A trial"} | fields, "r")]},
    )


def test_identifiers_are_stored_bare():
    cleaned = BODY.child_blocks["references"].clean(
        reference(doi="https://doi.org/10.1000/182", pmid="PMID 29198932")
    )

    assert (cleaned["items"][0]["doi"], cleaned["items"][0]["pmid"]) == (
        "10.1000/182",
        "29198932",
    )


@pytest.mark.parametrize(
    ("field", "text"),
    [("doi", "182"), ("pmid", "PMC1"), ("url", "not an address"), ("year", "12")],
)
def test_a_malformed_identifier_is_refused_beside_its_field(field, text):
    errors = errors_of(
        BODY.child_blocks["references"],
        reference(**{field: text if field != "year" else 12}),
    )

    assert list(errors["items"].block_errors[0].block_errors) == [field]


def test_an_error_deep_inside_a_section_is_found():
    value = BODY.to_python(
        [
            factories.block(
                "section",
                {
                    "heading": "Steps",
                    "level": "2",
                    "blocks": [factories.block("step_list", list_of("A", "a"))],
                },
            )
        ]
    )

    with pytest.raises(StreamBlockValidationError):
        BODY.clean(value)
