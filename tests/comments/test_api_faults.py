"""Every fault of the reader API is a problem document that says where and what."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from comments.api.payloads import make_cursor

from .sending import API, assert_problem
from .test_api_read import assert_schema, replies

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    [
        "nonsense",
        "threads/",
        "threads/x/",
        "threads/-1/",
        "openapi.json/x",
        "a%0Ab",
        "caf%C3%A9",
        "threads/1/replies/x/",
    ],
)
@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "patch", "head"])
def test_unknown_address_is_a_problem(client, db, path, method):
    answer = getattr(client, method)(f"{API}/{path}")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("path", "query", "location", "code"),
    [
        ("%00", "", "path", "invalid-encoding"),
        ("threads/1/replies/%00", "", "path", "invalid-encoding"),
        ("threads/1/replies/%FF", "", "path", "invalid-encoding"),
        ("submissions/\N{REPLACEMENT CHARACTER}/", "", "path", "invalid-encoding"),
        ("x" * 2_048, "", "path", "too-long"),
        ("threads/1/replies/", "x" * 4_097, "query", "too-long"),
    ],
)
@pytest.mark.parametrize("is_short", [True, False])
def test_address_that_cannot_be_read_is_a_problem(
    db, settings, path, query, location, code, is_short
):
    if not is_short:
        settings.MIDDLEWARE = [
            m for m in settings.MIDDLEWARE if "RepliesShortPath" not in m
        ]

    answer = Client().get(f"{API}/{path}", QUERY_STRING=query)

    [fault] = assert_problem(answer, 400, "invalid-request")["errors"]
    assert (fault["location"], fault["pointer"], fault["code"]) == (
        location,
        "#",
        code,
    )
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("host", ["a b", "evil.example", "localhost:x"])
@pytest.mark.parametrize("path", ["", "/", "/threads/1/replies/", "/nonsense"])
@pytest.mark.parametrize("method", ["get", "head", "post", "options"])
def test_unknown_host_is_a_problem(client, db, settings, host, path, method):
    settings.ALLOWED_HOSTS = ["localhost"]

    answer = getattr(client, method)(f"{API}{path}", headers={"Host": host})

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    if method != "head":
        [fault] = answer.json()["errors"]
        assert (fault["location"], fault["pointer"]) == ("header", "#/Host")
        assert fault["code"] == "invalid-host"


def test_unknown_address_takes_no_options(client, db):
    assert_problem(client.options(f"{API}/nonsense"), 404, "not-found")


@pytest.mark.parametrize(
    ("query", "pointer", "code"),
    [
        ("?page=2", "#/page", "unknown-parameter"),
        ("?a/b~c=2", "#/a~1b~0c", "unknown-parameter"),
        ("?%00%C3%A9=2", "#/%00%C3%A9", "unknown-parameter"),
        ("?%FF=2", "#/%EF%BF%BD", "unknown-parameter"),
        ("?depth=1&depth=1", "#/depth", "repeated-parameter"),
        ("?depth=x", "#/depth", "invalid-value"),
        ("?" + "&".join(map(str, range(1_001))), "#", "too-long"),
    ],
)
def test_fault_of_a_parameter_says_where_and_what(
    client, thread, settings, query, pointer, code
):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000

    body = assert_problem(replies(client, thread, query), 400, "invalid-request")

    [fault] = body["errors"]
    assert (fault["location"], fault["pointer"], fault["code"]) == (
        "query",
        pointer,
        code,
    )
    assert_schema("Problem", body)


@pytest.mark.parametrize(
    "path", ["threads/1/", "threads/1/replies/", "challenges/", "submissions/x/"]
)
@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_other_methods_are_a_problem(client, db, path, method):
    answer = getattr(client, method)(f"{API}/{path}")

    assert_problem(answer, 405, "method-not-allowed")
    assert "Allow" in answer


@pytest.mark.parametrize(
    "query",
    [
        "?sort=best",
        "?sort=",
        "?depth=8",
        "?depth=-1",
        "?depth=x",
        "?depth=%D9%A1",
        "?depth=",
        "?parent=x",
        "?cursor=",
        "?cursor=x",
        "?cursor=%00",
        "?cursor=caf%C3%A9",
        "?cursor=" + "A" * 5_000,
        "?page=2",
        "?sort=oldest&sort=newest",
        "?cursor=" + make_cursor("newest", UUID(int=1)),
    ],
)
def test_odd_parameter_is_a_problem(client, thread, query):
    assert_problem(replies(client, thread, query), 400, "invalid-request")


def test_unforeseen_fault_is_a_problem_without_a_stack(
    client, thread, monkeypatch, caplog
):
    client.raise_request_exception = False
    monkeypatch.setattr("comments.api.public.public_thread", lambda _page_id: 1 / 0)

    answer = replies(client, thread)

    assert_problem(answer, 500, "internal-error")
    assert "ZeroDivision" not in answer.content.decode()
    assert "ZeroDivisionError" in caplog.text
