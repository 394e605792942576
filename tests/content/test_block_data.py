"""Blocks as data: what Wagtail's APIs give, and read back."""

from __future__ import annotations

import pytest

from tests import factories
from tests.content.test_blocks import BODY, list_of, reference, table, value_of


def test_items_carry_position_and_a_stable_id():
    data = list_of("Rest", "Move") | {"start": 4}
    value = value_of("mechanism_list", data)

    assert BODY.child_blocks["mechanism_list"].get_api_representation(value) == {
        "heading": "",
        "introduction": "",
        "items": [
            {
                "position": 4,
                "id": factories.block_id("0Rest"),
                "title": "Rest",
                "body": "<p>Text</p>",
                "status": None,
                "evidence": [],
            },
            {
                "position": 5,
                "id": factories.block_id("1Move"),
                "title": "Move",
                "body": "<p>Text</p>",
                "status": None,
                "evidence": [],
            },
        ],
        "start": 4,
    }


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("rich_text", "<p>Text</p>", "<p>Text</p>"),
        (
            "callout",
            {"tone": "dont", "title": "", "body": "<p>Rest</p>"},
            {"tone": "dont", "title": "", "body": "<p>Rest</p>"},
        ),
        (
            "quote",
            {"text": "Words", "attribution": "Ana", "source_url": ""},
            {"text": "Words", "attribution": "Ana", "source_url": ""},
        ),
        (
            "table",
            table([{"type": "number", "heading": "Minutes"}], [[150.0]]),
            table([{"type": "number", "heading": "Minutes"}], [[150.0]]),
        ),
        ("disclaimer", {"disclaimer": None}, {"disclaimer": None}),
    ],
)
def test_data_of_simple_blocks(name, data, expected):
    block = BODY.child_blocks[name]

    assert block.get_api_representation(block.to_python(data)) == expected


def test_data_of_steps_questions_and_references():
    steps = value_of(
        "step_list",
        {
            "heading": "",
            "introduction": "",
            "items": [
                factories.item(
                    {"title": "Talk", "body": "<p>x</p>", "duration": "5 minutes"}, "s"
                )
            ],
        },
    )
    questions = value_of(
        "faq",
        {
            "heading": "Ask",
            "items": [factories.item({"question": "Why?", "answer": "<p>So</p>"}, "q")],
        },
    )

    assert BODY.child_blocks["step_list"].get_api_representation(steps)["items"] == [
        {
            "position": 1,
            "id": factories.block_id("s"),
            "title": "Talk",
            "body": "<p>x</p>",
            "duration": "5 minutes",
        }
    ]
    assert BODY.child_blocks["faq"].get_api_representation(questions) == {
        "heading": "Ask",
        "items": [
            {
                "position": 1,
                "id": factories.block_id("q"),
                "question": "Why?",
                "answer": "<p>So</p>",
                "health_aspect": None,
                "evidence": [],
            }
        ],
    }
    assert BODY.child_blocks["references"].get_api_representation(reference(year=2018))[
        "items"
    ] == [
        {
            "position": 1,
            "id": factories.block_id("r"),
            "title": "A trial",
            "authors": None,
            "publication": None,
            "year": 2018,
            "doi": None,
            "pmid": None,
            "url": None,
        }
    ]


@pytest.mark.django_db
def test_data_of_a_picture_and_of_a_section():
    picture = factories.image()
    section = value_of(
        "section",
        {
            "heading": "Look",
            "level": "3",
            "blocks": [
                factories.block(
                    "image",
                    {
                        "image": {
                            "image": picture.pk,
                            "decorative": False,
                            "alt_text": "A stretch",
                        },
                        "caption": "How",
                        "credit": "",
                    },
                )
            ],
        },
    )

    assert BODY.child_blocks["section"].get_api_representation(section) == {
        "heading": "Look",
        "level": "3",
        "health_aspect": None,
        "standalone_safe": False,
        "blocks": [
            {
                "type": "image",
                "id": factories.block_id("image"),
                "value": {
                    "image": {
                        "image": picture.pk,
                        "decorative": False,
                        "alt_text": "A stretch",
                    },
                    "caption": "How",
                    "credit": "",
                    "shows_patient": False,
                    "consent_given_on": None,
                    "consent_note": None,
                },
            }
        ],
    }


def test_words_inside_lists_are_searched():
    value = value_of("mechanism_list", list_of("Endorphins"))

    assert "Endorphins" in BODY.child_blocks["mechanism_list"].get_searchable_content(
        value
    )
