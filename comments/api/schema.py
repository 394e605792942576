"""The OpenAPI 3.1 description of the reader API, written by hand and held to the answers by tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from rest_framework.response import Response

from ..models import MAX_DEPTH
from .author_schema import (
    AUTHOR_LINKS,
    author_paths,
    author_schemas,
    security_schemes,
)
from .base import ReaderView, read_query
from .components import (
    JsonObject,
    component_schemas,
    object_schema,
    problem_responses,
    schema_ref,
)
from .payloads import MAX_KEY_LENGTH

if TYPE_CHECKING:
    from rest_framework.request import Request

_TAG_HEADER = {"ETag": {"schema": {"type": "string"}, "description": "Changes when the answer does."}}  # fmt: skip
_PAGE_ID = {
    "name": "page_id",
    "in": "path",
    "required": True,
    "description": "The id of a live page that everybody may see.",
    "schema": {"type": "integer", "minimum": 1},
}

_LINKS = {
    "thread": "threads/{page_id}/",
    "replies": "threads/{page_id}/replies/",
    "challenges": "challenges/",
    "counts": "counts/",
    "submission": "submissions/{token}/",
    **AUTHOR_LINKS,
    "openapi": "openapi.json",
}
"""What the root links to, relative to itself."""


class RootView(ReaderView):
    """What there is."""

    def get(self, request: Request) -> Response:
        """Return the addresses of this API, those that take a value as URI templates (RFC 6570)."""
        read_query(request, ())
        root = reverse("health_comments_api:root")
        links = {name: f"{root}{path}" for name, path in _LINKS.items()}
        headers = {"Cache-Control": "public, max-age=300"}
        return Response({"links": links}, headers=headers)


class OpenAPIView(ReaderView):
    """The description of this API for machines."""

    def get(self, request: Request) -> Response:  # noqa: ARG002 - DRF's signature
        """Return the OpenAPI document."""
        headers = {"Cache-Control": "public, max-age=300"}
        return Response(openapi(), headers=headers)


def openapi() -> JsonObject:
    """Return the OpenAPI 3.1 document, with the address at which this host serves the API."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Reader replies",
            "version": "1",
            "description": (
                "Read the published replies of a page and send new ones. Reads write nothing, set no cookie and may be "
                "cached by anybody; every error is application/problem+json (RFC 9457)."
            ),
            "license": {"name": "BSD-3-Clause", "identifier": "BSD-3-Clause"},
        },
        "servers": [{"url": reverse("health_comments_api:openapi").rpartition("/")[0]}],
        "tags": [
            {"name": "Replies", "description": "Threads, replies, forms."},
            {"name": "Authors", "description": "What authors may do, and reports."},
        ],
        "paths": _paths() | author_paths(),
        "components": {
            "schemas": _schemas(),
            "responses": problem_responses(),
            "securitySchemes": security_schemes(),
        },
    }


def _schemas() -> JsonObject:
    links = object_schema({name: {"type": "string"} for name in _LINKS})
    root = {"Root": object_schema({"links": links})}
    return root | component_schemas() | author_schemas()


def _paths() -> JsonObject:
    return {
        "/": {"get": _get_root()},
        "/threads/{page_id}/": {"parameters": [_PAGE_ID], "get": _get_thread()},
        "/threads/{page_id}/replies/": {
            "parameters": [_PAGE_ID],
            "get": _get_replies(),
            "post": _post_reply(),
        },
        "/challenges/": {"post": _post_challenge()},
        "/counts/": {"post": _post_counts()},
        "/submissions/{token}/": {
            "parameters": [
                {
                    "name": "token",
                    "in": "path",
                    "required": True,
                    "description": "From `status_url`.",
                    "schema": {"type": "string"},
                }
            ],
            "get": _get_submission(),
        },
    }


def _get_root() -> JsonObject:
    return {
        "operationId": "root_get",
        "tags": ["Replies"],
        "summary": "The addresses of this API.",
        "responses": {
            "200": _answer("Links, some of them URI templates (RFC 6570).", "Root"),
            **_refs("400"),
        },
    }


def _get_thread() -> JsonObject:
    return {
        "operationId": "thread_get",
        "tags": ["Replies"],
        "summary": "One page's thread: its mode, its count, what readers may do.",
        "parameters": [_if_none_match()],
        "responses": {
            "200": _answer("The thread.", "Thread", headers=_TAG_HEADER),
            "304": {"description": "Not modified.", "headers": _TAG_HEADER},
            **_refs("400", "404"),
        },
    }


