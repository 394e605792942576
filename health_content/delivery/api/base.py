"""What all endpoints share: the base view, and the parts of requests and answers that several read or write."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar

from django.http import HttpResponse
from rest_framework.views import APIView

from ...selectors.withdrawals import withdrawal_of_page, withdrawal_replacements
from ..cursors import encode_cursor
from ..encode import join_items
from ..responses import fresh_response
from ..selectors.documents import Place
from .problems import (
    METHODS,
    Problem,
    gone,
    internal_error,
    method_not_allowed,
    not_found,
    problem_response,
)

if TYPE_CHECKING:
    from django.http import HttpRequest

    from ...models import Withdrawal
    from ..selectors.documents import StoredAnswer
    from ..selectors.keysets import KeysetPage

logger = logging.getLogger(__name__)
# Larger ids exist in no database; they are not worth a question.
ID_MAX = 2**63 - 1


class ContentView(APIView):
    """Base of the endpoints: GET, HEAD and OPTIONS for everybody, problems as RFC 9457."""

    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()
    parser_classes = ()
    http_method_names = [method.lower() for method in METHODS]
    schema = None
    # DRF's headers: Allow belongs to 405, and nothing here varies by Accept.
    default_response_headers: ClassVar[dict[str, str]] = {}

    def initialize_request(  # type: ignore[override]
        self, request: HttpRequest, *_args: Any, **_kwargs: Any
    ) -> HttpRequest:
        """Return Django's own request: there is no body to parse and no user to find out."""
        return request

    def initial(self, *_args: Any, **_kwargs: Any) -> None:
        """Skip DRF's checks of user, permission and throttle: these reads have none."""

    def options(self, *_args: Any, **_kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """Return the methods, to clients and to browsers that ask before a script reads."""
        methods = ", ".join(METHODS)
        return HttpResponse(
            status=HTTPStatus.NO_CONTENT,
            headers={
                "Allow": methods,
                "Access-Control-Allow-Origin": "*",
                "Access-Control-Allow-Methods": methods,
                "Access-Control-Allow-Headers": "If-None-Match",
                "Access-Control-Max-Age": "86400",
            },
        )

    def http_method_not_allowed(self, *_args: Any, **_kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """Refuse the method."""
        raise method_not_allowed()

    def handle_exception(self, exc: Exception) -> HttpResponse:  # type: ignore[override]
        """Return the problem document of *exc*; what nobody foresaw is logged and says nothing."""
        if isinstance(exc, Problem):
            return problem_response(self.request, exc)
        logger.error("Content API failed", exc_info=exc)
        return problem_response(self.request, internal_error())


def query_string_of(request: HttpRequest) -> str:
    """Return the query string as WSGI gives it."""
    query_string: str = request.META.get("QUERY_STRING", "")
    return query_string


def page_number(page_id: str) -> int:
    """Return the id that the path names.

    Raises:
        Problem: 404, for a number that is no id.
    """
    identifier = int(page_id)
    if identifier > ID_MAX:
        raise not_found()
    return identifier


def place_of(
    request: HttpRequest,
    *,
    site: str | None,
    path: str = "/",
    locale: str | None = None,
) -> Place:
    """Return the place that *path* is on the *site* named, or else on the one that the Host header names."""
    label = site or request.get_host()
    host, _, port = label.rpartition(":")
    if not host or not port.isdecimal():
        host, port = label, "443" if request.is_secure() and not site else "80"
    return Place(
        path=path,
        host=host.lower(),
        port=int(port),
        is_named=site is not None,
        locale=locale,
    )


def refuse_withdrawn(withdrawal: Withdrawal | None) -> None:
    """Refuse with the reason what was withdrawn.

    Raises:
        Problem: 410.
    """
    if withdrawal is not None:
        replacements = withdrawal_replacements([withdrawal])
        raise gone(withdrawal.reason, replacements.get(withdrawal.page_id))


def absent(page_id: int, document_type: str | None) -> Problem:
    """Return the 404 for a page without a public document, or raise the 410 when it was withdrawn."""
    refuse_withdrawn(withdrawal_of_page(page_id, document_type=document_type))
    return not_found()


def fresh_document(
    request: HttpRequest, answer: StoredAnswer, content: bytes
) -> HttpResponse:
    """Return *content*, made of the document *answer* for this request, with the document's headers."""
    return fresh_response(
        request,
        content,
        next_transition=answer.next_transition,
        tags=answer.tags,
        link=answer.link,
        locale=answer.locale,
    )


def keyset_response(
    request: HttpRequest,
    found: KeysetPage,
    *,
    page_size: int,
    tags: str,
    is_kept: bool = True,
) -> HttpResponse:
    """Return a page of a list; *is_kept* says that a shared cache may keep it for a while."""
    cursor = encode_cursor(found.next) if found.next else None
    link = next_link(request, query_string_of(request), cursor) if cursor else ""
    return fresh_response(
        request,
        join_items(found.items, {"next": cursor, "page_size": page_size}),
        next_transition=found.next_transition if is_kept else 0,
        tags=tags,
        link=link,
    )


def next_link(
    request: HttpRequest, query_string: str, cursor: str, *, name: str = "cursor"
) -> str:
    """Return the Link header (RFC 8288) to the next page: the same query, from *cursor* on."""
    kept = [
        part
        for part in query_string.split("&")
        if part and not part.startswith(f"{name}=")
    ]
    query = "&".join([*kept, f"{name}={cursor}"])
    return f'<{request.path}?{query}>; rel="next"'
