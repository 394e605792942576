"""Errors as RFC 9457 problem documents: one shape for every fault under the prefix."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpResponse

from ..encode import encode_json
from ..responses import EXPOSED_HEADERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest

    from ...document_facts import JsonObject

CONTENT_TYPE = "application/problem+json"
# Every `type` this API answers with. Public and permanent.
PROBLEM_TITLES = {
    "invalid-request": "The request is not valid",
    "not-found": "There is nothing here",
    "method-not-allowed": "This method is not allowed here",
    "gone": "This content was withdrawn",
    "authentication-required": "A token is needed here",
    "invalid-token": "The token is not valid",
    "insufficient-scope": "The token may not do this",
    "wrong-password": "This password opens nothing here",
    "too-large": "The body is too large",
    "unsupported-media-type": "The body is not JSON",
    "unprocessable-content": "The values cannot be accepted",
    "too-many-requests": "Too many requests",
    "already-withdrawn": "The page is withdrawn already, with other words",
    "delivery-busy": "The message is being sent",
    "section-not-standalone": "This section is not to be shown alone",
    "code-refused": "This code opens no preview",
    "preview-of-another-page": "This preview is of another page",
    "cursor-gone": "This cursor is of changes that are not here",
    "search-unavailable": "The search is not available",
    "internal-error": "Something went wrong on our side",
}
# An engine that restarts is back about then.
SEARCH_RETRY_SECONDS = 30
METHODS = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """One fault of a request, where a program can find it."""

    location: str
    """`query`, `path`, `header` or `body`."""
    pointer: str
    """JSON pointer into the location, `#` for all of it."""
    code: str
    detail: str


class Problem(Exception):
    """A fault to answer with; views raise it."""

    def __init__(
        self,
        status: HTTPStatus,
        code: str,
        detail: str,
        *,
        errors: Sequence[FieldError] = (),
        replacement: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = tuple(errors)
        self.replacement = replacement
        self.headers = dict(headers or {})


def invalid_request(errors: Sequence[FieldError]) -> Problem:
    """Return the 400 for *errors*."""
    return Problem(
        HTTPStatus.BAD_REQUEST,
        "invalid-request",
        "Correct what `errors` names.",
        errors=errors,
    )


def not_found(detail: str = "No public content has this address.") -> Problem:
    """Return the 404. It is the same for what never was, what is not public yet, and what is private."""
    return Problem(HTTPStatus.NOT_FOUND, "not-found", detail)


def method_not_allowed(methods: Sequence[str] = METHODS) -> Problem:
    """Return the 405 where *methods* are allowed."""
    allowed = ", ".join(methods)
    return Problem(
        HTTPStatus.METHOD_NOT_ALLOWED,
        "method-not-allowed",
        f"Use {allowed}.",
        headers={"Allow": allowed},
    )


def gone(detail: str, replacement: str | None) -> Problem:
    """Return the 410 for withdrawn content; *detail* is the reason the public is given."""
    return Problem(HTTPStatus.GONE, "gone", detail, replacement=replacement)


def section_not_standalone() -> Problem:
    """Return the 403 for a section that no reviewer has cleared."""
    return Problem(
        HTTPStatus.FORBIDDEN,
        "section-not-standalone",
        "No reviewer has said that this section is safe without the rest. Show the whole article.",
    )


def code_refused() -> Problem:
    """Return the 403 for a code that opens no preview. It is the same for all reasons."""
    return Problem(
        HTTPStatus.FORBIDDEN,
        "code-refused",
        "It was used already, is older than a minute, is of another site, or is none of ours. "
        "Open the preview again from the editor.",
    )


def preview_of_another_page() -> Problem:
    """Return the 403 for a page that the token of a preview was not made for."""
    return Problem(
        HTTPStatus.FORBIDDEN,
        "preview-of-another-page",
        "The token reads the page that it was made for, and no other. Public content needs no token.",
    )


def cursor_gone() -> Problem:
    """Return the 410 for a cursor of changes that this site has not made, or no longer has."""
    return Problem(
        HTTPStatus.GONE,
        "cursor-gone",
        "The site was restored from an older copy. Read the feed from its beginning.",
    )


def search_unavailable() -> Problem:
    """Return the 503 for a search whose back end does not answer; nothing else is affected."""
    return Problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "search-unavailable",
        "Pages can be read as ever. Search again a little later.",
        headers={"Retry-After": str(SEARCH_RETRY_SECONDS)},
    )


def internal_error() -> Problem:
    """Return the 500, which says nothing about its cause."""
    return Problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "internal-error",
        "The fault was logged. Try again later.",
    )


def problem_response(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Return *problem* as a response. It is never cached: a page may come into being at any moment."""
    body: JsonObject = {
        "type": problem.code,
        "title": PROBLEM_TITLES[problem.code],
        "status": int(problem.status),
        "detail": problem.detail,
        # As it came: escaped again where the server has decoded it, and not longer than a reader can use.
        "instance": request.get_full_path_info().partition("?")[0][:2_000],
    }
    if problem.errors:
        body["errors"] = [
            {
                "location": e.location,
                "pointer": e.pointer,
                "detail": e.detail,
                "code": e.code,
            }
            for e in problem.errors
        ]
    if problem.replacement is not None:
        body["replacement"] = problem.replacement
    content = encode_json(body)
    response = HttpResponse(
        b"" if request.method == "HEAD" else content,
        status=problem.status,
        content_type=CONTENT_TYPE,
    )
    response.headers["Content-Length"] = str(len(content))
    response.headers["Cache-Control"] = "no-store"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = EXPOSED_HEADERS
    for name, text in problem.headers.items():
        response.headers[name] = text
    return response
