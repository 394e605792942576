"""Bytes to HTTP responses: validators, lifetimes, tags, and 304 when the client has the bytes already."""

from __future__ import annotations

import re
import time
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpResponse

from ..conf import get_conf
from .cache_tags import EVERYTHING, trim_tags
from .encode import compress_gzip, content_sha
from .negotiation import IDENTITY, choose_coding

if TYPE_CHECKING:
    from django.http import HttpRequest

    from .selectors.documents import StoredAnswer

CONTENT_TYPE = "application/json"
# RFC 7763; the variant is of RFC 7764.
MARKDOWN_TYPE = "text/markdown; charset=utf-8; variant=GFM"
ENTITY_TAG = re.compile(r'"([!#-~\x80-\xff]*)"')
EXPOSED_HEADERS = (
    "ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate"
)
"""What scripts of other sites may read, besides what they always may."""
REVALIDATE_SECONDS = 60
"""For how long a shared cache may answer with what it has while it fetches anew."""
ERROR_SECONDS = 86_400
"""For how long it may when the site does not answer."""
# Below this, headers outweigh what compression saves.
COMPRESS_MIN_BYTES = 500
# What is compressed for one request only must be quick: level 1 takes a quarter of level 6's time.
COMPRESS_LEVEL = 1
# Varnish takes header lines of 8 kB, nginx all headers in 4 or 8 kB. What we purge by comes first.
TAGS_MAX_LENGTH = 3_000
FRESH_CODINGS = ("gzip", IDENTITY)
VARY = "Accept-Encoding"
VARY_BY_TYPE = "Accept, Accept-Encoding"
# A JSON document opened in a browser runs and frames nothing.
POLICY = "default-src 'none'; frame-ancestors 'none'"


def known_sha(request: HttpRequest) -> str:
    """Return the hash of the bytes that the client says it has, when it names exactly one."""
    header = request.META.get("HTTP_IF_NONE_MATCH", "")
    if not header:
        return ""
    tags = ENTITY_TAG.findall(header[:1_000])
    return tags[0] if len(tags) == 1 else ""


def request_coding(request: HttpRequest) -> str:
    """Return the content coding of stored bytes that the client likes best."""
    return choose_coding(request.META.get("HTTP_ACCEPT_ENCODING", ""))


def stored_response(
    request: HttpRequest,
    answer: StoredAnswer,
    coding: str,
    *,
    content_type: str = CONTENT_TYPE,
    vary: str = VARY,
    link: str = "",
) -> HttpResponse:
    """Return the response of stored bytes; *link* is added to the document's own links."""
    response = _response(
        request,
        answer.content,
        sha=answer.sha,
        coding=coding,
        content_type=content_type,
    )
    headers = response.headers
    headers["Vary"] = vary
    headers["Cache-Control"] = cache_control(answer.next_transition)
    headers["Last-Modified"] = answer.last_modified
    _add_language(response, answer.locale)
    headers["Link"] = f"{answer.link}, {link}" if link else answer.link
    _add_tags(response, answer.tags)
    return response


def fresh_response(
    request: HttpRequest,
    content: bytes,
    *,
    next_transition: int | None = None,
    tags: str = "",
    link: str = "",
    locale: str = "",
    last_modified: str = "",
    content_type: str = CONTENT_TYPE,
) -> HttpResponse:
    """Return the response of bytes that were put together for this request.

    *last_modified* is for what is made of one document and of nothing else.
    """
    coding = choose_coding(request.META.get("HTTP_ACCEPT_ENCODING", ""), FRESH_CODINGS)
    if len(content) < COMPRESS_MIN_BYTES:
        coding = IDENTITY
    if coding == "gzip":
        content = compress_gzip(content, COMPRESS_LEVEL)
    response = _response(
        request,
        content,
        sha=content_sha(content),
        coding=coding,
        content_type=content_type,
    )
    response.headers["Cache-Control"] = cache_control(next_transition)
    if last_modified:
        response.headers["Last-Modified"] = last_modified
    if link:
        response.headers["Link"] = link
    _add_language(response, locale)
    _add_tags(response, tags)
    return response


def cache_control(next_transition: int | None) -> str:
    """Return the Cache-Control of an answer that changes by itself at *next_transition*, in seconds since 1970.

    A shared cache never keeps it beyond that moment, stale or not.
    """
    seconds = get_conf().shared_cache_seconds
    on_error = ERROR_SECONDS
    if next_transition is not None:
        left = next_transition - int(time.time())
        if left < seconds + REVALIDATE_SECONDS:
            return f"public, max-age=0, s-maxage={max(0, min(left, seconds))}"
        on_error = min(on_error, left - seconds)
    return (
        f"public, max-age=0, s-maxage={seconds}, stale-while-revalidate={REVALIDATE_SECONDS}, "
        f"stale-if-error={on_error}"
    )


def _response(
    request: HttpRequest,
    content: bytes | None,
    *,
    sha: str,
    coding: str,
    content_type: str = CONTENT_TYPE,
) -> HttpResponse:
    """Return 304 when the client has the bytes, else the bytes; their headers are the same."""
    if content is None or _has(request, sha):
        response = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
        del response.headers["Content-Type"]
    else:
        body = b"" if request.method == "HEAD" else content
        response = HttpResponse(body, content_type=content_type)
        headers = response.headers
        headers["Content-Length"] = str(len(content))
        headers["Content-Digest"] = f"sha-256=:{sha}:"
        if coding != IDENTITY:
            headers["Content-Encoding"] = coding
    response.headers["ETag"] = f'"{sha}"'
    response.headers["Vary"] = VARY
    response.headers["Content-Security-Policy"] = POLICY
    # What everybody may read, every page's script may read; nothing here depends on who asks.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = EXPOSED_HEADERS
    return response


def _has(request: HttpRequest, sha: str) -> bool:
    header = request.META.get("HTTP_IF_NONE_MATCH", "")
    if not header:
        return False
    return header.strip() == "*" or sha in ENTITY_TAG.findall(header)


def _add_language(response: HttpResponse, locale: str) -> None:
    # RFC 9110, section 15.4.5: a 304 says of the representation only what helps to update what is stored.
    if locale and response.status_code == HTTPStatus.OK:
        response.headers["Content-Language"] = locale


def _add_tags(response: HttpResponse, tags: str) -> None:
    name = get_conf().cache_tag_header
    kept = f"{trim_tags(tags, TAGS_MAX_LENGTH)} {EVERYTHING}".lstrip()
    # Fastly's and Varnish's header is separated by spaces, the others' by commas.
    is_spaced = name.lower() in {"surrogate-key", "xkey"}
    response.headers[name] = kept if is_spaced else kept.replace(" ", ",")
