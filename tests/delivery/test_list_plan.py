"""What a page of a list costs the database: its rows, whatever the length of the list."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from health_content.delivery.cursors import Cursor
from health_content.delivery.queries import ListQuery
from health_content.delivery.selectors.lists import Matching

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "sqlite",
        reason="PostgreSQL plans by how many rows it believes there are; this tests the statement",
    ),
]
ORDERS = [
    sign + name
    for name in ("last_published_at", "first_published_at", "updated_at", "title", "id")
    for sign in ("", "-")
]


def plan(query: ListQuery) -> list[str]:
    statement, arguments = Matching(query, timezone.now(), connection).page()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}", arguments)
        return [row[3] for row in cursor.fetchall()]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("key", [None, 5])
def test_an_ordered_page_is_read_from_an_index(order: str, key: Any) -> None:
    cursor = None if key is None else Cursor(order=order, key=key, id=5)

    steps = plan(ListQuery(order=order, cursor=cursor))

    assert not any("TEMP B-TREE" in step for step in steps)
    assert not any(step.startswith("SCAN p") for step in steps)


@pytest.mark.parametrize("name", ["last_reviewed", "next_review"])
@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize("key", ["", 5, None])
def test_reviews_are_read_from_their_index_and_only_the_page_is_sorted(
    name: str, sign: str, key: Any
) -> None:
    order = sign + name
    cursor = None if key == "" else Cursor(order=order, key=key, id=5)

    steps = plan(ListQuery(order=order, cursor=cursor))

    reads = [step for step in steps if " d " in f"{step} "]
    assert len(reads) == (1 if key is None else 2)
    assert all(step.startswith("SEARCH d USING INDEX") for step in reads)
    assert sum("TEMP B-TREE" in step for step in steps) == 1
    assert not any(step.startswith("SCAN p") for step in steps)


@pytest.mark.parametrize(
    "fields", [{"topic": "back-pain"}, {"health_aspect": "SafetyHealthAspect"}]
)
def test_a_facet_is_looked_up_for_each_row_in_its_index(fields: dict[str, str]) -> None:
    steps = plan(ListQuery(**fields))  # type: ignore[arg-type]

    assert any(step.startswith("SEARCH f USING COVERING INDEX") for step in steps)
    assert not any("TEMP B-TREE" in step for step in steps)


@pytest.mark.parametrize(
    "fields", [{"type": "article"}, {"locale": "en"}, {"review_status": "overdue"}]
)
def test_the_common_filters_are_part_of_the_index(fields: dict[str, str]) -> None:
    steps = plan(ListQuery(**fields))  # type: ignore[arg-type]

    assert not any("TEMP B-TREE" in step for step in steps)
    assert any(step.startswith("SEARCH d USING INDEX") for step in steps)
