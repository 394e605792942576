"""Instants to wordings, without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from health_content.delivery.as_of import (
    Wording,
    disclaimer_then,
    exact,
    proof_of,
    recorded_disclaimers,
    with_ends,
    wording_then,
)

DAY = datetime(2026, 3, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def wording(number: int, day: int, *, chain: int = 1, **more: Any) -> Wording:
    values = {
        "key": "general", "locale": "en", "title": "General", "body_html": f"<p>{number}</p>", "text_sha": "t", "hash": "h",
    }  # fmt: skip
    return Wording(
        chain=chain, number=number, live_from=DAY + timedelta(days=day), **values | more
    )


def recorded(version: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "key": "general", "version": version, "title": "General", "kind": "other", "placement": "end",
        "body": {"html": "<p>recorded</p>"}, "wording": "latest", "why": {"code": "page", "name": None},
    } | more  # fmt: skip


CHAIN = with_ends([wording(1, 0), wording(2, 1), wording(3, 2)])


def number_at(at: datetime, said: dict[str, Any] | None = None) -> int:
    then = wording_then(said or recorded(), CHAIN, locale="en", at=at)
    assert then.wording is not None
    return then.wording.number


def test_a_wording_ends_when_the_next_of_its_chain_begins():
    found = with_ends([wording(1, 0), wording(2, 1), wording(1, 5, chain=2)])

    assert [w.live_until for w in found] == [DAY + timedelta(days=1), None, None]
    assert with_ends([]) == []


def test_the_beginning_belongs_to_the_interval_and_the_end_does_not():
    second = DAY + timedelta(days=1)

    assert number_at(second - TICK) == 1
    assert number_at(second) == 2
    assert number_at(second + TICK) == 2
    assert number_at(DAY + timedelta(days=9)) == 3


def test_a_kept_wording_stays_whatever_became_the_newest():
    kept = recorded(wording="pinned")

    assert number_at(DAY + timedelta(days=9), kept) == 1


def test_before_every_interval_the_record_is_right():
    assert number_at(DAY - TICK, recorded(version=2)) == 2


def test_a_disclaimer_with_another_key_today_is_the_same_chain():
    chain = with_ends([wording(1, 0), wording(2, 1, key="renamed")])

    then = wording_then(recorded(), chain, locale="en", at=DAY + timedelta(days=2))

    told = disclaimer_then(then, sections=(), may_follow=lambda _href: True)
    assert (told["key"], told["version"]) == ("renamed", 2)


def test_the_language_of_the_page_comes_first():
    chain = [wording(1, 0, chain=2, locale="es"), wording(1, 0)]

    for locale in ("en", "es"):
        then = wording_then(recorded(), chain, locale=locale, at=DAY)
        assert then.wording is not None
        assert then.wording.locale == locale
    then = wording_then(recorded(), chain[:1], locale="fr", at=DAY)
    assert then.wording is not None
    assert then.wording.locale == "es"


def test_without_any_version_the_record_tells():
    then = wording_then(recorded(version=9), CHAIN, locale="en", at=DAY)

    told = disclaimer_then(then, sections=(), may_follow=lambda _href: True)

    assert told == recorded(version=9)
    assert set(proof_of(then).values()) == {None}
    empty = wording_then(recorded(version=9, body=None), CHAIN, locale="en", at=DAY)
    assert empty.html == ""


def test_links_that_lead_nowhere_today_become_text():
    html = '<p><a href="/a/">a</a> <a href="/b/">b</a></p>'
    chain = [wording(1, 0, body_html=html)]
    then = wording_then(recorded(), chain, locale="en", at=DAY)

    told: Any = disclaimer_then(then, sections=(), may_follow=lambda href: href == "/a/")  # fmt: skip

    assert told["body"]["html"] == '<p><a href="/a/">a</a> b</p>'


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ({"code": "section", "name": "Seen"}, {"code": "section", "name": "Seen"}),
        ({"code": "section", "name": "Hidden"}, {"code": "section", "name": None}),
        ({"code": "topic", "name": "Pain"}, {"code": "topic", "name": "Pain"}),
        (None, {"code": "page", "name": None}),
    ],
)
def test_a_section_is_named_while_it_can_be_seen(why: Any, told: Any):
    then = wording_then(recorded(why=why), CHAIN, locale="en", at=DAY)

    found = disclaimer_then(then, sections={"Seen"}, may_follow=lambda _href: True)

    assert found["why"] == told


def test_proof_is_exact():
    then = wording_then(recorded(), CHAIN, locale="en", at=DAY)

    assert proof_of(then) == {
        "locale": "en",
        "live_from": "2026-03-01T00:00:00Z",
        "live_until": "2026-03-02T00:00:00Z",
        "text_sha": "t",
        "hash": "h",
    }
    there = datetime(2026, 3, 1, 1, 0, 0, 5, timezone(timedelta(hours=1)))
    assert exact(there) == "2026-03-01T00:00:00.000005Z"
    assert exact(None) is None


@pytest.mark.parametrize(
    "document",
    [{}, {"safety": None}, {"safety": {}}, {"safety": {"disclaimers": ["x"]}}],
)
def test_a_record_without_disclaimers_has_none(document: Any):
    assert recorded_disclaimers(document) == []
