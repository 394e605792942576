"""One question, one canonical address; and what routes say that are to go."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import resolve
from hypothesis import given
from hypothesis import strategies as st

from health_content.checks import check_deprecations
from health_content.delivery.api import urls
from health_content.delivery.api.document_fields import DOCUMENT_FIELDS
from health_content.delivery.api.grammar import (
    RESOLVE_PARAMETERS,
    UNION_LIST_PARAMETERS,
)
from health_content.delivery.api.query import canonical_query, parse_query
from health_content.delivery.api.schema import openapi_document
from health_content.delivery.api.schema.deprecations import EXAMPLES
from health_content.deprecation import deprecation_headers
from tests.factories import article

API = "/api/content/v1/"


@pytest.mark.parametrize(
    ("given_query", "canonical"),
    [
        ("", ""),
        ("page_size=20", ""),
        ("order=-last_published_at&page_size=020", ""),
        ("page_size=5&locale=en", "locale=en&page_size=5"),
        ("locale=en&page_size=05", "locale=en&page_size=5"),
        ("site=EXAMPLE.org", "site=example.org"),
        ("fields=title,path", "fields=path,title"),
        ("updated_since=2026-01-31", "updated_since=2026-01-31T00:00:00Z"),
        ("updated_since=2026-01-31T01:00:00%2B01:00", "updated_since=2026-01-31T00:00:00Z"),
        ("updated_since=2026-01-31t00:00:00z", "updated_since=2026-01-31T00:00:00Z"),
        ("slug=%73leep", "slug=sleep"),
        ("locale=EN", "locale=en"),
        ("locale=eS", "locale=es"),
        ("locale=XX", "locale=xx"),
    ],
)  # fmt: skip
def test_a_list_has_one_spelling(given_query: str, canonical: str) -> None:
    assert canonical_query(given_query, UNION_LIST_PARAMETERS) == canonical


@pytest.mark.parametrize(
    "path",
    [
        "/sleep",
        "/sleep/",
        "%2Fsleep%2F",
        "/%73leep//",
        "/sleep/%23top",
        "/sleep%23a%3Fb",
    ],
)
def test_a_path_has_one_spelling(path: str) -> None:
    assert canonical_query(f"path={path}", RESOLVE_PARAMETERS) == "path=/sleep/"


@given(path=st.text("/ab%235Fé?#&=", max_size=12))
def test_the_spelling_of_a_path_is_its_own(path: str) -> None:
    canonical = canonical_query(urlencode({"path": f"/{path}"}), RESOLVE_PARAMETERS)

    assert canonical == canonical_query(canonical, RESOLVE_PARAMETERS)


PAIRS = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["article", "faq"]),
        "site": st.sampled_from(["a.example", "A.example:8000"]),
        "parent": st.integers(1, 9),
        "page_size": st.integers(1, 100),
        "order": st.sampled_from(["title", "-last_published_at"]),
        "fields": st.lists(st.sampled_from(DOCUMENT_FIELDS), min_size=1, max_size=4, unique=True).map(",".join),
        "updated_since": st.dates().map(str),
    },
)  # fmt: skip


@given(pairs=PAIRS, data=st.data())
def test_any_order_has_the_same_spelling_which_is_its_own(
    pairs: dict[str, Any], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(list(pairs.items())))
    canonical = canonical_query(urlencode(shuffled), UNION_LIST_PARAMETERS)

    assert canonical == canonical_query(urlencode(pairs), UNION_LIST_PARAMETERS)
    assert canonical == canonical_query(canonical, UNION_LIST_PARAMETERS)
    meant = parse_query(urlencode(pairs), UNION_LIST_PARAMETERS)
    kept = parse_query(canonical, UNION_LIST_PARAMETERS)
    defaults = {"page_size": 20, "order": "-last_published_at"}
    assert {k: _set(v) for k, v in (defaults | meant).items()} == {
        k: _set(v) for k, v in (defaults | kept).items()
    }


def _set(value: Any) -> Any:
    if isinstance(value, tuple):
        return frozenset(value)
    return value.lower() if isinstance(value, str) else value


@pytest.mark.django_db
def test_answers_say_their_canonical_address(get: Any, committed: Any) -> None:
    with committed():
        page = article(slug="sleep")

    def location(path: str, **headers: str) -> str:
        answer = get(path, headers=headers)
        assert answer.status_code in {200, 304}
        where: str = answer.headers.get("Content-Location", f"{API}{path}")
        assert get(where.removeprefix(API)).content == get(path).content
        return where.removeprefix(API)

    assert location("") == ""
    assert location("articles") == "articles/"
    assert location(f"articles/{page.pk}") == f"articles/{page.pk}/"
    assert location(f"articles/{page.pk}.md/") == f"articles/{page.pk}.md"
    assert location("articles/?page_size=20") == "articles/"
    assert location("resolve?path=/sleep") == "resolve/?path=/sleep/"
    assert location("changes/?page_size=7") == "changes/?page_size=7"
    etag = get("articles/").headers["ETag"]
    again = get("articles", headers={"If-None-Match": etag})
    assert (again.status_code, again.headers["Content-Location"]) == (304, f"{API}articles/")  # fmt: skip
    assert "Content-Location" not in get("articles/999999/").headers


@pytest.mark.django_db
def test_a_route_that_is_to_go_says_so(get: Any, settings: Any) -> None:
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {
        "DEPRECATIONS": {
            "redirects": {"SINCE": "2027-01-01", "SUNSET": "2028-01-01", "LINK": "https://example.org/why"},
            "routes": {"SINCE": "2027-01-01"},
        }
    }  # fmt: skip

    headers = get("redirects/").headers
    assert headers["Deprecation"] == "@1798761600"
    assert headers["Sunset"] == "Sat, 01 Jan 2028 00:00:00 GMT"
    assert headers["Link"] == '<https://example.org/why>; rel="deprecation sunset"'
    assert get("routes/").headers["Deprecation"] == "@1798761600"
    assert "Deprecation" not in get("articles/").headers
    assert check_deprecations() == []


def test_the_description_says_which_routes_are_to_go(
    client: Any, settings: Any
) -> None:
    def deprecated() -> list[str]:
        paths = client.get(f"{API}openapi.json").json()["paths"]
        return [
            f"{method} {path}"
            for path, item in paths.items()
            for method, operation in item.items()
            if operation.get("deprecated")
        ]

    assert deprecated() == []
    names = ("redirects", "acks", "faq-markdown", "section", "webhook-redeliver")
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {
        "DEPRECATIONS": {name: {"SINCE": "2027-01-01"} for name in names}
    }
    assert deprecated() == [
        "get /articles/{id}/sections/{block_id}/",
        "get /redirects/",
        "get /faqs/{id}.md",
        "get /acks/",
        "post /acks/",
        "post /webhooks/deliveries/{delivery_id}/redeliver/",
    ]


def test_every_address_of_the_description_leads_to_its_route() -> None:
    """So that any of them can be found by its name."""
    names = [
        resolve(API + path.removeprefix("/").format_map(EXAMPLES)).url_name
        for path in openapi_document(API)["paths"]  # type: ignore[union-attr]
    ]

    routes = {pattern.name for pattern in urls.urlpatterns}
    assert sorted(map(str, names)) == sorted(routes - {"missing", "openapi", "docs"})


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "SINCE is missing"),
        ({"SINCE": "soon"}, "Invalid isoformat"),
        ({"SINCE": "2027-01-01", "SUNSET": "2026-01-01"}, "before"),
        ({"SINCE": "2027-01-01", "WHY": "x"}, "unknown: WHY"),
    ],
)
def test_wrong_deprecations_are_named(
    options: dict[str, str], message: str, settings: Any
) -> None:
    with pytest.raises(ValueError, match=message):
        deprecation_headers(options)
    settings.HEALTH_CONTENT = {"DEPRECATIONS": {"routes": options}}
    [error] = check_deprecations()
    assert error.id == "health_content.E012"
    settings.HEALTH_CONTENT = {"DEPRECATIONS": 1}
    assert len(check_deprecations()) == 1
