"""The endpoints. Reading only: nothing is written, no cookie is set, and nobody is asked who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from ..cursors import encode_cursor
from ..encode import add_hast, encode_json, join_items
from ..models import Form
from ..negotiation import IDENTITY, prefers_markdown
from ..responses import (
    MARKDOWN_TYPE,
    VARY,
    VARY_BY_TYPE,
    fresh_response,
    known_sha,
    request_coding,
    stored_response,
)
from ..selectors.disclaimers import disclaimer_public, disclaimers_public
from ..selectors.documents import document_answer, resolve_answer
from ..selectors.lists import document_children, document_list, filter_fields
from ..selectors.redirects import redirect_answer
from ..selectors.sites import api_root
from ..selectors.withdrawn import withdrawn_at
from .base import (
    ContentView,
    absent,
    fresh_document,
    next_link,
    page_number,
    place_of,
    query_string_of,
    refuse_withdrawn,
)
from .grammar import (
    read_detail_query,
    read_disclaimer_query,
    read_list_query,
    read_no_query,
    read_resolve_query,
)
from .problems import not_found

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from ...document_facts import JsonObject
    from ..queries import ResolveQuery
    from ..selectors.documents import StoredAnswer


class RootView(ContentView):
    """What there is."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return the links, the sites and the languages."""
        read_no_query(query_string_of(request))
        return fresh_response(request, encode_json(api_root()))


class ResolveView(ContentView):
    """What lives at a path: the one call a front end makes for a page view."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return the page, or the redirect, at `path`."""
        query = read_resolve_query(query_string_of(request))
        place = place_of(request, site=query.site, path=query.path, locale=query.locale)
        if query.has_children or query.has_hast:
            answer = resolve_answer(place, coding=IDENTITY)
            if answer is not None:
                return _extended(request, answer, query)
        else:
            coding = request_coding(request)
            answer = resolve_answer(place, coding=coding, known_sha=known_sha(request))
            if answer is not None:
                return stored_response(request, answer, coding)
        refuse_withdrawn(withdrawn_at(place))
        redirect = redirect_answer(place)
        if redirect is None:
            raise not_found("Nothing public lives at this path.")
        body: JsonObject = {
            "outcome": "redirect",
            "status": int(redirect.status),
            "location": redirect.location,
        }
        return fresh_response(request, encode_json(body), next_transition=0)


class DocumentListView(ContentView):
    """A collection of documents, as cards."""

    document_type: ClassVar[str | None] = None

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return a page of the collection."""
        query_string = query_string_of(request)
        query = read_list_query(query_string, document_type=self.document_type)
        found = document_list(query)
        cursor = encode_cursor(found.next) if found.next else None
        tail: dict[str, Any] = {"next": cursor, "page_size": query.page_size}
        if found.count is not None:
            tail["count"] = found.count
        return fresh_response(
            request,
            join_items(found.items, tail),
            next_transition=found.next_transition,
            tags=f"list list-{self.document_type or 'page'}",
            link=next_link(request, query_string, cursor) if cursor else "",
        )


class DocumentView(ContentView):
    """One document."""

    document_type: ClassVar[str | None] = None

    def get(self, request: HttpRequest, page_id: str) -> HttpResponse:
        """Return the document of the page; as Markdown when that is asked for, and nothing else."""
        query_string = query_string_of(request)
        if not query_string and prefers_markdown(request.META.get("HTTP_ACCEPT", "")):
            return _markdown(request, page_id, self.document_type, is_chosen=True)
        query = read_detail_query(query_string)
        identifier = page_number(page_id)
        is_whole = not (query.fields or query.has_children or query.has_hast)
        coding = request_coding(request) if is_whole else IDENTITY
        answer = document_answer(
            identifier,
            document_type=self.document_type,
            coding=coding,
            known_sha=known_sha(request) if is_whole else "",
        )
        if answer is None:
            raise absent(identifier, self.document_type)
        if is_whole:
            link = f'<{request.path.rstrip("/")}.md>; rel="alternate"; type="text/markdown"'
            return stored_response(
                request, answer, coding, vary=VARY_BY_TYPE, link=link
            )
        content = answer.content or b""
        if query.fields:
            content = filter_fields(content, query.fields)
        if query.has_children:
            content = _splice_children(content, answer.page_id)
        if query.has_hast:
            content = add_hast(content)
        return fresh_document(request, answer, content)


class MarkdownView(ContentView):
    """One document as Markdown, whole: there is no part of it without its envelope."""

    document_type: ClassVar[str | None] = None

    def get(self, request: HttpRequest, page_id: str) -> HttpResponse:
        """Return the Markdown of the page."""
        read_no_query(query_string_of(request))
        return _markdown(request, page_id, self.document_type, is_chosen=False)


class DisclaimerListView(ContentView):
    """The disclaimers of the library."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return all live disclaimers."""
        locale = read_disclaimer_query(query_string_of(request))
        items = disclaimers_public(locale=locale)
        content = encode_json(
            {"items": list(items), "next": None, "page_size": len(items)}
        )
        return fresh_response(request, content, tags="list list-disclaimer")


class DisclaimerView(ContentView):
    """One disclaimer."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """Return the disclaimer, in the language asked for."""
        locale = read_disclaimer_query(query_string_of(request))
        found = disclaimer_public(key, locale=locale)
        if found is None:
            raise not_found("There is no such disclaimer.")
        return fresh_response(
            request,
            encode_json(found),
            locale=str(found["locale"]),
            tags="list list-disclaimer",
        )


class MissingView(ContentView):
    """Every other path under the prefix."""

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Refuse."""
        raise not_found("The API has no such path.")


def _markdown(
    request: HttpRequest, page_id: str, document_type: str | None, *, is_chosen: bool
) -> HttpResponse:
    """Return the page as Markdown; *is_chosen* says that the Accept header chose it at the document's own address."""
    coding, identifier = request_coding(request), page_number(page_id)
    answer = document_answer(
        identifier,
        document_type=document_type,
        coding=coding,
        known_sha=known_sha(request),
        form=Form.MARKDOWN,
    )
    if answer is None:
        raise absent(identifier, document_type)
    path = request.path.rstrip("/").removesuffix(".md")
    response = stored_response(
        request,
        answer,
        coding,
        content_type=MARKDOWN_TYPE,
        vary=VARY_BY_TYPE if is_chosen else VARY,
        link=f'<{path}/>; rel="alternate"; type="application/json"',
    )
    if is_chosen:
        response.headers["Content-Location"] = f"{path}.md"
    return response


def _splice_children(content: bytes, page_id: int) -> bytes:
    """Return the JSON object *content* with `children` added."""
    return (
        content[:-1] + b',"children":[' + b",".join(document_children(page_id)) + b"]}"
    )


def _extended(
    request: HttpRequest, answer: StoredAnswer, query: ResolveQuery
) -> HttpResponse:
    content = answer.content or b""
    if query.has_children:
        # The page is the last member of the answer: its brace is the last but one.
        content = _splice_children(content[:-1], answer.page_id) + b"}"
    if query.has_hast:
        content = add_hast(content)
    return fresh_document(request, answer, content)
