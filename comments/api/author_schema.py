"""The OpenAPI description of the endpoints for authors."""

from __future__ import annotations

import re

from ..reasons import ReportReason
from .components import JsonObject, object_schema, schema_ref

EMAIL = re.compile(r"[^@\x00-\x20\x7f]{1,64}@[^@\x00-\x20\x7f]{1,255}")
_TEXT = {"type": "string"}
_OPTIONAL_TEXT = {"type": ["string", "null"]}
_KEY = {"type": "string", "format": "uuid"}
_OPTIONAL_KEY = {"type": ["string", "null"], "format": "uuid"}
_DATE = {"type": ["string", "null"], "format": "date-time"}
_STATUS = {
    "type": "string",
    "enum": ["unverified", "pending", "published", "not_published", "removed"],
}
_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "`ETag` of the reply as you have seen it.",
    "schema": _TEXT,
}
AUTHOR_LINKS = {
    "verifications": "verifications/",
    "sign_ins": "sign-ins/",
    "own_reply": "replies/{reply_id}/",
    "reports": "replies/{reply_id}/reports/",
    "decision": "decisions/{key}/",
    "appeals": "decisions/{key}/appeals/",
    "export": "me/export/",
    "me": "me/",
}


def security_schemes() -> JsonObject:
    """Return how authors say who they are."""
    return {
        "author": {
            "type": "http",
            "scheme": "bearer",
            "description": (
                "The last part of a reply's `status_url`, for that reply; or the `guest_token` of a proven mail "
                "address, for all of that person."
            ),
        }
    }


def author_schemas() -> JsonObject:
    """Return the shapes of what is sent and answered."""
    return {
        "Verification": object_schema({"token": _TEXT}),
        "Proven": object_schema(
            {
                "guest_token": {
                    **_TEXT,
                    "description": "Keep it as you keep a password; send it as Bearer.",
                },
                "name": _TEXT,
                "reply": {
                    "oneOf": [
                        object_schema({"id": _KEY, "status": _STATUS}),
                        {"type": "null"},
                    ]
                },
            }
        ),
        "SignIn": object_schema(
            {
                "page": {"type": "integer"},
                "email": {
                    "type": "string",
                    "pattern": f"^{EMAIL.pattern}$",
                    "description": "Anything that may be an address; nobody has proven one that is none.",
                },
            }
        ),
        "Accepted": object_schema({"status": {"type": "string", "enum": ["accepted"]}}),
        **_own_schemas(),
    }


def _own_schemas() -> JsonObject:
    kept_back = {"reason": _OPTIONAL_TEXT, "decision": _OPTIONAL_KEY}
    listed: JsonObject = {"type": "array", "items": {"type": "object"}}
    return {
        "OwnReply": object_schema(
            {
                "id": _KEY,
                "status": _STATUS,
                "source": _TEXT,
                "edit_pending": {"type": "boolean"},
                **kept_back,
            }
        ),
        "Edit": object_schema({"body": _TEXT}),
        "Report": object_schema(
            {
                "reason": {"type": "string", "enum": list(ReportReason.values)},
                "text": _TEXT,
            },
            optional=("text",),
        ),
        "ReportReceipt": object_schema(
            {"status": {"type": "string", "enum": ["received"]}}
        ),
        "Decision": _decision_schema(),
        "Appeal": object_schema({"text": _TEXT}),
        "AppealReceipt": object_schema(
            {"status": {"type": "string", "enum": ["submitted", "in_review"]}}
        ),
        "Export": object_schema(
            {
                "person": {"type": "object"},
                **dict.fromkeys(
                    ("replies", "reports", "decisions", "appeals", "measures"), listed
                ),
            }
        ),
    }


def author_paths() -> JsonObject:
    """Return the operations by path."""
    return {**_person_paths(), **_reply_paths(), **_decision_paths()}


def _person_paths() -> JsonObject:
    return {
        "/verifications/": {
            "post": _operation(
                "verification_create",
                "Use the token of a mail's link, once.",
                {"200": "Proven"},
                ("400", "403", "409", "413", "415", "429", "503"),
                body="Verification",
            )
        },
        "/sign-ins/": {
            "post": _operation(
                "sign_in_create",
                "Ask for a link; the answer is the same whether the address is known or not.",
                {"202": "Accepted"},
                ("400", "404", "413", "415", "429", "503"),
                body="SignIn",
            )
        },
        "/me/export/": {
            "get": _operation(
                "export_get",
                "All that is stored about the person.",
                {"200": "Export"},
                ("400", "401", "404"),
                is_private=True,
            )
        },
        "/me/": {
            "delete": _operation(
                "me_erase",
                "Erase the person and every word of theirs.",
                {"204": None},
                ("400", "401", "404", "503"),
                is_private=True,
            )
        },
    }


