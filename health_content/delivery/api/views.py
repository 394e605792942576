"""The endpoints. Reading only: nothing is written, no cookie is set, and nobody is asked who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.utils import timezone

from ..cache_tags import SITES, disclaimer_key_tag, list_tags, wording_tag
from ..cursors import encode_cursor
from ..encode import RESOLVE_HEAD, encode_json, join_items
from ..models import Form
from ..negotiation import IDENTITY, prefers_markdown
from ..purge.purgers import has_tag_purger
from ..responses import (
    MARKDOWN_TYPE,
    VARY,
    VARY_BY_TYPE,
    fresh_response,
    known_sha,
    request_coding,
    stored_response,
)
from ..selectors.disclaimers import disclaimer_list, disclaimer_public
from ..selectors.documents import document_answer, resolve_answer
from ..selectors.lists import document_list, filter_fields
from ..selectors.redirects import redirect_answer
from ..selectors.sites import start_json
from ..selectors.transitions import next_transition_of_all
from ..selectors.unlocked import unlocked_at, unlocked_document
from ..selectors.withdrawn import withdrawn_at
from .as_of_grammar import read_disclaimer_query
from .base import (
    ContentView,
    absent,
    keyset_response,
    next_link,
    page_number,
    place_of,
    query_string_of,
    refuse_withdrawn,
)
from .extended import extended_response
from .grammar import (
    DETAIL_PARAMETERS,
    DISCLAIMER_PARAMETERS,
    LIST_PARAMETERS,
    RESOLVE_PARAMETERS,
    UNION_LIST_PARAMETERS,
    read_detail_query,
    read_list_query,
    read_no_query,
    read_resolve_query,
)
from .list_grammar import DISCLAIMERS_PARAMETERS, read_disclaimers_query
from .problems import not_found
from .unlock import unlocked_answer, unlocked_markdown, unlocked_resolution

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from ...document_facts import JsonObject
    from ..selectors.unlocked import UnlockedDocument
    from .query import Parameter


class RootView(ContentView):
    """What there is."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return the links, the sites and the languages."""
        read_no_query(query_string_of(request))
        return fresh_response(request, encode_json(start_json()), tags=SITES)


class ResolveView(ContentView):
    """What lives at a path: the one call a front end makes for a page view."""

    parameters = RESOLVE_PARAMETERS

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return the page, or the redirect, at `path`."""
        query = read_resolve_query(query_string_of(request))
        place = place_of(request, site=query.site, path=query.path, locale=query.locale)
        if not query.detail.is_plain:
            answer = resolve_answer(place, coding=IDENTITY)
            if answer is not None:
                # The page is the last member of the answer.
                page = (answer.content or b"")[len(RESOLVE_HEAD) : -1]
                return extended_response(
                    request, answer, page, query.detail, is_resolved=True
                )
        else:
            coding = request_coding(request)
            answer = resolve_answer(place, coding=coding, known_sha=known_sha(request))
            if answer is not None:
                return stored_response(request, answer, coding)
        if self.unlock is not None:
            found = unlocked_at(place, self.unlock)
            if found is not None:
                return unlocked_resolution(request, found, query.detail)
        # What follows costs more than a page, and no cache keeps that there is nothing.
        self.count_miss(request)
        refuse_withdrawn(withdrawn_at(place))
        redirect = redirect_answer(place)
        if redirect is None:
            raise not_found("Nothing public lives at this path.")
        body: JsonObject = {
            "outcome": "redirect",
            "status": int(redirect.status),
            "location": redirect.location,
        }
        return fresh_response(
            request,
            encode_json(body),
            # A page that moves away and back would send readers in circles for as long as a cache is not told.
            next_transition=next_transition_of_all(timezone.now())
            if has_tag_purger()
            else 0,
            tags=redirect.tags,
        )


class DocumentListView(ContentView):
    """A collection of documents, as cards."""

    document_type: ClassVar[str | None] = None

    def grammar(self) -> Sequence[Parameter]:
        """Return the parameters: a typed collection has no `type`."""
        return LIST_PARAMETERS if self.document_type else UNION_LIST_PARAMETERS

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
            tags=list_tags(query.type or "page", query.locale),
            link=next_link(request, query_string, cursor) if cursor else "",
        )


class DocumentBase(ContentView):
    """One document, in any form: to everybody, or to those who gave its password."""

    document_type: ClassVar[str | None] = None

    def locked(self, page_id: int) -> UnlockedDocument:
        """Return the document that is not public, for a client that has unlocked it.

        Raises:
            Problem: 404 for everybody else, 410 when it was withdrawn.
        """
        found = None
        if self.unlock is not None:
            found = unlocked_document(
                page_id, self.unlock, document_type=self.document_type
            )
        if found is None:
            self.count_miss(self.request)
            raise absent(page_id, self.document_type)
        return found

    def markdown(
        self, request: HttpRequest, page_id: str, *, is_chosen: bool
    ) -> HttpResponse:
        """Return the page as Markdown; *is_chosen* says that the Accept header chose it at the document's own address."""
        coding, identifier = request_coding(request), page_number(page_id)
        answer = document_answer(
            identifier,
            document_type=self.document_type,
            coding=coding,
            known_sha=known_sha(request),
            form=Form.MARKDOWN,
        )
        if answer is None:
            return unlocked_markdown(request, self.locked(identifier))
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


