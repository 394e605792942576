"""Lists by subject, by review and by range; and the one address of every answer."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from health_content.delivery.models import PublishedDocument
from tests.factories import article, block, home_page, topic

if TYPE_CHECKING:
    from collections.abc import Callable

    Get = Callable[..., Any]
    Committed = Callable[[], Any]

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
START = datetime(2026, 1, 1, tzinfo=UTC)


def ids(get: Get, path: str = "articles/", **query: Any) -> list[int]:
    answer = get(path, **query)
    assert answer.status_code == 200, answer.content
    return [item["id"] for item in answer.json()["items"]]


def crawl(get: Get, path: str = "articles/", **query: Any) -> list[int]:
    """Return the ids of all pages of the list."""
    found: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        given = query | ({"cursor": cursor} if cursor else {})
        answer = get(path, **given).json()
        found += [item["id"] for item in answer["items"]]
        cursor = answer["next"]
    return found


def reviewed(
    page: Any, status: str, last: datetime | None, due: datetime | None
) -> int:
    """Give the row of *page* a review, as a document with one would."""
    PublishedDocument.objects.filter(pk=page.pk).update(
        review_status=status, last_reviewed_at=last, next_review_at=due
    )
    return int(page.pk)


@pytest.fixture
def articles(committed: Committed) -> list[Any]:
    with committed():
        return [article() for _ in range(6)]


def test_lists_by_topic_have_the_pages_of_narrower_topics(
    get: Get, committed: Committed
) -> None:
    muscles = topic("Muscles")
    back, knee = topic("Back pain", parent=muscles), topic("Knee pain", parent=muscles)
    with committed():
        wide, narrow = article(topics=[muscles]), article(topics=[back, knee])
        article(topics=[topic("Sleep")])
        article()

    assert sorted(ids(get, topic="muscles")) == [wide.pk, narrow.pk]
    assert ids(get, topic="back-pain") == [narrow.pk]
    assert ids(get, "pages/", topic="nothing") == []
    assert get("articles/", topic="muscles", count="exact").json()["count"] == 2


def test_lists_by_aspect(get: Get, committed: Committed) -> None:
    value = {"heading": "Safe?", "health_aspect": "SafetyHealthAspect", "level": "2"}
    section = block("section", value | {"blocks": []})
    with committed():
        page = article(body=json.dumps([section]))
        article()

    assert ids(get, health_aspect="SafetyHealthAspect") == [page.pk]
    assert ids(get, health_aspect="CausesHealthAspect") == []


def test_lists_by_review(get: Get, articles: list[Any]) -> None:
    old = reviewed(articles[0], "overdue", START, START + DAY)
    new = reviewed(articles[1], "current", START + 9 * DAY, START + 90 * DAY)

    assert ids(get, review_status="overdue") == [old]
    assert len(ids(get, review_status="none")) == 4
    assert ids(get, reviewed_before="2026-01-10T00:00:00Z") == [old]
    assert ids(get, reviewed_before="2026-01-01") == []
    assert ids(get, last_reviewed_gte="2026-01-10") == [new]
    assert ids(get, last_reviewed_lte="2026-01-01") == [old]
    assert ids(get, next_review_lte="2026-01-02") == [old]
    assert ids(get, next_review_gte="2026-01-03") == [new]


@pytest.mark.parametrize(
    "field", ["first_published_at", "last_published_at", "updated_at"]
)
def test_lists_by_range_of_time(get: Get, articles: list[Any], field: str) -> None:
    for number, page in enumerate(articles):
        PublishedDocument.objects.filter(pk=page.pk).update(
            **{field: START + number * DAY}
        )
    wanted = {f"{field}_gte": "2026-01-02", f"{field}_lte": "2026-01-04T00:00:00Z"}

    assert ids(get, order="id", **wanted) == [page.pk for page in articles[1:4]]


def test_lists_by_range_of_version(
    get: Get, articles: list[Any], committed: Committed
) -> None:
    with committed():
        articles[2].title = "Better"
        articles[2].save()

    assert ids(get, version_gte=2) == [articles[2].pk]
    assert len(ids(get, version_lte=1)) == 5
    assert ids(get, version_gte=2, version_lte=2) == [articles[2].pk]


@pytest.mark.parametrize("name", ["last_reviewed", "next_review"])
@pytest.mark.parametrize("page_size", [1, 2, 4, 100])
def test_pages_without_a_review_come_last_in_both_orders(
    get: Get, articles: list[Any], name: str, page_size: int
) -> None:
    first, second, third = articles[:3]
    for page, number in ((second, 1), (first, 2), (third, 2)):
        reviewed(page, "current", START + number * DAY, START + number * DAY)
    rest = [page.pk for page in articles[3:]]

    upward = crawl(get, order=name, page_size=page_size)
    downward = crawl(get, order=f"-{name}", page_size=page_size)

    assert upward == [second.pk, first.pk, third.pk, *rest]
    assert downward == [third.pk, first.pk, second.pk, *reversed(rest)]


def test_an_order_with_gaps_has_fields_and_filters_too(
    get: Get, articles: list[Any]
) -> None:
    reviewed(articles[3], "due", START, START)

    found = get(
        "pages/",
        order="next_review",
        fields="title",
        parent=home_page().pk,
        page_size=2,
    ).json()

    assert found["items"][0]["title"] == articles[3].title
    assert set(found["items"][0]) == {"id", "type", "title", "safety"}
    assert found["next"] is not None


FILTERS: list[dict[str, Any]] = [
    {"topic": "muscles"},
    {"health_aspect": "SafetyHealthAspect"},
    {"review_status": "none"},
    {"reviewed_before": "2030-01-01"},
    {"version_gte": 1, "updated_at_gte": "2020-01-01"},
    {"order": "next_review"},
    {"order": "-last_reviewed", "include": "body"},
]


@pytest.mark.parametrize("query", FILTERS)
def test_filters_cost_as_many_queries_for_two_pages_as_for_many(
    get: Get, committed: Committed, query: dict[str, Any]
) -> None:
    muscles = topic("Muscles")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert get("pages/", page_size=100, **query).status_code == 200
        return len(queries)

    with committed():
        article(topics=[muscles])
    few = cost()
    with committed():
        for _ in range(9):
            article(topics=[muscles])

    assert cost() == few == 1


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("topic=", "invalid-value"),
        ("topic=a/b", "invalid-value"),
        ("health_aspect=Safety", "invalid-value"),
        ("review_status=good", "invalid-value"),
        ("reviewed_before=soon", "invalid-value"),
        ("version_gte=0", "invalid-value"),
        ("version_gt=1", "unknown-parameter"),
        ("title_gte=a", "unknown-parameter"),
        ("next_review_gte=2026-01-01&next_review_gte=2026-01-02", "repeated-parameter"),
    ],
)
def test_what_is_no_filter_is_refused(get: Get, query: str, code: str) -> None:
    pairs = [part.split("=") for part in query.split("&")]
    path = "pages/?" + "&".join("=".join(pair) for pair in pairs)

    answer = get(path)

    assert answer.status_code == 400
    assert [fault["code"] for fault in answer.json()["errors"]] == [code]


# One address for equal answers.

SPELLINGS = [
    ("pages", "/api/content/v1/pages/"),
    ("pages?page_size=20", "/api/content/v1/pages/"),
    ("pages/?order=-last_published_at&page_size=020", "/api/content/v1/pages/"),
    (
        "pages/?include=seo,body&locale=en",
        "/api/content/v1/pages/?locale=en&include=body,seo",
    ),
    (
        "pages/?updated_since=2026-01-01T02:00:00%2B02:00",
        "/api/content/v1/pages/?updated_since=2026-01-01T00:00:00Z",
    ),
    (
        "pages/?updated_since=2026-01-01",
        "/api/content/v1/pages/?updated_since=2026-01-01T00:00:00Z",
    ),
    ("resolve?path=%2F", "/api/content/v1/resolve/?path=/"),
]


@pytest.mark.parametrize(("asked", "canonical"), SPELLINGS)
def test_every_spelling_of_a_query_names_the_canonical_address(
    get: Get, committed: Committed, asked: str, canonical: str
) -> None:
    with committed():
        article()

    answer, same = get(asked), get(canonical.removeprefix("/api/content/v1/"))

    assert answer["Content-Location"] == canonical
    assert answer.content == same.content
    assert "Content-Location" not in same.headers
    again = get(asked, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert again["Content-Location"] == canonical


def test_a_refused_query_has_no_canonical_address(get: Get) -> None:
    assert "Content-Location" not in get("pages/?color=red").headers


def test_canonical_addresses_are_in_the_order_of_the_grammar() -> None:
    from health_content.delivery.api.grammar import UNION_LIST_PARAMETERS
    from health_content.delivery.api.query import canonical_query

    words = {"version_gte": "2", "topic": "b", "locale": "en", "type": "faq"}
    queries = [
        "&".join(f"{k}={v}" for k, v in pairs)
        for pairs in (words.items(), reversed(words.items()))
    ]

    first, second = (canonical_query(q, UNION_LIST_PARAMETERS) for q in queries)

    assert first == second == "type=faq&locale=en&topic=b&version_gte=2"