def _get_replies() -> JsonObject:
    return {
        "operationId": "replies_list",
        "tags": ["Replies"],
        "summary": "Published replies, top-level ones page by page, answers nested.",
        "parameters": [
            _query(
                "sort",
                {"type": "string", "enum": ["oldest", "newest"], "default": "oldest"},
                "Order of the top level; answers are always in reading order.",
            ),
            _query("cursor", {"type": "string"}, "`next` of the answer before."),
            _query(
                "depth",
                {"type": "integer", "minimum": 0, "maximum": MAX_DEPTH},
                "Generations below the top level; all if absent.",
            ),
            _query(
                "parent",
                {"type": "string", "format": "uuid"},
                "List the answers to this reply instead of the top level.",
            ),
            _if_none_match(),
        ],
        "responses": {
            "200": _answer("A page of replies.", "ReplyPage", headers=_TAG_HEADER),
            "304": {"description": "Not modified.", "headers": _TAG_HEADER},
            **_refs("400", "404"),
        },
    }


def _post_reply() -> JsonObject:
    return {
        "operationId": "reply_submit",
        "tags": ["Replies"],
        "summary": "Send a reply.",
        "description": (
            "The same form with the same Idempotency-Key and the same values gets the same answer and stores nothing "
            "more. A form token counts once. A key of at least 16 characters counts with any form: after a time-out, "
            "send the same key and values with a fresh form."
        ),
        "parameters": [
            {
                "name": "Idempotency-Key",
                "in": "header",
                "description": "A random name for this reply, such as a UUID; the form token if absent.",
                "schema": {
                    "type": "string",
                    "maxLength": MAX_KEY_LENGTH,
                    "pattern": "^[ -~]*$",
                },
            },
            _query(
                "dry_run",
                {"type": "string", "enum": ["0", "1"], "default": "0"},
                "1: check the values, return the HTML, store nothing.",
            ),
        ],
        "security": [{"author": []}, {}],
        "requestBody": _body("Submission"),
        "responses": {
            "200": _answer("Only with dry_run=1: the values are fine.", "DryRun"),
            "201": _answer("The reply is public.", "Receipt"),
            "202": _answer("The reply waits for a moderator.", "Receipt"),
            **_refs(
                "400", "401", "403", "404", "409", "413", "415", "422", "429", "503"
            ),
        },
    }


def _post_challenge() -> JsonObject:
    return {
        "operationId": "challenge_create",
        "tags": ["Replies"],
        "summary": "Begin a form: get what a submission must carry.",
        "requestBody": _body("ChallengeRequest"),
        "responses": {
            "200": _answer("A form token for one reply to that page.", "Challenge"),
            **_refs("400", "404", "409", "413", "415"),
        },
    }


def _post_counts() -> JsonObject:
    return {
        "operationId": "counts_get",
        "tags": ["Replies"],
        "summary": "How many published replies each of many pages has.",
        "requestBody": _body("CountsRequest"),
        "responses": {
            "200": _answer(
                "Counts by page; pages without a public thread are left out.", "Counts"
            ),
            **_refs("400", "413", "415"),
        },
    }


def _get_submission() -> JsonObject:
    return {
        "operationId": "submission_get",
        "tags": ["Replies"],
        "summary": "What became of a reply, for its author.",
        "responses": {
            "200": _answer("The state of the reply.", "SubmissionStatus"),
            **_refs("400", "404"),
        },
    }


def _refs(*statuses: str) -> JsonObject:
    """Return the problems of *statuses*, and those that every operation may answer with."""
    statuses = (*statuses, "405", "500")
    return {
        status: {"$ref": f"#/components/responses/Problem{status}"}
        for status in statuses
    }


def _answer(
    description: str, schema: str, *, headers: JsonObject | None = None
) -> JsonObject:
    answer: JsonObject = {
        "description": description,
        "content": {"application/json": {"schema": schema_ref(schema)}},
    }
    return answer | ({"headers": headers} if headers else {})


def _body(schema: str) -> JsonObject:
    return {
        "required": True,
        "content": {"application/json": {"schema": schema_ref(schema)}},
    }


def _query(name: str, schema: JsonObject, description: str) -> JsonObject:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _if_none_match() -> JsonObject:
    return {
        "name": "If-None-Match",
        "in": "header",
        "description": "`ETag` of the answer that you have: 304 when it is still good.",
        "schema": {"type": "string"},
    }
