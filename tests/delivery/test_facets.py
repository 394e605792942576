"""What a document may be found by: pure rules."""

from __future__ import annotations

from typing import Any

import pytest

from health_content.delivery.facets import FacetKind, document_facets
from health_content.document_facts import TopicFacts

BACK = TopicFacts(id=1, name="Back", slug="back", above=("muscles", "body"))
NECK = TopicFacts(id=2, name="Neck", slug="neck", above=("muscles", "body"))
SLEEP = TopicFacts(id=3, name="Sleep", slug="sleep")


def section(aspect: Any) -> dict[str, Any]:
    return {"type": "section", "health_aspect": aspect, "blocks": []}


@pytest.mark.parametrize(
    ("topics", "slugs"),
    [
        ((), set()),
        ((SLEEP,), {"sleep"}),
        ((BACK,), {"back", "muscles", "body"}),
        ((BACK, NECK, SLEEP), {"back", "neck", "muscles", "body", "sleep"}),
    ],
)
def test_who_looks_for_a_wider_topic_finds_the_narrower_ones_pages(
    topics: tuple[TopicFacts, ...], slugs: set[str]
) -> None:
    assert document_facets({"body": []}, topics) == {("topic", slug) for slug in slugs}


@pytest.mark.parametrize(
    ("body", "aspects"),
    [
        ([section("TreatmentsHealthAspect")], {"TreatmentsHealthAspect"}),
        ([section("A"), {"type": "quote"}, section("B"), section("A")], {"A", "B"}),
        ([section(None), section(1), section(["A"])], set()),
        (["A", None, 1, [section("A")]], set()),
        ([], set()),
        (None, set()),
        ("A", set()),
    ],
)
def test_a_section_is_found_by_its_aspect(body: Any, aspects: set[str]) -> None:
    found = document_facets({"body": body}, ())

    assert found == {("health_aspect", aspect) for aspect in aspects}


def test_a_topic_is_no_aspect_of_the_same_name() -> None:
    topic = TopicFacts(id=4, name="A", slug="a")

    found = document_facets({"body": [section("a")]}, (topic,))

    assert found == {(FacetKind.TOPIC, "a"), (FacetKind.HEALTH_ASPECT, "a")}
    assert document_facets({}, ()) == frozenset()
