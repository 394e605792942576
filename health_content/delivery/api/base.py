"""What all endpoints share: the base view, and the parts of requests and answers that several read or write."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from rest_framework.views import APIView

from ...conf import get_conf
from ...deprecation import deprecation_headers
from ...selectors.withdrawals import withdrawal_replacements, withdrawal_told
from ..cursors import encode_cursor
from ..encode import join_items
from ..hosts import parse_host
from ..responses import fresh_response
from ..search.backends import SearchUnavailable
from ..selectors.documents import Place
from .access import Unlock, bearer_found, require_scope
from .problems import (
    EXPOSED_HEADERS,
    METHODS,
    Problem,
    gone,
    internal_error,
    method_not_allowed,
    not_found,
    problem_response,
    search_unavailable,
)
from .query import canonical_query, query_names
from .throttles import throttle_miss, throttle_read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from ...document_facts import JsonObject
    from ...models import Withdrawal
    from ..scopes import Scope
    from ..selectors.documents import StoredAnswer
    from ..selectors.keysets import KeysetPage
    from .access import Caller
    from .query import Parameter
    from .throttles import Quota

logger = logging.getLogger(__name__)
# Larger ids exist in no database; they are not worth a question.
ID_MAX = 2**63 - 1


class ContentView(APIView):
    """Base of the endpoints: GET, HEAD and OPTIONS for everybody, problems as RFC 9457.

    A request without an Authorization header is nobody's, and costs nothing to find that out. With one, the token must
    be good, and no cache keeps the answer: one that ignores `Vary` would hand it to others.
    """

    scope: ClassVar[Scope | None] = None
    """What a token must be allowed; None: nobody needs a token."""
    is_uncached: ClassVar[bool] = False
    """No shared cache can answer for it, so its reads are counted."""
    is_private: ClassVar[bool] = False
    """Its answers are for who asked, whether with a token or not."""
    caller: Caller | None = None
    """Who calls; None for requests without a token."""
    unlock: Unlock | None = None
    """Which passwords the client has given."""
    quota: Quota | None = None

    parameters: ClassVar[Sequence[Parameter]] = ()
    """The grammar of its query, for the canonical address."""

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

    def initial(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> None:
        """Find out who calls, and count what is to be counted, instead of DRF's checks.

        Browsers ask with OPTIONS before they send a token, so that is answered to anybody; so is a method that nobody
        may use here.
        """
        if request.method not in self.allowed_methods:
            raise method_not_allowed(self.allowed_methods)
        if request.method == "OPTIONS":
            return
        if self.scope is not None or "HTTP_AUTHORIZATION" in request.META:
            try:
                self.caller = self.authenticate(request)
            except Problem:
                # Whose token is not good is known by their address alone.
                self.quota = throttle_read(request, None)
                raise
        if self.is_counted(request):
            self.quota = self.count(request)

    def is_counted(self, request: HttpRequest) -> bool:
        """Return whether reads are counted: of what no shared cache can answer, or holds in any number of variants."""
        is_searched = "q" in query_names(query_string_of(request))
        is_own = self.is_private or "HTTP_AUTHORIZATION" in request.META
        return self.is_uncached or is_own or is_searched

    def authenticate(self, request: HttpRequest) -> Caller | None:
        """Return who calls.

        Raises:
            Problem: 401 or 403.
        """
        if self.scope is not None:
            return require_scope(request, self.scope)
        found = bearer_found(request)
        if isinstance(found, Unlock):
            self.unlock = found
            return None
        return found

    def count(self, request: HttpRequest) -> Quota | None:
        """Count the request; return what the caller may still do.

        Raises:
            Problem: 429.
        """
        return throttle_read(request, self.caller)

    def count_miss(self, request: HttpRequest) -> None:
        """Count what no cache will keep, for there is nothing at the address; what is counted already is not again.

        Raises:
            Problem: 429.
        """
        if self.quota is None:
            self.quota = throttle_miss(request)

    def finalize_response(  # type: ignore[override]
        self,
        request: HttpRequest,
        response: HttpResponse,
        *_args: Any,
        **_kwargs: Any,
    ) -> HttpResponse:
        """Name the one address of the answer, keep what a caller was told out of every cache, and tell the quota."""
        self._name_location(request, response)
        if self.is_private or "HTTP_AUTHORIZATION" in request.META:
            make_private(request, response)
        add_deprecation(request, response)
        # A shared cache would tell others what this caller may still do.
        if self.quota is not None and not _is_kept(response):
            for name, text in self.quota.headers.items():
                # A refusal tells of the limit that was reached, which may be another.
                response.headers.setdefault(name, text)
        return response

    def grammar(self) -> Sequence[Parameter]:
        """Return the parameters of the query."""
        return self.parameters

    def _name_location(self, request: HttpRequest, response: HttpResponse) -> None:
        """Say which of the addresses of this answer is the canonical one (RFC 9110, section 8.7), when another was used."""
        query_string, path = query_string_of(request), request.path
        if not query_string and path == _canonical_path(path):
            return
        is_answer = response.status_code in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}
        if not is_answer or "Content-Location" in response.headers:
            return
        grammar = self.grammar()
        if query_string and not grammar:
            return
        canonical = canonical_query(query_string, grammar)
        location = _canonical_path(path) + (f"?{canonical}" if canonical else "")
        if location != f"{path}?{query_string}".rstrip("?"):
            response.headers["Content-Location"] = location

    def options(self, *_args: Any, **_kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """Return the methods, to clients and to browsers that ask before a script reads."""
        methods = ", ".join(self.allowed_methods)
        response = HttpResponse(
            status=HTTPStatus.NO_CONTENT,
            headers={
                "Allow": methods,
                "Access-Control-Allow-Origin": "*",
                "Access-Control-Allow-Methods": methods,
                "Access-Control-Allow-Headers": "Authorization, Content-Type, If-None-Match",
                "Access-Control-Max-Age": "86400",
            },
        )
        # There is no content of which it could be the type.
        del response.headers["Content-Type"]
        return response

    def http_method_not_allowed(self, *_args: Any, **_kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """Refuse the method."""
        raise method_not_allowed(self.allowed_methods)

    def handle_exception(self, exc: Exception) -> HttpResponse:  # type: ignore[override]
        """Return the problem document of *exc*; what nobody foresaw is logged and says nothing."""
        if isinstance(exc, Problem):
            return problem_response(self.request, self._counted(exc))
        if isinstance(exc, SearchUnavailable):
            logger.warning("Search is not available", exc_info=exc)
            return problem_response(self.request, search_unavailable())
        logger.error("Content API failed", exc_info=exc)
        return problem_response(self.request, internal_error())

    def _counted(self, problem: Problem) -> Problem:
        """Return *problem*, or the 429 when it is one miss too many."""
        if problem.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
            try:
                self.count_miss(self.request)
            except Problem as refusal:
                return refusal
        return problem


def add_deprecation(request: HttpRequest, response: HttpResponse) -> None:
    """Tell clients of a route that is to go."""
    deprecations = get_conf().deprecations
    match = request.resolver_match
    options = deprecations.get(match.url_name or "") if match else None
    if options is None:
        return
    for name, value in deprecation_headers(options).items():
        known = response.headers.get(name)
        response.headers[name] = f"{known}, {value}" if known else value


def make_private(request: HttpRequest, response: HttpResponse) -> None:
    """Let no cache keep *response*, and none answer the next caller with it (RFC 9111, section 3.5)."""
    if request.method == "HEAD":
        response.content = b""
    response.headers["Cache-Control"] = "private, no-store"
    # Nobody keeps it, so nobody has to drop it.
    response.headers.pop(get_conf().cache_tag_header, None)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = EXPOSED_HEADERS
    patch_vary_headers(response, ("Authorization",))


def _is_kept(response: HttpResponse) -> bool:
    """Return whether a shared cache may answer others with *response* without asking."""
    directives = response.headers.get("Cache-Control", "").split(", ")
    return "public" in directives and "s-maxage=0" not in directives


def _canonical_path(path: str) -> str:
    """Return *path* with a closing slash, or without one when it names a file."""
    bare = path.rstrip("/")
    return bare if "." in bare.rpartition("/")[2] else f"{bare}/"


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
    host = parse_host(site or request.get_host())
    standard_port = 443 if request.is_secure() and not site else 80
    path, _, query = path.partition("?")
    return Place(
        path=path,
        query=query,
        hosts=host.names,
        port=standard_port if host.port is None else host.port,
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
    refuse_withdrawn(withdrawal_told(page_id, document_type=document_type))
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
        last_modified=answer.last_modified,
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
    tail: JsonObject = {"next": cursor, "page_size": page_size}
    if found.count is not None:
        tail["count"] = found.count
    return fresh_response(
        request,
        join_items(found.items, tail),
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
