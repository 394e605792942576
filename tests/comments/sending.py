"""How the tests of the reader API send replies and read what is said of them."""

from __future__ import annotations

import json
from datetime import timedelta

from django.db import OperationalError
from django.utils import timezone

from comments.models import (
    IdempotencyRecord,
    Participant,
    Reply,
    ReplyRevision,
    ReviewItem,
    Thread,
)
from comments.tokens import make_form_token

API = "/api/replies/v1"


def payload(page_id: int, *, age: timedelta = timedelta(minutes=1), **values: object):
    """Return the JSON of a careful reader."""
    token = make_form_token(page_id, now=timezone.now() - age)
    return {
        "form_token": token,
        "name": "Ana",
        "email": "",
        "body": "Heat **helped** me.",
        "parent": None,
        "website": "",
    } | values


def post(
    client, page_id: int, data: object, *, key: str | None = None, query="", **extra
):
    """Send *data* as JSON."""
    if key is not None:
        extra["headers"] = {"Idempotency-Key": key} | extra.get("headers", {})
    content = data if isinstance(data, str | bytes) else json.dumps(data)
    return client.post(
        f"{API}/threads/{page_id}/replies/{query}",
        content,
        content_type=extra.pop("content_type", "application/json"),
        **extra,
    )


def assert_problem(response, status: int, code: str) -> dict:
    """Check that *response* is that problem and return it."""
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    body = response.json()
    assert body["type"] == code
    assert body["status"] == status
    return body


def pointers(body: dict) -> dict[str, str]:
    """Return the code of every fault by its pointer."""
    return {fault["pointer"]: fault["code"] for fault in body["errors"]}


def row_counts() -> list[int]:
    """Return how many rows each table of replies has."""
    models = (Reply, ReplyRevision, ReviewItem, Participant, IdempotencyRecord, Thread)
    return [model.objects.count() for model in models]


def locked(*_args: object) -> None:
    """Fail as SQLite does when another process keeps it locked."""
    raise OperationalError("database is locked")
