"""The shapes of the reader API's JSON, for its OpenAPI description."""

from __future__ import annotations

from typing import Any

from ..errors import FaultCode
from ..models import MAX_DEPTH
from ..sanitize import MAX_CHARACTERS
from ..selectors import MAX_ID
from ..services.intake import MAX_EMAIL, MAX_NAME
from .problems import PROBLEM_STATUSES

JsonObject = dict[str, Any]

_DATE = {"type": ["string", "null"], "format": "date-time"}
_OPTIONAL_TEXT = {"type": ["string", "null"]}


def component_schemas() -> JsonObject:
    """Return the shapes of everything that is sent or answered."""
    return {
        **_reading_schemas(),
        **_counts_schemas(),
        **_writing_schemas(),
        "Problem": object_schema(
            {
                "type": {"type": "string", "enum": sorted(PROBLEM_STATUSES)},
                "title": {"type": "string"},
                "status": {"type": "integer", "minimum": 400, "maximum": 599},
                "detail": {"type": "string"},
                "instance": {"type": "string"},
                "errors": {
                    "type": "array",
                    "items": object_schema(
                        {
                            "location": {
                                "type": "string",
                                "enum": ["body", "query", "path", "header"],
                            },
                            "pointer": {
                                "type": "string",
                                "description": "JSON pointer as a URI fragment; `#` is all of it.",
                            },
                            "code": {"type": "string", "enum": list(FaultCode)},
                            "detail": {"type": "string"},
                        }
                    ),
                },
            },
            optional=("errors",),
        ),
    }


def _reading_schemas() -> JsonObject:
    return {
        "Thread": object_schema(
            {
                "page": {"type": "integer"},
                "mode": {"type": "string", "enum": ["open", "read_only", "closed"]},
                "open": {"type": "boolean"},
                "moderation": {
                    "type": "string",
                    "enum": ["pre", "trusted", "post", "closed"],
                },
                "count": {"type": "integer", "minimum": 0},
                "closes_at": _DATE,
                "disclaimer": object_schema(
                    {
                        "version": {"type": "integer", "minimum": 1},
                        "locale": {"type": "string"},
                        "text": {
                            "type": "string",
                            "description": "Show it above the replies. Plain text.",
                        },
                    }
                ),
                "replies_href": {"type": "string"},
                "capabilities": object_schema(
                    {
                        "reply": {"type": "boolean"},
                        "max_depth": {"type": "integer"},
                        "max_characters": {"type": "integer"},
                    }
                ),
            }
        ),
        "ReplyPage": object_schema(
            {
                "items": {"type": "array", "items": schema_ref("Reply")},
                "next": _OPTIONAL_TEXT,
                "count": {"type": "integer", "minimum": 0},
            }
        ),
        "Reply": _reply_schema(),
    }


def _counts_schemas() -> JsonObject:
    return {
        "CountsRequest": object_schema(
            {
                "pages": {
                    "type": "array",
                    "items": {"type": "integer", "minimum": 1, "maximum": MAX_ID},
                    "minItems": 1,
                    "maxItems": 100,
                }
            }
        ),
        "Counts": object_schema(
            {
                "counts": {
                    "type": "object",
                    "additionalProperties": {"type": "integer", "minimum": 0},
                }
            }
        ),
    }


def _writing_schemas() -> JsonObject:
    return {
        "ChallengeRequest": object_schema({"page": {"type": "integer"}}),
        "Challenge": object_schema(
            {
                "form_token": {"type": "string"},
                "altcha": {
                    "type": ["object", "null"],
                    "description": "A proof of work to solve, or null when none is asked for.",
                },
            }
        ),
        "Submission": _submission_schema(),
        "Receipt": object_schema(
            {
                "id": {"type": "string", "format": "uuid"},
                "status": {
                    "type": "string",
                    "enum": ["unverified", "pending", "published"],
                    "description": "`unverified`: it waits until the link of a mail was followed.",
                },
                "status_url": {
                    "type": "string",
                    "description": "Private: whoever has it can follow the reply.",
                },
            }
        ),
        "DryRun": object_schema(
            {"valid": {"type": "boolean"}, "body_html": {"type": "string"}}
        ),
        "SubmissionStatus": object_schema(
            {
                "id": {"type": "string", "format": "uuid"},
                "status": {
                    "type": "string",
                    "enum": [
                        "unverified",
                        "pending",
                        "published",
                        "not_published",
                        "removed",
                    ],
                },
                "anchor": _OPTIONAL_TEXT,
                "reason": _OPTIONAL_TEXT,
                "decision": {
                    "type": ["string", "null"],
                    "format": "uuid",
                    "description": "Its statement of reasons: `decisions/{key}/`.",
                },
            }
        ),
    }


