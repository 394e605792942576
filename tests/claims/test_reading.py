"""Documents and imported sources as blocks, and the command that checks them."""

from __future__ import annotations

import json
from io import BytesIO, StringIO
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command

from health_content.claims import Severity, find_claims
from health_content.claims.facts import Role
from health_content.claims.findings import Category
from health_content.claims_page import page_of_document
from health_content.claims_source import page_of_source
from health_content.importers.document import (
    Disclaimer,
    Document,
    Faq,
    Heading,
    Item,
    ItemList,
    ListRole,
    ListStyle,
    Paragraph,
    Question,
    Span,
)
from health_content.importers.text import read_text
from tests import factories as make

if TYPE_CHECKING:
    from pathlib import Path

CURE = "Acupuncture cures back pain for good."


def html(text: str) -> dict[str, str]:
    return {"html": f"<p>{text}</p>"}


DOCUMENT: dict[str, Any] = {
    "locale": "en",
    "title": "Title",
    "summary": "Summary",
    "introduction": {"html": "<p>One.</p><ul><li>Two</li><li>Three</li></ul>"},
    "body": [
        {"type": "rich_text", "id": "r", "body": html("Text")},
        {
            "type": "section",
            "id": "s",
            "heading": "Section",
            "blocks": [
                {
                    "type": "benefit_list", "id": "l", "heading": "Good", "introduction": html("Lead"),
                    "items": [
                        {"id": "i", "title": "Label", "body": html("text")},
                        {"id": "", "title": "Only a label", "body": None},
                        {"id": "j", "title": None, "body": html("only text")},
                    ],
                },
                {"type": "step_list", "id": "t", "heading": None, "items": [{"id": "u", "title": "Step", "body": None}]},
                {"type": "faq", "id": "f", "heading": None, "items": [{"id": "q", "question": "Why?", "answer": html("So.")}]},
            ],
        },
        {"type": "callout", "id": "c", "tone": "emergency", "title": "Call", "body": html("999")},
        {"type": "callout", "id": "d", "tone": "info", "title": None, "body": html("Note")},
        {"type": "quote", "id": "o", "text": "Quote"},
        {"type": "image", "id": "m", "caption": "Caption"},
        {
            "type": "table", "id": "b", "caption": "Table", "notes": None,
            "rows": [{"cells": [{"type": "text", "text": "cell"}, {"type": "rich_text", "body": html("rich")}]}],
        },
        {"type": "references", "id": "e", "items": [{"title": "Reference"}]},
        {"type": "disclaimer", "id": "x", "disclaimer": {"body": html("Disclaimer")}},
        "nonsense",
    ],
}  # fmt: skip


def test_a_document_is_read_in_order_and_with_roles() -> None:
    page = page_of_document(DOCUMENT)

    assert page.locale == "en"
    assert [(b.id, b.role, b.text) for b in page.blocks] == [
        ("title", Role.TITLE, "Title"),
        ("summary", Role.BODY, "Summary"),
        ("introduction", Role.BODY, "One."),
        ("introduction", Role.BODY, "Two"),
        ("introduction", Role.BODY, "Three"),
        ("r", Role.BODY, "Text"),
        ("s", Role.HEADING, "Section"),
        ("l", Role.HEADING, "Good"),
        ("l", Role.BODY, "Lead"),
        ("i", Role.BODY, "Label: text"),
        ("l", Role.BODY, "Only a label"),
        ("j", Role.BODY, "only text"),
        ("u", Role.STEP, "Step"),
        ("q", Role.QUESTION, "Why?"),
        ("q", Role.ANSWER, "So."),
        ("c", Role.CARE_CARD, "Call"),
        ("c", Role.CARE_CARD, "999"),
        ("d", Role.BODY, "Note"),
        ("o", Role.QUOTE, "Quote"),
        ("m", Role.BODY, "Caption"),
        ("b", Role.BODY, "Table"),
        ("b", Role.BODY, "cell"),
        ("b", Role.BODY, "rich"),
        ("e", Role.REFERENCE, "Reference"),
    ]


