"""What every endpoint of the reader API shares: no session, no cookie, strict JSON, one shape of error."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import IO, TYPE_CHECKING, Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

from ..conf import get_conf
from ..errors import FaultCode
from .problems import Problem, handle, invalid_request

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from django.http import HttpRequest, HttpResponse
    from rest_framework.request import Request

MAX_BYTES = 65_536
"""Of a request's body: a reply has at most 5,000 characters of up to four bytes, escaped at most sixfold in JSON."""

MAX_PATH = 2_048
MAX_QUERY = 4_096
"""Bytes of an address, more than any client of ours needs and less than servers accept."""

_UNREADABLE = re.compile("\0|\N{REPLACEMENT CHARACTER}|%[89A-Fa-f][0-9A-Fa-f]")
"""What becomes of a NUL and of bytes that are not UTF-8: Django escapes them again, ASGI servers replace them."""

READ_METHODS = frozenset({"GET", "HEAD"})
EXPOSED_HEADERS = "ETag, Retry-After, Location"
"""What scripts of other origins may read of an answer."""


class StrictJSONParser(BaseParser):
    """Reads JSON as RFC 8259 has it: UTF-8, no NaN, no key twice, no endless nesting, at most 64 KB."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,  # noqa: ARG002 - DRF's signature
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002 - DRF's signature
    ) -> Any:
        """Return the value, or raise the problem that says what is wrong with it."""
        content = stream.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise Problem("too-large", _("The body is larger than 64 KB."))
        try:
            return json.loads(
                content.decode(),
                parse_constant=_refuse_constant,
                parse_float=_number,
                object_pairs_hook=_unique,
            )
        except (ValueError, RecursionError) as error:
            raise invalid_request(
                "body", "", FaultCode.INVALID_JSON, _("The body is not valid JSON.")
            ) from error


class JSONOnly(BaseContentNegotiation):
    """Answers JSON whatever was asked for: there is nothing else, and 406 helps nobody."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        """Return the JSON parser for a JSON body, None (a 415) for any other."""
        media_type = (request.content_type or "").partition(";")[0].strip().lower()
        return parsers[0] if media_type == "application/json" else None

    def select_renderer(
        self,
        request: Request,  # noqa: ARG002 - DRF's signature
        renderers: Any,
        format_suffix: str | None = None,  # noqa: ARG002 - DRF's signature
    ) -> Any:
        """Return the JSON renderer."""
        return (renderers[0], renderers[0].media_type)


class ReaderView(APIView):
    """An endpoint that anybody may call. It never looks at who is logged in, so no answer can depend on it."""

    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()
    parser_classes = (StrictJSONParser,)
    renderer_classes = (JSONRenderer,)
    content_negotiation_class = JSONOnly
    schema = None

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """Refuse an address that cannot be read, also where no middleware of ours has."""
        refuse_unreadable(request)
        super().initial(request, *args, **kwargs)

    def get_exception_handler(self) -> Callable[..., HttpResponse]:
        """Return this API's own handler, whatever the host's REST_FRAMEWORK says."""
        return handle

    def options(  # type: ignore[override]  # DRF hands its own request to every method
        self, request: Request, *_args: object, **_kwargs: object
    ) -> Response:
        """Answer a browser's question whether a page of another origin may call."""
        response = Response(status=HTTPStatus.NO_CONTENT)
        if request.headers.get("Access-Control-Request-Method"):
            response["Access-Control-Allow-Methods"] = ", ".join(self.allowed_methods)
            response["Access-Control-Allow-Headers"] = (
                "Authorization, Content-Type, Idempotency-Key, If-Match"
            )
            response["Access-Control-Max-Age"] = "600"
        return response

    def finalize_response(  # type: ignore[override]  # errors are plain responses
        self,
        request: Request,
        response: HttpResponse,
        *args: object,
        **kwargs: object,
    ) -> HttpResponse:
        """Say which origins may read the answer; anybody's pages may read, those of ALLOWED_ORIGINS may post."""
        finalize: Callable[..., HttpResponse] = super().finalize_response
        response = finalize(request, response, *args, **kwargs)
        if request.method in READ_METHODS:
            response["Access-Control-Allow-Origin"] = "*"
        else:
            origin = request.headers.get("Origin", "")
            allowed = get_conf().allowed_origins
            patch_vary_headers(response, ["Origin"])
            if origin and (origin in allowed or "*" in allowed):
                response["Access-Control-Allow-Origin"] = origin
        response["Access-Control-Expose-Headers"] = EXPOSED_HEADERS
        return response


class NotFoundView(ReaderView):
    """Every address under the prefix that means nothing, whatever the method."""

    def initial(self, request: Request, *_args: object, **_kwargs: object) -> None:
        """Answer 404 before a method is looked for."""
        refuse_unreadable(request)
        raise Problem("not-found", _("Nothing has this address."))


def refuse_unreadable(request: HttpRequest | Request) -> None:
    """Raise the 400 for an address that no route should see: too long, with a NUL, or not UTF-8."""
    path = request.path_info
    if len(path) > MAX_PATH:
        raise invalid_request(
            "path", "", FaultCode.TOO_LONG, _("The path is too long.")
        )
    if len(request.META.get("QUERY_STRING", "")) > MAX_QUERY:
        raise invalid_request(
            "query", "", FaultCode.TOO_LONG, _("The query is too long.")
        )
    if _UNREADABLE.search(path):
        raise invalid_request(
            "path",
            "",
            FaultCode.INVALID_ENCODING,
            _("The path is not UTF-8, or has a NUL."),
        )


def refuse_unknown_host(request: HttpRequest) -> None:
    """Raise the 400 for a Host header that is not one of ours."""
    try:
        request.get_host()
    except (SuspiciousOperation, BadRequest) as error:
        raise invalid_request(
            "header",
            "Host",
            FaultCode.INVALID_HOST,
            _("The Host header is not one of ours."),
        ) from error


def read_query(
    request: HttpRequest | Request, known: Collection[str]
) -> dict[str, str]:
    """Return the query's parameters; one that is unknown or given twice is a 400."""
    for name in request.GET:
        if name not in known:
            raise invalid_request(
                "query",
                name,
                FaultCode.UNKNOWN_PARAMETER,
                _("There is no such parameter."),
            )
        if len(request.GET.getlist(name)) > 1:
            raise invalid_request(
                "query",
                name,
                FaultCode.REPEATED_PARAMETER,
                _("Give the parameter once."),
            )
    return request.GET.dict()


def read_object(request: Request) -> dict[str, Any]:
    """Return the JSON object in the body; anything else is a 400."""
    data = request.data
    if not isinstance(data, dict) or not data:
        raise invalid_request(
            "body", "", FaultCode.INVALID_VALUE, _("The body must be a JSON object.")
        )
    return data


def _number(text: str) -> int | float:
    """Return the number; 10.0 is an integer, as JSON Schema has it."""
    number = float(text)
    return int(number) if number.is_integer() else number


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise ValueError("a key stands twice")
    return values
