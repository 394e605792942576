"""The endpoints for callers: what writes, and what a token is needed for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...scopes import SCOPES
from ..body import body_schema
from ..unlock_grammar import PATH_UNLOCK_FIELDS, UNLOCK_FIELDS
from .parts import PAGE_ID, PATH, TEXT, TIME, URL, described, nullable, record, ref

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ....document_facts import Json, JsonObject
    from ...scopes import Scope
    from ..body import Field

PROBLEM: JsonObject = {"application/problem+json": {"schema": ref("Problem")}}
READ_METHODS = frozenset({"get", "head"})
# Every request may be asked for a better token, or for patience.
CALLER_RESPONSES = {"401": "Unauthorized", "429": "TooManyRequests"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerEndpoint:
    """One method of one path."""

    operation: str
    summary: str
    scope: Scope | None
    """What the token must be allowed; None: no token is needed."""
    answer: JsonObject | None
    """Schema of the answer; None: it has no body."""
    status: str = "200"
    body: Sequence[Field] | None = None
    """The grammar of the request's body; None: it takes none."""
    any_of: Sequence[str] = ()
    """Fields of the body of which at least one must be there."""
    one_of: Sequence[str] = ()
    """Fields of the body of which exactly one must be there."""
    parameters: Sequence[JsonObject] = ()
    """As OpenAPI has them; those of the path, too."""
    other_statuses: Sequence[str] = ()
    """Of the same answer."""
    other_responses: Sequence[tuple[str, str]] = ()
    """Status and the name of the response component."""
    tag: str = "callers"


def caller_path_items() -> dict[str, JsonObject]:
    """Return the operations by path and method."""
    return path_items_of(_endpoints())


def path_items_of(
    endpoints: Mapping[str, Mapping[str, CallerEndpoint]],
) -> dict[str, JsonObject]:
    """Return the operations of *endpoints*, which are given by path and method."""
    return {
        path: {
            method: caller_operation(method, endpoint)
            for method, endpoint in methods.items()
        }
        for path, methods in endpoints.items()
    }


def _endpoints() -> Mapping[str, Mapping[str, CallerEndpoint]]:
    """Return the endpoints by path and by method in lower case."""
    return {
        "/pages/{id}/unlock/": {
            "post": CallerEndpoint(
                operation="unlockPage",
                summary="A bearer for what the password guards, the page with all below it",
                scope=None,
                answer=ref("Unlock"),
                body=UNLOCK_FIELDS,
                parameters=(PAGE_ID,),
                other_responses=(("403", "WrongPassword"),),
            )
        },
        "/resolve/unlock/": {
            "post": CallerEndpoint(
                operation="unlockPath",
                summary="A bearer for what the password guards, for the page at a path",
                scope=None,
                answer=ref("Unlock"),
                body=PATH_UNLOCK_FIELDS,
                other_responses=(("403", "WrongPassword"),),
            )
        },
    }


def caller_schemas() -> JsonObject:
    """Return the component schemas of these endpoints."""
    return {
        "Unlock": record(
            {
                "token": described(TEXT, "To be sent as `Authorization: Bearer …`."),
                "expires_at": TIME,
                "page": described(
                    nullable(
                        record(
                            {
                                "id": {"type": "integer", "minimum": 1},
                                "type": TEXT,
                                "title": TEXT,
                                "path": PATH,
                                "url": URL,
                            }
                        )
                    ),
                    "The page, null while something else still guards it: another password, or a login.",
                ),
            },
            "What a right password gives.",
        )
    }