SOURCE = b"""A title

A first paragraph, which is long enough to be one and ends with a full stop.

A Section

1. Label: text of the first item that says something.
2. Label two: text of the second item that says more.
   - a nested one
   - another nested one

Tip: Take your time, and ask whatever you want to ask.

| Name | Value |
|------|-------|
| one  | two   |

Q: Is it so?
A: Yes, it is so.

- one
- two

References

1. Somebody: A study of something. Journal, 2020.

Note: This is not medical advice. Always ask a doctor.

- and more
"""


def test_a_source_is_read_with_roles() -> None:
    page = page_of_source(read_text(SOURCE))
    roles = {block.text: block.role for block in page.blocks}

    assert roles["A title"] is Role.TITLE
    assert roles["Is it so?"] is Role.QUESTION
    assert roles["Yes, it is so."] is Role.ANSWER
    assert roles["one | two"] is Role.BODY
    assert any(
        text.startswith("Label two: text") and "another nested" in text
        for text in roles
    )
    assert Role.DISCLAIMER in roles.values()


def test_lists_are_read_wherever_they_stand() -> None:
    span = Span(start=1, end=1)
    words = Paragraph(text="Words", span=span)
    found = ItemList(
        span=span,
        style=ListStyle.BULLET,
        items=(Item(span=span, marker="-", blocks=(words,)),),
        role=ListRole.REFERENCES,
        introduction=Paragraph(text="Lead", span=span),
    )
    faq = Faq(span=span, items=(Question(span=span, text="Why?", blocks=(found,)),))
    document = Document(
        title=None,
        introduction=(),
        blocks=(faq,),
        disclaimers=(
            Disclaimer(
                span=span, label=Heading(text="Note", span=span), blocks=(found,)
            ),
        ),
        marks=(),
        unmapped=(),
        replies_open=True,
    )

    assert [(b.text, b.role) for b in page_of_source(document).blocks] == [
        ("Why?", Role.QUESTION),
        ("Lead", Role.BODY),
        ("Words", Role.REFERENCE),
        ("Note", Role.DISCLAIMER),
        ("Words", Role.DISCLAIMER),
    ]


def answers(
    lines: bytes, monkeypatch: pytest.MonkeyPatch, *options: str
) -> tuple[list[Any], str, int]:
    """Return the answers of `--jsonl -`, what stood on stderr, and the exit code."""
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(lines)))
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("check_claims", "--jsonl", "-", *options, stdout=out, stderr=err)
    except CommandError as error:
        code = error.returncode
    return (
        [json.loads(line) for line in out.getvalue().splitlines()],
        err.getvalue(),
        code,
    )


def test_each_line_has_one_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = b"\xef\xbb\xbf" + json.dumps(CURE).encode() + b"\n" + b'"Nothing to see."\n'

    (first, second), err, code = answers(lines, monkeypatch)

    assert (err, code) == ("", 0)
    assert second == {"findings": []}
    finding = first["findings"][0]
    assert set(finding) == {
        "rule",
        "category",
        "severity",
        "start",
        "end",
        "message",
        "suggestion",
        "source",
    }
    assert finding["category"] == "cure_absolute"
    assert finding["severity"] == "block"
    assert CURE[finding["start"] : finding["end"]] == "Acupuncture cures back pain"