def _reply_schema() -> JsonObject:
    return object_schema(
        {
            "id": {"type": "string", "format": "uuid"},
            "parent": {"type": ["string", "null"], "format": "uuid"},
            "depth": {"type": "integer", "minimum": 0, "maximum": MAX_DEPTH},
            "anchor": {"type": "string"},
            "status": {
                "type": "string",
                "enum": ["published", "unavailable"],
                "description": "`unavailable`: withdrawn; it keeps its place for the answers below it, and nothing else.",
            },
            "kind": {
                "type": "string",
                "enum": ["reply", "question", "clinician_answer"],
            },
            "author": {
                "oneOf": [
                    object_schema(
                        {
                            "name": {"type": "string"},
                            "credential": {
                                "oneOf": [_credential_schema(), {"type": "null"}]
                            },
                        }
                    ),
                    {"type": "null"},
                ]
            },
            "body_html": {
                **_OPTIONAL_TEXT,
                "description": "Sanitized; the only value that may be inserted as HTML.",
            },
            "body_text": _OPTIONAL_TEXT,
            "created_at": _DATE,
            "published_at": _DATE,
            "helpful_count": {"type": "integer", "minimum": 0},
            "pinned": {"type": "boolean"},
            "reply_count": {
                "type": "integer",
                "minimum": 0,
                "description": "Published replies below this one, at any depth.",
            },
            "has_more": {
                "type": "boolean",
                "description": "Some replies below are left out; list them with `parent`.",
            },
            "replies": {"type": "array", "items": schema_ref("Reply")},
        }
    )


def _credential_schema() -> JsonObject:
    day = {"type": "string", "format": "date"}
    return object_schema(
        {
            "profession": {"type": "string"},
            "register": {"type": "string"},
            "register_id": {"type": "string"},
            "register_url": _OPTIONAL_TEXT,
            "verified_on": day,
            "expires_on": day,
        }
    )


def _submission_schema() -> JsonObject:
    return object_schema(
        {
            "form_token": {"type": "string", "minLength": 1},
            "name": {"type": "string", "minLength": 1, "maxLength": MAX_NAME},
            "email": {
                **_OPTIONAL_TEXT,
                "maxLength": MAX_EMAIL,
                "description": "Never public, never stored in clear.",
            },
            "body": {
                "type": "string",
                "minLength": 1,
                "maxLength": MAX_CHARACTERS,
                "description": "Small Markdown; HTML is shown as text.",
            },
            "parent": {
                "type": ["string", "null"],
                "description": "The id of the published reply that this answers.",
            },
            "website": {**_OPTIONAL_TEXT, "description": "Leave empty."},
            "altcha": _OPTIONAL_TEXT,
        },
        optional=("email", "parent", "website", "altcha"),
    )


def problem_responses() -> JsonObject:
    """Return one response component for every status, naming its problem types."""
    types: dict[int, list[str]] = {}
    for code, status in PROBLEM_STATUSES.items():
        types.setdefault(int(status), []).append(code)
    return {
        f"Problem{status}": {
            "description": f"Problem of type {' or '.join(codes)}.",
            "content": {"application/problem+json": {"schema": schema_ref("Problem")}},
        }
        for status, codes in types.items()
    }


def schema_ref(name: str) -> JsonObject:
    """Return a reference to a shape of `component_schemas`."""
    return {"$ref": f"#/components/schemas/{name}"}


def object_schema(
    properties: JsonObject, *, optional: tuple[str, ...] = ()
) -> JsonObject:
    """Return the shape of an object with these properties, all required but *optional*, and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }
