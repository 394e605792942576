"""Errors as RFC 9457 problem documents: one shape for every fault under the prefix."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import OperationalError
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException
from rest_framework.renderers import JSONRenderer
from rest_framework.views import set_rollback

from .. import errors
from ..errors import FaultCode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest

logger = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"
RETRY_SECONDS = 10
"""After which a database that was locked or away is worth another try."""
MAX_INSTANCE = 2_000
MAX_POINTER = 64
"""Characters of a stranger's name that a pointer repeats."""

PROBLEM_TITLES = {
    "invalid-request": _("The request is not valid"),
    "not-found": _("There is nothing here"),
    "method-not-allowed": _("This method is not allowed here"),
    "thread-closed": _("This thread takes no new replies"),
    "form-spent": _("This form was already sent"),
    "too-large": _("The request is too large"),
    "unsupported-media-type": _("The body must be JSON"),
    "reply-invalid": _("The reply cannot be accepted as it is"),
    "idempotency-mismatch": _("This Idempotency-Key was used for other values"),
    "rate-limited": _("Too many replies from here"),
    "authentication-required": _("Say who you are"),
    "not-allowed": _("You may not do this"),
    "author-suspended": _("You may not write at the moment"),
    "proof-refused": _("This link cannot be used"),
    "stale": _("It changed meanwhile"),
    "appeal-not-possible": _("This decision cannot be appealed against"),
    "precondition-required": _("Say which version you have seen"),
    "internal-error": _("Something went wrong on our side"),
    "unavailable": _("We cannot do this just now"),
}
"""Every `type` this API answers with, and its title. Types are public and permanent."""

PROBLEM_STATUSES = {
    "invalid-request": HTTPStatus.BAD_REQUEST,
    "not-found": HTTPStatus.NOT_FOUND,
    "method-not-allowed": HTTPStatus.METHOD_NOT_ALLOWED,
    "thread-closed": HTTPStatus.CONFLICT,
    "form-spent": HTTPStatus.CONFLICT,
    "too-large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "unsupported-media-type": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "reply-invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "idempotency-mismatch": HTTPStatus.UNPROCESSABLE_ENTITY,
    "rate-limited": HTTPStatus.TOO_MANY_REQUESTS,
    "authentication-required": HTTPStatus.UNAUTHORIZED,
    "not-allowed": HTTPStatus.FORBIDDEN,
    "author-suspended": HTTPStatus.FORBIDDEN,
    "proof-refused": HTTPStatus.CONFLICT,
    "stale": HTTPStatus.CONFLICT,
    "appeal-not-possible": HTTPStatus.CONFLICT,
    "precondition-required": HTTPStatus.PRECONDITION_REQUIRED,
    "internal-error": HTTPStatus.INTERNAL_SERVER_ERROR,
    "unavailable": HTTPStatus.SERVICE_UNAVAILABLE,
}

_BY_ERROR: dict[type[errors.CommentsError], tuple[str, Any]] = {
    errors.ThreadNotFound: ("not-found", _("No public thread has this address.")),
    errors.ReplyNotFound: ("not-found", _("No reply has this address.")),
    errors.ThreadClosed: ("thread-closed", _("Readers may read here, not reply.")),
    errors.FormSpent: (
        "form-spent",
        _("A form counts once. Get a new one from challenges/ and send again."),
    ),
    errors.IdempotencyMismatch: (
        "idempotency-mismatch",
        _("Repeat the first request unchanged, or use a new key and a new form."),
    ),
    errors.ReplyInvalid: ("reply-invalid", _("Correct what `errors` names.")),
    errors.NotAllowed: (
        "not-allowed",
        _("Only people with an account can reply here."),
    ),
    errors.AuthorSuspended: (
        "author-suspended",
        _("A measure keeps you from writing. Its decision says why and until when."),
    ),
    errors.ProofRefused: (
        "proof-refused",
        _("The link was used before, is too old, or is not for this site."),
    ),
    errors.StaleDecision: ("stale", _("Read it again, then decide.")),
    errors.NotAppealable: (
        "appeal-not-possible",
        _("It took nothing, is too old, was replaced, or was appealed against before."),
    ),
    errors.RateLimited: ("rate-limited", _("Wait as long as Retry-After says.")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """One fault of a request, where a program can find it."""

    location: str
    """`body`, `query`, `path` or `header`."""
    pointer: str
    """JSON pointer into the location, as a URI fragment: `#/name`; `#` for all of it (RFC 9457, section 3)."""
    code: FaultCode
    detail: str


class Problem(Exception):
    """A fault to answer with."""

    def __init__(
        self,
        code: str,
        detail: str,
        *,
        faults: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Keep what the answer says; *code* is a key of `PROBLEM_TITLES`."""
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.faults = tuple(faults)
        self.headers = dict(headers or {})


def invalid_request(location: str, name: str, code: FaultCode, detail: str) -> Problem:
    """Return the 400 for one fault, in what *location* calls *name*; "" is all of it."""
    fault = FieldError(
        location=location, pointer=_pointer(name), code=code, detail=detail
    )
    return Problem(
        "invalid-request", str(_("Correct what `errors` names.")), faults=[fault]
    )


def handle(exception: Exception, context: dict[str, Any]) -> HttpResponse:
    """Return the answer to any exception of a view: DRF's exception handler of this API."""
    set_rollback()
    request: HttpRequest = context["request"]
    problem = _as_problem(exception, request)
    if problem is None:
        logger.error("A request to the reader API failed.", exc_info=exception)
        got_request_exception.send(sender=None, request=request)
        problem = _own_fault(exception)
    return problem_response(request, problem)


def problem_response(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Return *problem* as a response that no cache keeps."""
    status = PROBLEM_STATUSES[problem.code]
    body: dict[str, Any] = {
        "type": problem.code,
        "title": str(PROBLEM_TITLES[problem.code]),
        "status": int(status),
        "detail": problem.detail,
        "instance": request.get_full_path_info().partition("?")[0][:MAX_INSTANCE],
    }
    if problem.faults:
        body["errors"] = [
            {
                "location": fault.location,
                "pointer": fault.pointer,
                "code": fault.code,
                "detail": fault.detail,
            }
            for fault in problem.faults
        ]
    content = JSONRenderer().render(body)
    headers = {
        "Content-Type": CONTENT_TYPE,
        "Content-Length": str(len(content)),
        "Cache-Control": "no-store",
    }
    return HttpResponse(
        b"" if request.method == "HEAD" else content,
        status=status,
        headers=headers | problem.headers,
    )


def _own_fault(exception: Exception) -> Problem:
    """Return what a client may know of a fault of ours: whether the same request can succeed in a while."""
    if isinstance(exception, OperationalError):
        headers = {"Retry-After": str(RETRY_SECONDS)}
        detail = str(_("Nothing was stored. Send the same again later."))
        return Problem("unavailable", detail, headers=headers)
    return Problem("internal-error", str(_("The fault was logged. Try again later.")))


def _as_problem(exception: Exception, request: HttpRequest) -> Problem | None:
    """Return what an exception means to the client; None for what nobody foresaw."""
    match exception:
        case Problem():
            return exception
        case errors.CommentsError() if type(exception) in _BY_ERROR:
            return _of_service(exception)
        case Http404():
            return Problem("not-found", str(_("Nothing has this address.")))
        case RequestDataTooBig():
            return Problem("too-large", str(_("The body is too large.")))
        case SuspiciousOperation():
            # Django's own limits, such as on the number of parameters.
            return invalid_request(
                "query",
                "",
                FaultCode.TOO_LONG,
                str(_("There are too many parameters.")),
            )
        case APIException():
            return _of_framework(exception, request)
    return None


def _of_service(exception: errors.CommentsError) -> Problem:
    code, detail = _BY_ERROR[type(exception)]
    match exception:
        case errors.ReplyInvalid():
            faults = [
                FieldError(
                    location="body",
                    pointer=_pointer(name),
                    code=fault_code,
                    detail=message,
                )
                for name, (fault_code, message) in exception.errors.items()
            ]
            return Problem(code, str(detail), faults=faults)
        case errors.RateLimited():
            headers = {"Retry-After": str(exception.retry_after)}
            return Problem(code, str(detail), headers=headers)
    return Problem(code, str(detail))


def _of_framework(exception: APIException, request: HttpRequest) -> Problem:
    """Return the problem for what DRF itself refuses: methods, media types, bodies it cannot read."""
    match exception.status_code:
        case HTTPStatus.METHOD_NOT_ALLOWED:
            detail = _("%(method)s is not allowed here.") % {"method": request.method}
            return Problem("method-not-allowed", detail)
        case HTTPStatus.UNSUPPORTED_MEDIA_TYPE:
            return Problem("unsupported-media-type", str(_("Send application/json.")))
    return invalid_request("body", "", FaultCode.INVALID_JSON, str(exception.detail))


def _pointer(name: str) -> str:
    """Return the pointer to a member called *name* (RFC 6901, sections 3 and 6)."""
    escaped = name[:MAX_POINTER].replace("~", "~0").replace("/", "~1")
    return f"#/{quote(escaped, errors='replace')}" if name else "#"
