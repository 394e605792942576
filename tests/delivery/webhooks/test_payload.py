"""What a webhook's body says, byte for byte."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from health_content.delivery.webhooks.payload import Subject, build_payload, thin_safety

MOMENT = datetime(2026, 11, 22, 13, 0, 0, 999_999, tzinfo=timezone(timedelta(hours=1)))
SAFETY: Any = {
    "audience": "public",
    "disclaimers": [
        {
            "key": "general",
            "version": 2,
            "placement": "start",
            "title": "General",
            "kind": "other",
            "body": {"html": "<p>No advice.</p>"},
        }
    ],
    "withdrawn": None,
}


def test_body_has_every_key_and_the_time_of_the_event() -> None:
    subject = Subject(
        id=3, path="/sueño/", version=4, severity="high", cursor="c9", tags=("page-3", "self-3"),
        href="https://example.org/api/content/v1/articles/3/", safety=SAFETY,
    )  # fmt: skip

    body = build_payload("article.withdrawn", MOMENT, subject, {"reason": "Wrong dose"})

    assert body == (
        '{"type":"article.withdrawn","timestamp":"2026-11-22T12:00:00Z","data":{"id":3,'
        '"path":"/sue\\u00f1o/","version":4,"severity":"high","cursor":"c9",'
        '"tags":["page-3","self-3"],'
        '"href":"https://example.org/api/content/v1/articles/3/",'
        '"safety":{"audience":"public",'
        '"disclaimers":[{"key":"general","version":2,"placement":"start"}],'
        '"withdrawn":null},"reason":"Wrong dose"}}'
    )


def test_what_is_not_known_is_null() -> None:
    moment = datetime(2026, 11, 22, tzinfo=UTC)

    body = json.loads(build_payload("webhook.test", moment, Subject(id=0), {}))

    assert body == {
        "type": "webhook.test",
        "timestamp": "2026-11-22T00:00:00Z",
        "data": {
            "id": 0,
            "path": None,
            "version": None,
            "severity": None,
            "cursor": None,
            "tags": [],
            "href": None,
            "safety": None,
        },
    }


@pytest.mark.parametrize(
    ("disclaimers", "expected"),
    [
        ([], []),
        (None, []),
        ("general", []),
        (["general", None], []),
        ([{"body": "x"}], [{"key": None, "version": None, "placement": None}]),
        (
            [{"key": "b", "version": 1, "placement": "end"}, *SAFETY["disclaimers"]],
            [
                {"key": "b", "version": 1, "placement": "end"},
                {"key": "general", "version": 2, "placement": "start"},
            ],
        ),
    ],
)
def test_wording_is_left_to_the_document(disclaimers: Any, expected: Any) -> None:
    given = SAFETY | {"disclaimers": disclaimers}

    assert thin_safety(given) == SAFETY | {"disclaimers": expected}


def test_thinning_changes_no_envelope_but_the_one_it_gives() -> None:
    before = json.dumps(SAFETY)

    once = thin_safety(SAFETY)

    assert json.dumps(SAFETY) == before
    assert thin_safety(once) == once
    assert thin_safety({}) == {"disclaimers": []}
