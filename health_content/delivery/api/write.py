"""The base of endpoints that write, and of what is for callers with a token only."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpResponse

from ..encode import encode_json
from ..responses import CONTENT_TYPE, POLICY
from .base import ContentView, query_string_of
from .grammar import read_no_query
from .throttles import throttle_write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from ...document_facts import Json
    from .access import Caller
    from .throttles import Quota

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class WriteView(ContentView):
    """An endpoint whose answers are for who asked: never cached, and counted.

    A subclass names its `scope` and defines the methods that it takes; `read_body` reads what they are given. There is
    no cookie to forge a request with: a token is a header, which no page of another origin can make a browser send.
    """

    http_method_names = ["get", "head", "post", "put", "patch", "delete", "options"]
    is_private = True

    @property
    def known_caller(self) -> Caller:
        """Who calls an endpoint that names a `scope`.

        Raises:
            TypeError: the endpoint names none.
        """
        if self.caller is None:
            raise TypeError(f"{type(self).__name__} is for everybody")
        return self.caller

    def count(self, request: HttpRequest) -> Quota | None:
        """Count a write as one; it takes no query."""
        if request.method in SAFE_METHODS:
            return super().count(request)
        read_no_query(query_string_of(request))
        return throttle_write(request, self.caller)


def json_response(
    value: Json,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Return *value* as the answer to whoever asked, and to nobody else."""
    content = encode_json(value)
    response = HttpResponse(content, status=status, content_type=CONTENT_TYPE)
    response.headers["Content-Length"] = str(len(content))
    response.headers["Content-Security-Policy"] = POLICY
    for name, text in (headers or {}).items():
        response.headers[name] = text
    return response


def empty_response() -> HttpResponse:
    """Return the 204 of a write that has nothing to say."""
    response = HttpResponse(status=HTTPStatus.NO_CONTENT)
    del response.headers["Content-Type"]
    return response