def caller_operation(method: str, endpoint: CallerEndpoint) -> JsonObject:
    """Return the operation object of *endpoint*."""
    statuses = {"400": "BadRequest", **CALLER_RESPONSES}
    if endpoint.scope is not None:
        statuses["403"] = "InsufficientScope"
    if method not in READ_METHODS:
        statuses |= {"413": "TooLarge", "415": "UnsupportedMediaType"}
    statuses |= {
        "404": "NotFound",
        "405": "MethodNotAllowed",
        "500": "Failure",
        **dict(endpoint.other_responses),
    }
    responses: JsonObject = {
        **{
            status: _answer(endpoint)
            for status in (endpoint.status, *endpoint.other_statuses)
        },
        **{
            status: {"$ref": f"#/components/responses/{name}"}
            for status, name in sorted(statuses.items())
        },
    }
    parameters: list[Json] = [dict(parameter) for parameter in endpoint.parameters]
    operation: JsonObject = {
        "operationId": endpoint.operation,
        "summary": endpoint.summary,
        "tags": [endpoint.tag],
        "parameters": parameters,
        "responses": responses,
    }
    if endpoint.scope is not None:
        operation["security"] = [{"bearer": [str(endpoint.scope)]}]
    if endpoint.body is not None:
        schema = body_schema(endpoint.body, endpoint.any_of, endpoint.one_of)
        operation["requestBody"] = {
            "required": bool(endpoint.one_of)
            or any(field.is_required for field in endpoint.body),
            "content": {"application/json": {"schema": schema}},
        }
    return operation


def security_schemes() -> JsonObject:
    """Return the one way to say who calls."""
    scopes = "\n".join(
        f"- `{scope}`: {facts.description}" for scope, facts in SCOPES.items()
    )
    return {
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "description": f"A token of the site's administrators. Public content needs none. Its scopes:\n\n{scopes}",
        }
    }


def caller_response_components() -> JsonObject:
    """Return the refusals of callers, by name."""
    challenge: JsonObject = {
        "WWW-Authenticate": {"$ref": "#/components/headers/WWW-Authenticate"}
    }
    described: dict[str, tuple[str, JsonObject]] = {
        "Unauthorized": (
            "The token is not good, or one is needed and was not sent.",
            challenge,
        ),
        "InsufficientScope": ("The token may not do this.", challenge),
        "WrongPassword": (
            "No such page is guarded by this password. It is the same for a page that is not there.",
            {},
        ),
        "TooLarge": ("The body is larger than any that is needed.", {}),
        "UnsupportedMediaType": ("The body is not JSON.", {}),
        "Unprocessable": ("Values cannot be accepted; `errors` names each.", {}),
        "AlreadyWithdrawn": (
            "The page is withdrawn, with other words; see `withdrawals/`.",
            {},
        ),
        "DeliveryBusy": ("The message is being sent at this moment.", {}),
        "TooManyRequests": (
            "Wait as long as `Retry-After` says.",
            {
                name: {"$ref": f"#/components/headers/{name}"}
                for name in ("Retry-After", "RateLimit", "RateLimit-Policy")
            },
        ),
    }
    return {
        name: {
            "description": description,
            **({"headers": headers} if headers else {}),
            "content": PROBLEM,
        }
        for name, (description, headers) in described.items()
    }


def caller_header_components() -> JsonObject:
    """Return the headers of those refusals, by name."""
    described = {
        "WWW-Authenticate": "`Bearer`, with `error` as in RFC 6750.",
        "RateLimit": "What is left in this window (draft-ietf-httpapi-ratelimit-headers).",
        "RateLimit-Policy": "Requests (`q`) in each window of `w` seconds.",
    }
    components: JsonObject = {
        name: {"description": text, "schema": {"type": "string"}}
        for name, text in described.items()
    }
    components["Retry-After"] = {
        "description": "Seconds to wait.",
        "schema": {"type": "integer", "minimum": 1},
    }
    return components


def _answer(endpoint: CallerEndpoint) -> JsonObject:
    shown: JsonObject = {
        "description": endpoint.summary,
        "headers": {"Cache-Control": {"$ref": "#/components/headers/Cache-Control"}},
    }
    if endpoint.answer is not None:
        shown["content"] = {"application/json": {"schema": endpoint.answer}}
    return shown