@pytest.mark.parametrize(
    "line", [b"", b"nonsense", b'{"text": "x"}', b"7", b"\xff", b"[" * 100_000, b"null"]
)
def test_a_bad_line_is_answered_named_and_counted(
    line: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, err, code = answers(line + b'\n"fine"\n', monkeypatch)

    assert found == [{"findings": [], "error": "line.invalid"}, {"findings": []}]
    assert "Line 1" in err
    assert code == 2


def test_offsets_count_characters_of_the_original(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "🩺 ﬁne: acu\u200bpuncture c u r e s back pain, \ud800!"

    (answer,), _, _ = answers(json.dumps(text).encode(), monkeypatch)

    finding = answer["findings"][0]
    assert (
        text[finding["start"] : finding["end"]]
        == "acu\u200bpuncture c u r e s back pain"
    )


def test_a_file_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"A title\n\n{CURE}\n")
    text, data = StringIO(), StringIO()

    call_command("check_claims", "--file", str(path), stdout=text)
    call_command(
        "check_claims",
        "--file",
        str(path),
        "--format",
        "json",
        "--profile",
        "reply",
        stdout=data,
    )

    assert "block  CUR-001  3: “Acupuncture cures back pain”" in text.getvalue()
    report = json.loads(data.getvalue())
    assert (report["status"], report["profile"]) == ("checked", "reply")
    assert report["findings"][0]["block"] == "3"


def test_lines_come_from_a_file_too(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('"Nothing to see."\n')
    out = StringIO()

    call_command("check_claims", "--jsonl", str(path), stdout=out)

    assert out.getvalue() == '{"findings": []}\n'


@pytest.mark.parametrize("option", ["--file", "--jsonl"])
def test_a_file_that_is_not_there_is_said(option: str) -> None:
    with pytest.raises(CommandError, match="Cannot read") as error:
        call_command("check_claims", option, "/nowhere/at/all")

    assert error.value.returncode == 2


def test_a_file_that_is_no_text_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(b"%PDF-1.7")))

    with pytest.raises(CommandError) as error:
        call_command("check_claims", "--file", "-")

    assert error.value.returncode == 2


def test_the_draft_of_a_page_is_checked(db: None) -> None:
    page = make.article(title="Backs")
    page.body = json.dumps([make.block("rich_text", f"<p>{CURE}</p>")])
    page.save_revision()
    out = StringIO()

    call_command("check_claims", "--page", str(page.pk), stdout=out)

    assert "CUR-001" in out.getvalue()


def test_a_page_in_another_language_is_not_checked(db: None) -> None:
    page = make.article(title="Espalda")
    page.locale = make.language("es")
    page.save()
    out = StringIO()

    call_command("check_claims", "--page", str(page.pk), stdout=out)

    assert "Not checked" in out.getvalue()


def test_a_page_that_is_not_there_is_said(db: None) -> None:
    with pytest.raises(CommandError, match="no health page") as error:
        call_command("check_claims", "--page", "999999")

    assert error.value.returncode == 2


@pytest.mark.parametrize(
    "document",
    [
        {"seo": {"title": CURE}},
        {"seo": {"description": CURE}},
        {"conflicts": {"statement": CURE}},
        {"ai_assistance": {"use": "drafting", "note": CURE}},
        {"references": [{"key": "r", "note": CURE}]},
        {"body": [{"type": "evidence_summary", "id": "e", "effect": CURE}]},
        {"body": [{"type": "step_list", "id": "s", "items": [{"duration": CURE}]}]},
        {"body": [{"type": "table", "id": "t", "columns": [{"heading": CURE}]}]},
        {"body": [{"type": "references", "id": "r", "heading": CURE}]},
        {"body": [{"type": "image", "id": "i", "image": {"alt": CURE}}]},
        {"body": [{"type": "image", "id": "i", "credit": CURE}]},
        {"body": [{"type": "quote", "id": "q", "text": "Hm.", "attribution": CURE}]},
        {"body": [{"type": "personal_story", "id": "s", "person": CURE}]},
        {"body": [{"type": "medicine_info", "id": "m", "form": CURE}]},
        {"body": [{"type": "medicine_info", "id": "m", "generic_name": CURE}]},
    ],
)
def test_whatever_readers_read_is_read(document: dict[str, Any]) -> None:
    page = page_of_document({"locale": "en", "title": "Backs"} | document)

    assert [block.text for block in page.blocks if block.text == CURE] == [CURE]


def test_what_search_engines_show_of_the_text_itself_is_read_once() -> None:
    seo = {"title": CURE, "description": "About backs."}
    page = page_of_document({"locale": "en", "title": CURE, "summary": "About backs.", "seo": seo})  # fmt: skip

    assert [block.id for block in page.blocks] == ["title", "summary"]


@pytest.mark.parametrize(
    "text",
    ["Many people with pain think about suicide.", "Self-harm is common at that age."],
)
def test_a_mention_of_a_crisis_is_noted_and_not_held_against_the_text(
    text: str,
) -> None:
    found = find_claims(text)

    assert [(f.category, f.severity) for f in found] == [
        (Category.CRISIS, Severity.INFO)
    ]
