"""Which disclaimers a page shows, and why: the rules, without a database."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.disclaimer_rules import (
    MANDATORY_KINDS,
    PLACEMENTS,
    Choice,
    Entry,
    Origin,
    PageSituation,
    Rule,
    Shown,
    Source,
    Why,
    has_rules,
    read_choices,
    read_inline,
    read_rules,
    resolve_disclaimers,
)


def entry(number: int, kind: str = "other", **more: Any) -> Entry:
    return Entry(**{"id": number, "key": f"key-{number}", "kind": kind} | more)


def library(*entries: Entry) -> dict[int, Entry]:
    return {each.id: each for each in entries}


def chosen(*numbers: int) -> tuple[Choice, ...]:
    return tuple(Choice(id=number) for number in numbers)


def topic(*numbers: int, distance: int = 0, pk: int = 70) -> Source:
    name = f"Topic {distance}"
    return Source(name=name, distance=distance, choices=chosen(*numbers), ids=frozenset({pk}))  # fmt: skip


def section(*numbers: int, distance: int = 0) -> Source:
    name = f"Section {distance}"
    return Source(name=name, distance=distance, choices=chosen(*numbers))


def ids(shown: tuple[Shown, ...]) -> list[int]:
    return [each.id for each in shown]


def whys(shown: tuple[Shown, ...]) -> dict[int, tuple[str, str]]:
    return {each.id: (str(each.why.code), each.why.name) for each in shown}


# From where


def test_a_page_shows_what_everything_around_it_says_and_each_says_why():
    page = PageSituation(
        own=chosen(1),
        in_text=(2,),
        topics=(topic(3), topic(4, distance=1)),
        sections=(section(5), section(6, distance=1)),
        content_kind="medicine",
        risk_tier="high",
        traits=frozenset({"commercial", "ai", "translation", "replies_open"}),
    )
    rules = [
        Rule(kind="content_kind", value="medicine"),
        Rule(kind="risk_tier", value="high"),
        *(Rule(kind="trait", value=t) for t in ("commercial", "ai", "translation", "replies_open")),
    ]  # fmt: skip
    known = library(
        *(entry(number) for number in range(1, 7)),
        *(entry(10 + n, rules=(rule,)) for n, rule in enumerate(rules)),
        entry(20, rules=(Rule(kind="topic", value=70),)),
        entry(30, is_on_every_page=True),
        entry(40),
    )

    shown = resolve_disclaimers(page, known)

    assert whys(shown) == {
        1: ("page", ""),
        2: ("text", ""),
        3: ("topic", "Topic 0"),
        4: ("topic", "Topic 1"),
        5: ("section", "Section 0"),
        6: ("section", "Section 1"),
        10: ("content_kind", "medicine"),
        11: ("risk_tier", "high"),
        12: ("commercial", ""),
        13: ("ai", ""),
        14: ("translation", ""),
        15: ("replies_open", ""),
        20: ("topic", "Topic 0"),
        30: ("every_page", ""),
    }


@pytest.mark.parametrize(
    "rule",
    [
        Rule(kind="topic", value=71),
        Rule(kind="content_kind", value="news"),
        Rule(kind="content_kind", value=""),
        Rule(kind="risk_tier", value="low"),
        Rule(kind="trait", value="ai"),
        Rule(kind="trait", value="page"),
    ],
)
def test_a_rule_about_other_pages_says_nothing_here(rule: Rule):
    page = PageSituation(
        topics=(topic(pk=70),),
        content_kind="medicine",
        risk_tier="high",
        traits=frozenset({"commercial", "page"}),
    )

    assert resolve_disclaimers(page, library(entry(1, rules=(rule,)))) == ()


def test_a_rule_about_a_topic_holds_for_the_pages_of_those_below_it():
    page = PageSituation(topics=(topic(pk=8), topic(distance=1, pk=7)))
    known = library(entry(1, rules=(Rule(kind="topic", value=7),)))

    assert whys(resolve_disclaimers(page, known)) == {1: ("topic", "Topic 1")}


def test_of_two_reasons_the_nearer_one_is_told():
    page = PageSituation(
        topics=(topic(1, distance=1), topic(distance=2, pk=9)), content_kind="news"
    )
    rules = (
        Rule(kind="content_kind", value="news"),
        Rule(kind="topic", value=9),
    )
    known = library(entry(1, is_on_every_page=True, rules=rules))

    assert whys(resolve_disclaimers(page, known)) == {1: ("topic", "Topic 1")}


def test_a_page_that_is_no_health_page_shows_what_it_names():
    page = PageSituation(
        own=chosen(1), in_text=(2,), is_heir=False, topics=(topic(3),), sections=(section(4),)
    )  # fmt: skip
    known = library(*map(entry, range(1, 5)), entry(5, is_on_every_page=True))

    assert ids(resolve_disclaimers(page, known)) == [1, 2]


def test_what_the_library_has_not_is_not_shown():
    page = PageSituation(own=chosen(1), in_text=(2,), topics=(topic(3),))

    assert resolve_disclaimers(page, {}) == ()


# Of one kind the most specific


@pytest.mark.parametrize("kind", ["medical_information", "ai", "helpline"])
def test_of_one_kind_the_most_specific_is_shown(kind: str):
    rule = (Rule(kind="content_kind", value="news"),)
    known = library(
        *(entry(number, kind) for number in range(1, 6)), entry(6, kind, rules=rule)
    )
    around: dict[str, Any] = {"content_kind": "news"}
    steps: list[tuple[dict[str, Any], int]] = [
        ({"sections": (section(5, distance=1),)}, 5),
        ({"sections": (section(4), section(5, distance=1))}, 4),
        ({"topics": (topic(3, distance=1),)}, 3),
        ({"topics": (topic(2), topic(3, distance=1))}, 2),
        ({"own": chosen(1)}, 1),
    ]

    assert ids(resolve_disclaimers(PageSituation(**around), known)) == [6]
    for more, winner in steps:
        around |= more
        assert ids(resolve_disclaimers(PageSituation(**around), known)) == [winner]


def test_what_stands_at_the_same_distance_stands_together():
    known = library(*(entry(number, "ai") for number in range(1, 5)))

    own = PageSituation(own=chosen(2, 1), topics=(topic(3),))
    topics = PageSituation(topics=(topic(3), replace(topic(4), name="Another")))

    assert ids(resolve_disclaimers(own, known)) == [2, 1]
    assert ids(resolve_disclaimers(topics, known)) == [3, 4]


def test_others_have_nothing_in_common():
    page = PageSituation(own=chosen(1), topics=(topic(2),), sections=(section(3),))

    assert ids(resolve_disclaimers(page, library(*map(entry, (1, 2, 3))))) == [1, 2, 3]


def test_what_is_on_every_page_gives_way_to_nothing():
    page = PageSituation(own=chosen(1), replace_reason="The law wants another one.")
    known = library(entry(1, "ai"), entry(2, "ai", is_on_every_page=True))

    assert ids(resolve_disclaimers(page, known)) == [1, 2]


def test_what_is_on_every_page_takes_the_place_of_nothing_nearer():
    page = PageSituation(topics=(topic(1),), content_kind="news")
    rule = (Rule(kind="content_kind", value="news"),)
    known = library(entry(1, "ai"), entry(2, "ai", is_on_every_page=True), entry(3, "helpline", rules=rule))  # fmt: skip

    assert ids(resolve_disclaimers(page, known)) == [1, 3, 2]


def test_what_stands_in_the_text_takes_nobodys_place_and_gives_way_to_nothing():
    page = PageSituation(
        own=chosen(1), in_text=(2,), topics=(topic(3),), replace_reason="Because."
    )
    known = library(entry(1, "helpline"), entry(2, "ai"), entry(3, "affiliate"))

    assert ids(resolve_disclaimers(page, known)) == [1, 3, 2]


def test_a_key_is_shown_once_where_the_nearest_wants_it():
    twin = replace(entry(2), key="key-1")
    page = PageSituation(
        own=(Choice(id=1, placement="start", version=3),),
        in_text=(1,),
        topics=(topic(1, 2),),
    )

    shown = resolve_disclaimers(
        page, library(entry(1, is_on_every_page=True, placement="end"), twin)
    )

    assert shown == (
        Shown(id=1, placement="start", why=Why(code=Origin.PAGE), version=3),
    )


# A reason to replace


def test_a_reason_leaves_out_what_is_inherited():
    page = PageSituation(
        own=chosen(1),
        topics=(topic(2),),
        sections=(section(3),),
        content_kind="news",
        replace_reason="Written by lawyers for this page.",
    )
    rule = (Rule(kind="content_kind", value="news"),)
    known = library(entry(1), entry(2, "ai"), entry(3), entry(4, "replies", rules=rule))

    assert ids(resolve_disclaimers(page, known)) == [1]
    assert ids(
        resolve_disclaimers(replace(page, replace_reason=" "), known)
    ) == [1, 2, 3, 4]  # fmt: skip


@pytest.mark.parametrize("kind", sorted(MANDATORY_KINDS))
def test_no_reason_leaves_out_a_kind_that_must_be_there(kind: str):
    page = PageSituation(topics=(topic(2),), replace_reason="We know better.")

    assert ids(resolve_disclaimers(page, library(entry(2, kind)))) == [2]


def test_another_of_the_kind_does():
    page = PageSituation(own=chosen(1), topics=(topic(2),), replace_reason="Because.")
    known = library(entry(1, "helpline"), entry(2, "helpline"))

    assert ids(resolve_disclaimers(page, known)) == [1]


# Order


def test_the_order_is_that_of_placement_and_then_of_nearness():
    page = PageSituation(
        own=(Choice(id=1), Choice(id=2, placement="start")),
        in_text=(3,),
        topics=(
            Source(name="T", distance=0, choices=(Choice(id=4, placement="start"),)),
        ),
    )
    known = library(*map(entry, range(1, 5)), entry(5, placement="start", is_on_every_page=True))  # fmt: skip

    assert ids(resolve_disclaimers(page, known)) == [2, 4, 5, 1, 3]


NUMBERS = st.integers(1, 8)
KINDS = st.sampled_from(["medical_information", "ai", "other", "replies"])
CHOICES = st.lists(NUMBERS, max_size=3).map(lambda n: chosen(*n))
SOURCES = st.lists(
    st.builds(Source, name=st.just("S"), distance=st.integers(0, 2), choices=CHOICES),
    max_size=3,
).map(tuple)
PAGES = st.builds(
    PageSituation,
    own=CHOICES,
    in_text=st.lists(NUMBERS, max_size=2).map(tuple),
    replace_reason=st.sampled_from(["", "Because."]),
    topics=SOURCES,
    sections=SOURCES,
)
LIBRARIES = st.lists(
    st.builds(
        lambda n, kind, everywhere: entry(n, kind, is_on_every_page=everywhere),
        NUMBERS,
        KINDS,
        st.booleans(),
    )
).map(lambda entries: library(*entries))


@given(PAGES, LIBRARIES)
def test_whatever_is_chosen(page: PageSituation, known: dict[int, Entry]):
    shown = resolve_disclaimers(page, known)

    keys = [known[each.id].key for each in shown]
    assert len(keys) == len(set(keys))
    assert {c.id for c in page.own if c.id in known} <= set(ids(shown))
    assert {n for n in page.in_text if n in known} <= set(ids(shown))
    assert {n for n, each in known.items() if each.is_on_every_page} <= set(ids(shown))
    places = [PLACEMENTS.index(each.placement) for each in shown]
    assert places == sorted(places)
    offered = {c.id for s in (*page.topics, *page.sections) for c in s.choices} & set(known)  # fmt: skip
    lost = {known[n].kind for n in offered} - {known[n].kind for n in ids(shown)}
    assert not lost & MANDATORY_KINDS


# What is stored


def test_choices_are_read_as_they_are_stored():
    stream = [
        {"type": "disclaimer", "value": {"disclaimer": 1, "placement": "start", "version": 2}},
        {"type": "disclaimer", "value": {"disclaimer": 3, "placement": "nowhere", "version": None}},
        {"type": "disclaimer", "value": {"disclaimer": 4, "version": True}},
        {"type": "disclaimer", "value": {"disclaimer": None}},
        {"type": "disclaimer", "value": None},
        "x",
    ]  # fmt: skip

    assert read_choices(stream) == (
        Choice(id=1, placement="start", version=2),
        Choice(id=3, placement="end"),
        Choice(id=4, placement="end"),
    )
    assert read_choices(None) == ()


def test_rules_are_read_as_they_are_stored():
    stream = [
        {"type": "topic", "value": 5},
        {"type": "topic", "value": None},
        {"type": "content_kind", "value": "news"},
        {"type": "risk_tier", "value": ""},
        {"type": "trait", "value": "ai"},
        {"type": "trait", "value": 3},
        {"type": "unknown", "value": "x"},
    ]

    assert read_rules(stream) == (
        Rule(kind="topic", value=5),
        Rule(kind="content_kind", value="news"),
        Rule(kind="trait", value="ai"),
    )


def test_what_stands_in_the_text_is_found_in_sections_too():
    inside = {"type": "disclaimer", "value": {"disclaimer": 2}}
    stream = [
        {"type": "disclaimer", "value": {"disclaimer": 1}},
        {"type": "disclaimer", "value": {}},
        {"type": "section", "value": {"blocks": [inside]}},
    ]

    assert read_inline(stream) == (1, 2)


@pytest.mark.parametrize(
    ("stored", "has_some"),
    [(None, False), ("", False), ("[]", False), ([], False), ("[{}]", True), ([{}], True)],
)  # fmt: skip
def test_a_draft_says_whether_it_has_rules(stored: Any, has_some: bool):
    assert has_rules(stored) is has_some
