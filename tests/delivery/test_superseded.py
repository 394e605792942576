"""An earlier version in the frame of today's document: pure rules."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.delivery.superseded import find_links, superseded_document
from health_content.jsonld import build_jsonld

FILES: dict[str, Any] = {
    "width": 2,
    "height": 1,
    "pending": False,
    "sources": ["now"],
}
WORDING: dict[str, Any] = {
    "key": "general",
    "version": 9,
    "title": "General",
    "kind": "other",
    "placement": "start",
    "body": {"html": "<p>Of today.</p>"},
}
CURRENT: dict[str, Any] = {
    "id": 3,
    "type": "faq",
    "title": "Sleep, new",
    "url": "https://a.example/new/",
    "path": "/new/",
    "locale": "en",
    "summary": "New summary.",
    "introduction": {"html": "<p>New.</p>"},
    "body": [
        {
            "type": "section",
            "id": "s",
            "heading": "H",
            "health_aspect": None,
            "blocks": [{"type": "image", "image": {"key": "a", "alt": "New", **FILES}}],
        },
        {"type": "image", "image": None},
        7,
    ],
    "sources": ["new"],
    "topics": [{"slug": "sleep", "name": "Sleep"}],
    "breadcrumbs": [],
    "version": 5,
    "first_published_at": "2026-01-01T00:00:00Z",
    "last_published_at": "2026-05-01T00:00:00Z",
    "safety": {
        "disclaimers": [WORDING],
        "attribution": {"publisher": "Harbour", "licence": None},
        "review": {"reviewed_by": [], "last_reviewed": None, "next_review": None},
    },
    "seo": {
        "title": "New title",
        "description": "New description.",
        "robots": "index, follow",
        "canonical": "https://a.example/new/",
        "jsonld": {"@graph": ["new"]},
    },
}
OWN: dict[str, Any] = {
    "title": "Sleep, old",
    "summary": "Old summary.",
    "introduction": None,
    "body": [{"type": "quote", "text": "Old."}],
    "sources": [],
    "version": 2,
    "first_published_at": "2025-01-01T00:00:00Z",
    "last_published_at": "2025-02-01T00:00:00Z",
}
RECORDED = OWN | {
    "id": 3,
    "type": "article",
    "path": "/old/",
    "url": "https://a.example/old/",
    "topics": [],
    "safety": None,
    "seo": {"title": "Old title", "description": "Old description.", "robots": "all"},
}


def shown(
    recorded: dict[str, Any],
    current: dict[str, Any] = CURRENT,
    followed: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """Return the *recorded* version in the frame of *current*, where only *followed* may be linked to."""
    return superseded_document(
        recorded, current, superseded={"by": 5}, may_follow=followed.__contains__
    )


def section(*blocks: Any) -> dict[str, Any]:
    return {"type": "section", "id": "s", "heading": "H", "health_aspect": None, "blocks": [*blocks]}  # fmt: skip


def body_shown(*blocks: Any) -> Any:
    return shown({"body": list(blocks)})["body"]


def test_the_words_are_of_the_version_and_what_surrounds_them_is_of_today() -> None:
    document = shown(RECORDED)

    seo = document.pop("seo")
    around = {name: CURRENT[name] for name in ("id", "type", "url", "path", "locale", "topics", "breadcrumbs", "safety")}  # fmt: skip
    assert document == around | OWN | {"superseded": {"by": 5}}
    assert seo == {
        "title": "Old title",
        "description": "Old description.",
        "robots": "noindex",
        "canonical": "https://a.example/new/",
        "jsonld": build_jsonld(document, "Old description."),
    }
    assert seo["jsonld"]["@graph"][0]["name"] == "Sleep, old"
    assert seo["jsonld"]["@graph"][0]["@id"] == "https://a.example/new/#page"


@pytest.mark.parametrize("seo", [{}, {"seo": None}, {"seo": {}}])
def test_what_a_version_does_not_say_is_said_by_the_current_document(
    seo: dict[str, Any],
) -> None:
    document = shown(seo)

    assert {name: document[name] for name in OWN} == {
        name: CURRENT[name] for name in OWN
    }
    assert document["seo"]["title"] == "New title"
    assert document["seo"]["description"] == "New description."
    assert document["seo"]["robots"] == "noindex"


def test_a_picture_is_shown_while_the_page_shows_it() -> None:
    """By the files of today, with the words of the version."""
    old = {"key": "a", "alt": "Old", "sources": ["then"], "decorative": False}
    gone = {"key": "b", "alt": "Gone", "sources": ["then"]}

    blocks = body_shown(
        {"type": "image", "image": old, "caption": "Old caption"},
        {"type": "image", "image": gone},
        {"type": "image", "image": None},
        section({"type": "image", "image": gone}),
        7,
    )

    assert blocks == [
        {"type": "image", "image": {"key": "a", "alt": "Old", "decorative": False, **FILES}, "caption": "Old caption"},
        {"type": "image", "image": None},
        {"type": "image", "image": None},
        section({"type": "image", "image": None}),
        7,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        ({"key": "general", "version": 1, "body": {"html": "<p>Then.</p>"}}, WORDING | {"placement": "inline"}),
        ({"key": "taken-back", "version": 1, "body": {"html": "<p>Then.</p>"}}, None),
        (None, None),
    ],
)  # fmt: skip
def test_a_disclaimer_has_the_wording_of_today_or_none(
    recorded: dict[str, Any] | None, expected: dict[str, Any] | None
) -> None:
    block = {"type": "disclaimer", "id": "d", "disclaimer": recorded}

    [found] = body_shown(block)
    [around] = body_shown(section(block))

    assert found == {"type": "disclaimer", "id": "d", "disclaimer": expected}
    assert around["blocks"] == [found]


def test_links_that_lead_nowhere_public_are_text_wherever_they_stand() -> None:
    both = {"html": '<p><a href="/a/">a</a> <a href="/b/">b</a></p>'}
    left = {"html": '<p>a <a href="/b/">b</a></p>'}
    recorded = {
        "introduction": both,
        "body": [
            {"type": "rich_text", "body": both},
            section({"type": "faq", "items": [{"question": "Q <a>", "answer": both}]}),
            {"type": "table", "rows": [{"cells": [{"type": "rich_text", "body": both}]}]},
            {"type": "odd", "html": None},
        ],
    }  # fmt: skip

    document = shown(recorded, followed=frozenset({"/b/"}))

    assert document["introduction"] == left
    assert document["body"] == [
        {"type": "rich_text", "body": left},
        section({"type": "faq", "items": [{"question": "Q <a>", "answer": left}]}),
        {"type": "table", "rows": [{"cells": [{"type": "rich_text", "body": left}]}]},
        {"type": "odd", "html": None},
    ]  # fmt: skip
    assert find_links(recorded) == {"/a/", "/b/"}


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"introduction": None, "body": None},
        {"introduction": "<a href='/a/'>a</a>", "body": ["<a href='/a/'>a</a>", 7]},
        {"introduction": {"html": 7}, "body": [{"html": None}]},
        {"summary": {"html": '<a href="/a/">a</a>'}},
    ],
)
def test_only_rich_texts_have_links(document: dict[str, Any]) -> None:
    assert find_links(document) == frozenset()


def test_a_page_that_is_hidden_now_is_not_named_wherever_it_was_chosen() -> None:
    def page(name: str) -> dict[str, Any]:
        return {"id": 1, "title": name, "path": f"/{name}/", "url": f"https://a.example/{name}/"}  # fmt: skip

    def asked(name: str) -> dict[str, Any]:
        question = {
            "anchor": "q",
            "question": "Q",
            "answer": {"html": name},
            "source": page(name),
        }
        return {"type": "faq_ref", "id": "f", "question": question}

    document = shown(
        {
            "body": [
                {"type": "related", "pages": [page("gone"), page("here")]},
                {"type": "approach_list", "items": [{"page": page("gone")}, {"page": page("here")}]},
                asked("gone"),
                asked("here"),
                {"type": "faq_ref", "id": "f", "question": None},
            ]
        },
        followed=frozenset({page("here")["url"]}),
    )  # fmt: skip

    assert "gone" not in json.dumps(document)
    assert document["body"] == [
        {"type": "related", "pages": [page("here")]},
        {"type": "approach_list", "items": [{"page": None}, {"page": page("here")}]},
        {"type": "faq_ref", "id": "f", "question": None},
        asked("here"),
        {"type": "faq_ref", "id": "f", "question": None},
    ]


def test_plain_addresses_are_followed_like_links() -> None:
    body = [{"type": "quote", "source_url": "/a/"}, {"type": "quote", "source_url": "/b/"}]  # fmt: skip
    sources = [{"csl": {"id": "x", "URL": "/a/"}, "url": "/a/"}]
    recorded = {"body": body, "sources": sources}

    document = shown(recorded, followed=frozenset({"/b/"}))

    assert find_links(recorded) == {"/a/", "/b/"}
    assert [each["source_url"] for each in document["body"]] == [None, "/b/"]
    assert document["sources"] == [{"csl": {"id": "x"}, "url": None}]


HTML = st.sampled_from(
    ["", "a", '<a href="/a/">a</a>', '<p><a href="/b/">b</a> <a href="/a/">a</a></p>']
)
KEYS = st.sampled_from(["a", "b", "general"])
TEXTS = st.fixed_dictionaries({"html": HTML})
IMAGES = st.fixed_dictionaries(
    {"type": st.just("image"), "image": st.none() | st.fixed_dictionaries({"key": KEYS, "sources": st.just(["then"])})}
)  # fmt: skip
DISCLAIMERS = st.fixed_dictionaries(
    {"type": st.just("disclaimer"), "disclaimer": st.none() | st.fixed_dictionaries({"key": KEYS, "body": TEXTS})}
)  # fmt: skip
PARTS = st.recursive(
    IMAGES | DISCLAIMERS | st.fixed_dictionaries({"type": st.just("text"), "body": TEXTS}) | st.integers(),
    lambda inner: st.fixed_dictionaries(
        {"type": st.just("list"), "items": st.lists(inner, max_size=3)}
    ),
    max_leaves=9,
)  # fmt: skip


@given(st.lists(PARTS, max_size=4), st.sets(st.sampled_from(["/a/", "/b/"])))
def test_no_version_shows_what_is_hidden_today(body: Any, public: set[str]) -> None:
    before = json.dumps([CURRENT, body])

    document = shown({"body": body}, followed=frozenset(public))

    assert find_links(document) <= public
    assert "then" not in json.dumps(document)
    assert json.dumps([CURRENT, body]) == before
    assert shown(document, followed=frozenset(public)) == document