class DocumentView(DocumentBase):
    """One document."""

    parameters = DETAIL_PARAMETERS

    def get(self, request: HttpRequest, page_id: str) -> HttpResponse:
        """Return the document of the page; as Markdown when that is asked for, and nothing else."""
        query_string = query_string_of(request)
        if not query_string and prefers_markdown(request.META.get("HTTP_ACCEPT", "")):
            return self.markdown(request, page_id, is_chosen=True)
        query = read_detail_query(query_string)
        identifier = page_number(page_id)
        is_whole = query.is_plain and not query.fields
        coding = request_coding(request) if is_whole else IDENTITY
        answer = document_answer(
            identifier,
            document_type=self.document_type,
            coding=coding,
            known_sha=known_sha(request) if is_whole else "",
        )
        if answer is None:
            return unlocked_answer(request, self.locked(identifier), query)
        if is_whole:
            link = f'<{request.path.rstrip("/")}.md>; rel="alternate"; type="text/markdown"'
            return stored_response(
                request, answer, coding, vary=VARY_BY_TYPE, link=link
            )
        content = answer.content or b""
        if query.fields:
            content = filter_fields(content, query.fields)
        return extended_response(request, answer, content, query)


class MarkdownView(DocumentBase):
    """One document as Markdown, whole: there is no part of it without its envelope."""

    def get(self, request: HttpRequest, page_id: str) -> HttpResponse:
        """Return the Markdown of the page."""
        read_no_query(query_string_of(request))
        return self.markdown(request, page_id, is_chosen=False)


class DisclaimerListView(ContentView):
    """The disclaimers of the library."""

    parameters = DISCLAIMERS_PARAMETERS

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return a page of the live disclaimers."""
        query = read_disclaimers_query(query_string_of(request))
        return keyset_response(
            request,
            disclaimer_list(query),
            page_size=query.page_size,
            tags=list_tags("disclaimer"),
        )


class DisclaimerView(ContentView):
    """One disclaimer."""

    parameters = DISCLAIMER_PARAMETERS

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """Return the disclaimer in the language asked for, or else in the default one."""
        query = read_disclaimer_query(query_string_of(request), timezone.now())
        found = disclaimer_public(key, locale=query.locale, at=query.at)
        if found is None:
            raise not_found("There is no such disclaimer.")
        return fresh_response(
            request,
            encode_json(found.content),
            next_transition=next_transition_of_all(timezone.now()),
            locale=str(found.content["locale"]),
            link=_alternate_links(found.content),
            tags=f"{wording_tag(found.id)} {disclaimer_key_tag(key)}",
        )


class MissingView(ContentView):
    """Every other path under the prefix."""

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Refuse."""
        raise not_found("The API has no such path.")


def _alternate_links(disclaimer: JsonObject) -> str:
    """Return the Link header (RFC 8288) to the disclaimer in its other languages."""
    alternates: Any = disclaimer["alternates"]
    return ", ".join(
        f'<{each["href"]}>; rel="alternate"; hreflang="{each["locale"]}"'
        for each in alternates
    )
