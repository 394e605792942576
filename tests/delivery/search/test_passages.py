"""Documents to the texts that are searched."""

from __future__ import annotations

from typing import Any

from health_content.delivery.search.passages import (
    TEXT_MAX_LENGTH,
    Passage,
    decode_passages,
    encode_passages,
    find_passages,
)

DOCUMENT: Any = {
    "title": "  Back  pain ",
    "summary": "",
    "introduction": {"html": "<p>Read <b>this</b>.</p>"},
    "safety": {"disclaimers": [{"body": {"html": "<p>Ask a doctor.</p>"}}]},
    "body": [
        {"type": "section", "id": "s", "heading": "Causes", "blocks": [
            {"type": "rich_text", "id": "r", "body": {"html": "<p>A</p><p>B</p>"}},
            {"type": "faq", "id": "f", "heading": None, "items": [
                {"id": "q", "question": "Why?", "answer": {"html": "<p>So.</p>"}},
            ]},
        ]},
        {"type": "step_list", "id": "l", "introduction": None, "items": [
            {"position": 1, "id": "i", "title": "Walk", "body": {"html": "far"}, "duration": "a week"},
        ]},
        {"type": "image", "id": "p", "image": {"alt": "not said"}, "caption": "A spine", "credit": "Somebody"},
        {"type": "table", "id": "t", "caption": "Doses", "columns": [{"heading": "Day"}, {"heading": "Dose"}],
         "rows": [{"cells": [{"type": "text", "text": "Monday"}, {"type": "rich_text", "body": {"html": "<i>two</i>"}},
                             {"type": "number", "value": 3}]}], "notes": {"html": "With food"}},
        {"type": "quote", "id": "z", "text": "It helped", "attribution": "A reader"},
        {"type": "disclaimer", "id": "d", "disclaimer": {"title": "never"}},
        {"type": "references", "id": "e", "items": [{"title": "never"}]},
        {"type": "rich_text", "id": "", "body": {"html": "last"}},
        "odd",
    ],
}  # fmt: skip


def test_every_text_has_its_place() -> None:
    found = [(p.field, p.block_id, p.section_id, p.text) for p in find_passages(DOCUMENT)]  # fmt: skip

    assert found == [
        ("title", None, None, "Back pain"),
        ("introduction", None, None, "Read this."),
        ("body", "s", "s", "Causes"),
        ("body", "r", "s", "A B"),
        ("body", "f", "s", "Why?"),
        ("body", "f", "s", "So."),
        ("body", "l", None, "Walk"),
        ("body", "l", None, "a week"),
        ("body", "l", None, "far"),
        ("body", "p", None, "A spine"),
        ("body", "t", None, "Doses"),
        ("body", "t", None, "With food"),
        ("body", "t", None, "Day"),
        ("body", "t", None, "Dose"),
        ("body", "t", None, "Monday two"),
        ("body", "z", None, "It helped"),
        ("body", "z", None, "A reader"),
        ("body", None, None, "last"),
    ]


def test_passages_are_stored_and_read() -> None:
    passages = find_passages(DOCUMENT)

    assert decode_passages(encode_passages(passages)) == passages


def test_a_text_that_the_index_would_refuse_is_cut() -> None:
    long = {"title": "T", "summary": "a" * TEXT_MAX_LENGTH, "introduction": {"html": "i"}}  # fmt: skip

    assert find_passages(long) == [Passage(field="title", text="T")]
