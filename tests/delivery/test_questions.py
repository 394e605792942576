"""Questions and answers, one by one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from health_content.delivery.questions import find_questions, search_text
from tests.factories import article, block, disclaimer, faq, item

if TYPE_CHECKING:
    from collections.abc import Callable


def faq_block(*pairs: tuple[str, str], name: str = "faq") -> dict[str, Any]:
    items = [item({"question": q, "answer": a}, f"{name}-{q}") for q, a in pairs]
    return block("faq", {"heading": "", "items": items}, name)


def test_questions_are_found_wherever_they_are() -> None:
    asked = {"id": "1", "question": "Does  it HURT?", "answer": {"html": "<p>No.</p>"}}
    section = {"type": "section", "blocks": [{"type": "faq", "items": [asked]}]}
    document: Any = {
        "body": [section, {"type": "faq", "items": [{"question": "?"}, 1]}, "x"]
    }

    found = list(find_questions(document))

    assert [question.content for question in found] == [asked, {"question": "?"}]
    assert [question.text for question in found] == ["does it hurt? no.", "?"]
    assert list(find_questions({"body": None})) == []
    assert search_text("  STRASSE  Straße ") == "strasse strasse"


@pytest.mark.django_db
def test_each_question_comes_with_its_page_and_the_envelope(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        disclaimer("general", applies_to_all=True)
        section = {
            "heading": "S", "level": "2", "blocks": [faq_block(("C?", "<p>c</p>"))],
        }  # fmt: skip
        first = faq(
            title="Asked",
            body=json.dumps([faq_block(("A?", "<p>a</p>"), ("B?", "<p>b</p>"))]),
        )
        second = article(body=json.dumps([block("section", section)]))
    page = get(f"pages/{first.pk}/").json()

    items = get("faqs/entries/").json()["items"]

    assert [(i["question"], i["page"]["id"]) for i in items] == [
        ("A?", first.pk), ("B?", first.pk), ("C?", second.pk),
    ]  # fmt: skip
    assert items[0] == page["body"][0]["items"][0] | {
        "page": {
            name: page[name]
            for name in (
                "id", "type", "site", "locale", "title", "path", "url", "version",
            )
        },
        "safety": page["safety"],
    }  # fmt: skip
    assert items[2]["safety"]["disclaimers"][0]["key"] == "general"


@pytest.mark.django_db
def test_questions_are_searched_and_filtered(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        pairs = ("Does it HURT?", "<p>No.</p>"), ("100%?", "<p>An <b>ÜBUNG</b></p>")
        faq(body=json.dumps([faq_block(*pairs)]))

    def asked(**query: str) -> list[str]:
        items = get("faqs/entries/", **query).json()["items"]
        return [entry["question"] for entry in items]

    assert asked(q="hurt") == asked(q="it  Hurt") == asked(q="NO.") == ["Does it HURT?"]
    assert asked(q="übung") == asked(q="%") == ["100%?"]
    assert asked(q="_") == asked(q="bold") == asked(q="<b>") == []
    assert len(asked(site="testserver", locale="en")) == 2
    assert asked(site="elsewhere.example") == asked(locale="es") == []


@pytest.mark.django_db
def test_pages_of_questions_hold_everything_once(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        for name in ("x", "y"):
            faq(body=json.dumps([faq_block(*[(f"{name}{n}?", "") for n in range(3)])]))
    seen: list[str] = []
    query: dict[str, Any] = {"page_size": 2}

    while query.get("cursor", "") is not None:
        answer = get("faqs/entries/", **query)
        seen += [entry["question"] for entry in answer.json()["items"]]
        query["cursor"] = answer.json()["next"]

    assert seen == ["x0?", "x1?", "x2?", "y0?", "y1?", "y2?"]
    assert "Link" not in answer.headers


@pytest.mark.django_db
def test_questions_follow_their_page(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    with committed():
        page = faq(body=json.dumps([faq_block(("A?", ""), ("B?", ""))]))
    with committed():
        page.body = json.dumps([faq_block(("B?", ""))])
        page.save_revision().publish()
    assert [e["question"] for e in get("faqs/entries/").json()["items"]] == ["B?"]

    with committed():
        page.unpublish()
    assert get("faqs/entries/").json()["items"] == []


@pytest.mark.django_db
def test_queries_do_not_grow_with_the_questions(
    get: Callable[..., Any], committed: Callable[[], Any]
) -> None:
    def ask() -> None:
        assert get("faqs/entries/", page_size=100, q="a").status_code == 200

    with committed():
        faq(body=json.dumps([faq_block(("A?", ""))]))
    with CaptureQueriesContext(connection) as few:
        ask()
    with committed():
        for _ in range(5):
            faq(body=json.dumps([faq_block(*[(f"A{n}?", "") for n in range(6)])]))
    with CaptureQueriesContext(connection) as many:
        ask()

    assert len(few) == len(many) == 2