def _reply_paths() -> JsonObject:
    reply_id = _path_key("reply_id")
    return {
        "/replies/{reply_id}/": {
            "parameters": [reply_id],
            "get": _operation(
                "own_reply_get",
                "One reply for its author, with the source to edit.",
                {"200": "OwnReply"},
                ("400", "401", "404"),
                is_private=True,
            ),
            "patch": _operation(
                "own_reply_edit",
                "Propose another text; the public one stays until it is approved.",
                {"200": "OwnReply", "202": "OwnReply"},
                (
                    "400",
                    "401",
                    "403",
                    "404",
                    "409",
                    "413",
                    "415",
                    "422",
                    "428",
                    "429",
                    "503",
                ),
                body="Edit",
                is_private=True,
                is_guarded=True,
            ),
            "delete": _operation(
                "own_reply_withdraw",
                "Withdraw the reply.",
                {"204": None},
                ("400", "401", "404", "409", "428", "503"),
                is_private=True,
                is_guarded=True,
            ),
        },
        "/replies/{reply_id}/reports/": {
            "parameters": [reply_id],
            "post": _operation(
                "report_create",
                "Say that a reply should not be public.",
                {"202": "ReportReceipt"},
                ("400", "401", "404", "413", "415", "429", "503"),
                body="Report",
                is_optional=True,
            ),
        },
    }


def _decision_paths() -> JsonObject:
    key = _path_key("key")
    return {
        "/decisions/{key}/": {
            "parameters": [key],
            "get": _operation(
                "decision_get",
                "The statement of reasons, for the person concerned.",
                {"200": "Decision"},
                ("400", "401", "404"),
                is_private=True,
            ),
        },
        "/decisions/{key}/appeals/": {
            "parameters": [key],
            "post": _operation(
                "appeal_create",
                "Appeal; somebody else than who decided judges.",
                {"201": "AppealReceipt"},
                ("400", "401", "404", "409", "413", "415", "503"),
                body="Appeal",
                is_private=True,
            ),
            "delete": _operation(
                "appeal_withdraw",
                "Take the appeal back.",
                {"204": None},
                ("400", "401", "404", "409", "503"),
                is_private=True,
            ),
        },
    }


def _decision_schema() -> JsonObject:
    return object_schema(
        {
            "id": _KEY,
            "reply": _OPTIONAL_KEY,
            "decision": _TEXT,
            "decision_ground": {"type": "string", "enum": ["terms", "legal"]},
            "reason": _TEXT,
            "explanation": _TEXT,
            "automated_detection": {"type": "boolean"},
            "automated_decision": {"type": "boolean"},
            "territorial_scope": _OPTIONAL_TEXT,
            "application_date": _DATE,
            "end_date": _DATE,
            "appeal": _OPTIONAL_TEXT,
            "can_appeal": {"type": "boolean"},
        }
    )


def _operation(
    name: str,
    summary: str,
    answers: dict[str, str | None],
    problems: tuple[str, ...],
    *,
    body: str = "",
    is_private: bool = False,
    is_optional: bool = False,
    is_guarded: bool = False,
) -> JsonObject:
    operation: JsonObject = {
        "operationId": name,
        "tags": ["Authors"],
        "summary": summary,
        "responses": {
            **{status: _answer(schema) for status, schema in answers.items()},
            **{
                status: {"$ref": f"#/components/responses/Problem{status}"}
                for status in (*problems, "405", "500")
            },
        },
    }
    if body:
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": schema_ref(body)}},
        }
    if is_private or is_optional:
        operation["security"] = [{"author": []}, *([{}] if is_optional else [])]
    if is_guarded:
        operation["parameters"] = [_IF_MATCH]
    return operation


def _answer(schema: str | None) -> JsonObject:
    if schema is None:
        return {"description": "Done."}
    return {
        "description": "Done.",
        "content": {"application/json": {"schema": schema_ref(schema)}},
    }


def _path_key(name: str) -> JsonObject:
    return {"name": name, "in": "path", "required": True, "schema": _KEY}
