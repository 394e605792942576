"""The API's description, for programs and for people."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import resolve, reverse

from ...conf import get_conf
from ..encode import encode_json
from ..responses import fresh_response
from .base import ContentView
from .grammar import read_no_query
from .schema import openapi_document
from .schema.deprecations import deprecate_operations

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class SchemaView(ContentView):
    """The OpenAPI document."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return the OpenAPI document."""
        read_no_query(request.META.get("QUERY_STRING", ""))
        names = frozenset(get_conf().deprecations)
        content = _openapi_bytes(reverse("health_delivery:root"), names)
        return fresh_response(request, content)


class DocsView(ContentView):
    """The same, to read and to try, from files of this site only."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return the page; its script reads the OpenAPI document."""
        read_no_query(request.META.get("QUERY_STRING", ""))
        schema_url = reverse("health_delivery:openapi")
        content = render_to_string(
            "health_delivery/docs.html", {"schema_url": schema_url}
        ).encode()
        response = fresh_response(
            request, content, content_type="text/html; charset=utf-8"
        )
        response.headers["Content-Security-Policy"] = _policy(settings.STATIC_URL or "")
        return response


@cache
def _openapi_bytes(server: str, deprecated_names: frozenset[str]) -> bytes:
    def is_deprecated(path: str) -> bool:
        return resolve(server + path.removeprefix("/")).url_name in deprecated_names

    document = openapi_document(server)
    if deprecated_names:
        deprecate_operations(document, is_deprecated)
    return encode_json(document)


@cache
def _policy(static_url: str) -> str:
    """Return the page's content security policy: files of this site and of its static host, nothing inline."""
    parts = urlsplit(static_url)
    host = f"{parts.scheme or 'https'}://{parts.netloc}" if parts.netloc else ""
    own = f"'self' {host}".strip()
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {own}",
            f"style-src {own}",
            f"img-src {own} data:",
            f"font-src {own}",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )
