"""The endpoints that readers' browsers and front ends call."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from ..author_selectors import submitted_reply
from ..byte_cache import REPLY_BYTES
from ..conf import get_conf, get_conf_text
from ..errors import FaultCode, ReplyNotFound, ThreadClosed, ThreadNotFound
from ..language import thread_language
from ..network import client_network
from ..selectors import (
    MAX_ID,
    PublicThread,
    TreePage,
    public_thread,
    public_threads,
    reply_children,
    thread_tree,
)
from ..services import reply_check, reply_submit
from ..tokens import InvalidTokenError, make_form_token, read_status_token
from .author import reader_of
from .author_payloads import status_json
from .base import EXPOSED_HEADERS, ReaderView, read_object, read_query
from .payloads import (
    TreeQuery,
    disclaimer_json,
    read_submission,
    read_tree_query,
    result_json,
    thread_json,
    tree_json,
)
from .problems import invalid_request

if TYPE_CHECKING:
    from django.http import HttpRequest
    from rest_framework.request import Request

MAX_PAGES = 100
"""In one question for counts."""
SHARED_CACHE = "public, max-age=30, stale-while-revalidate=300"
_READ_HEADERS = {
    "Cache-Control": SHARED_CACHE,
    "Allow": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": EXPOSED_HEADERS,
    # A JSON document opened in a browser runs and frames nothing.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}
_REPRESENTATION = "2"
"""Goes into every entity tag; raised when the JSON of an unchanged thread changes."""


class ThreadView(ReaderView):
    """One thread: its mode, how many replies it has, what a reader may do."""

    def get(self, request: Request, page_id: int) -> HttpResponse:
        """Return the thread."""
        return self.read(request, page_id)

    @staticmethod
    def read(request: HttpRequest | Request, page_id: int) -> HttpResponse:
        """Return the thread, with nothing but the request: the short path calls this too. Nothing is written."""
        read_query(request, ())
        thread = _thread(page_id)
        now = timezone.now()
        # The site's own language, not the request's: one answer for everybody may be kept by caches.
        language = thread_language(page_id) or settings.LANGUAGE_CODE
        disclaimer = disclaimer_json(language)
        tag = _entity_tag(thread, "thread", thread.is_open(now), disclaimer)
        headers = {"ETag": tag, "Content-Language": language, **_READ_HEADERS}
        if _has_tag(request, tag):
            return _not_modified(headers)
        content = JSONRenderer().render(thread_json(thread, now, disclaimer))
        return _json_bytes(request, content, headers)


class RepliesView(ReaderView):
    """The published replies of a thread, and where new ones are sent."""

    def get(self, request: Request, page_id: int) -> HttpResponse:
        """Return a page of the tree."""
        return self.read(request, page_id)

    @staticmethod
    def read(request: HttpRequest | Request, page_id: int) -> HttpResponse:
        """Return a page of the tree, with nothing but the request: the short path calls this too.

        One query for what is kept in memory or by the client; else two, three with `parent`. Nothing is written.
        """
        query = read_tree_query(
            read_query(request, ("sort", "cursor", "depth", "parent"))
        )
        thread = _thread(page_id)
        tag = _entity_tag(thread, "replies", query)
        headers = {"ETag": tag, **_READ_HEADERS, "Allow": "GET, POST, HEAD, OPTIONS"}
        if _has_tag(request, tag):
            return _not_modified(headers)
        return _json_bytes(request, _tree_bytes(thread, query, tag), headers)

    def post(self, request: Request, page_id: int) -> Response:
        """Take a reply: 201 when it is public, 202 when it waits, the same again when it is sent again."""
        query = read_query(request, ("dry_run",))
        is_dry = _read_dry_run(query.get("dry_run"))
        submission = read_submission(
            read_object(request),
            page_id=page_id,
            key_raw=request.headers.get("Idempotency-Key", ""),
        )
        network = client_network(
            request.META, proxy_count=get_conf().trusted_proxy_count
        )
        now = timezone.now()
        if is_dry:
            rendered = reply_check(submission, network=network, now=now)
            body = {"valid": True, "body_html": rendered.html}
            return Response(body, headers={"Cache-Control": "no-store"})
        result = reply_submit(
            submission, actor=reader_of(request), network=network, now=now
        )
        answer = result_json(result)
        is_public = result.status == "published"
        return Response(
            answer,
            status=HTTPStatus.CREATED if is_public else HTTPStatus.ACCEPTED,
            headers={"Cache-Control": "no-store", "Location": answer["status_url"]},
        )


class ChallengesView(ReaderView):
    """Where a form begins: what it must carry to be taken."""

    def post(self, request: Request) -> Response:
        """Return a form token for one reply to a page; nothing is stored."""
        read_query(request, ())
        data = read_object(request)
        page_id = data.get("page")
        if type(page_id) is not int or len(data) > 1:
            raise invalid_request(
                "body",
                "page",
                FaultCode.INVALID_VALUE,
                _('Send {"page": id} and nothing else.'),
            )
        now = timezone.now()
        if not _thread(page_id).is_open(now):
            raise ThreadClosed
        body = {"form_token": make_form_token(page_id, now=now), "altcha": None}
        return Response(body, headers={"Cache-Control": "no-store"})


class CountsView(ReaderView):
    """How many replies many pages have: for lists of articles."""

    def post(self, request: Request) -> Response:
        """Return the counts of those pages whose threads everybody may see. Three queries at most; nothing is written."""
        read_query(request, ())
        data = read_object(request)
        ids = data.get("pages")
        if set(data) != {"pages"} or not _are_pages(ids):
            detail = _('Send {"pages": [ids]}, at most %(limit)d.')
            raise invalid_request(
                "body",
                "pages",
                FaultCode.INVALID_VALUE,
                detail % {"limit": MAX_PAGES},
            )
        threads = public_threads(data["pages"])
        counts = {str(page_id): thread.count for page_id, thread in threads.items()}
        return Response({"counts": counts}, headers={"Cache-Control": "no-store"})


class SubmissionView(ReaderView):
    """What became of one reply, for its author: the address is the secret."""

    def get(self, request: Request, token: str) -> Response:
        """Return the state of the reply and, if it is not public, why."""
        read_query(request, ())
        try:
            found = submitted_reply(read_status_token(token))
        except InvalidTokenError as error:
            raise ReplyNotFound from error
        if found is None:
            raise ReplyNotFound
        headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
        return Response(status_json(found), headers=headers)


def _are_pages(value: object) -> bool:
    return (
        isinstance(value, list)
        and 0 < len(value) <= MAX_PAGES
        and all(type(page_id) is int and 0 < page_id <= MAX_ID for page_id in value)
    )


def _thread(page_id: int) -> PublicThread:
    thread = public_thread(page_id)
    if thread is None:
        raise ThreadNotFound
    return thread


def _entity_tag(thread: PublicThread, *parts: object) -> str:
    """Return a strong tag: equal for equal bytes, and telling nothing but that."""
    facts = (
        _REPRESENTATION,
        thread.id,
        thread.version,
        thread.mode,
        thread.closes_at,
        thread.policy,
        # Credentials run out with the day, and no row changes then.
        timezone.now().date() if thread.has_clinicians else None,
    )
    text = ", ".join([*map(repr, facts), get_conf_text(), *map(repr, parts)])
    digest = salted_hmac("health_comments.etag", f"({text})", algorithm="sha256")
    return f'"{digest.hexdigest()[:32]}"'


def _tree_bytes(thread: PublicThread, query: TreeQuery, tag: str) -> bytes:
    """Return the JSON of a page of the tree, encoded once for a version of the thread.

    The tag is made of everything that the bytes depend on. They are kept only when the replies were read at the
    version that the tag names, and not while a later one, or an earlier one of a slow replica, was in between.
    """
    max_bytes = get_conf().reply_cache_bytes
    key = (thread.id, thread.created_at, tag)
    content = REPLY_BYTES.get(key) if max_bytes else None
    if content is not None:
        return content
    tree = _tree(thread, query)
    content = JSONRenderer().render(tree_json(tree, query, thread.count))
    if tree.version == thread.version:
        REPLY_BYTES.put(key, content, max_bytes=max_bytes)
    return content


def _tree(thread: PublicThread, query: TreeQuery) -> TreePage:
    options: dict[str, Any] = {
        "sort": query.sort,
        "after": query.after,
        "depth": query.depth,
    }
    if query.parent is None:
        return thread_tree(thread, **options)
    tree = reply_children(thread, query.parent, **options)
    if tree is None:
        raise ReplyNotFound
    return tree


def _has_tag(request: HttpRequest | Request, tag: str) -> bool:
    header = request.META.get("HTTP_IF_NONE_MATCH", "")
    if not header:
        return False
    tags = parse_etags(header)
    return "*" in tags or tag in {known.removeprefix("W/") for known in tags}


def _not_modified(headers: dict[str, str]) -> HttpResponse:
    response = HttpResponse(status=HTTPStatus.NOT_MODIFIED, headers=headers)
    del response.headers["Content-Type"]
    return response


def _json_bytes(
    request: HttpRequest | Request, content: bytes, headers: dict[str, str]
) -> HttpResponse:
    body = b"" if request.method == "HEAD" else content
    facts = {"Content-Type": "application/json", "Content-Length": str(len(content))}
    return HttpResponse(body, headers=facts | headers)


def _read_dry_run(value: str | None) -> bool:
    if value not in {None, "0", "1"}:
        raise invalid_request(
            "query", "dry_run", FaultCode.INVALID_VALUE, _("Use 0 or 1.")
        )
    return value == "1"
