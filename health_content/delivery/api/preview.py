"""Drafts in the live shape, for a front end that an editor's preview led to.

The editor's browser brings a one-time code; the front end exchanges it for a token that reads that page and no other, for
15 minutes. Whether the editor may still see the page is asked again for each read.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ...conf import get_conf
from ...document import timestamp
from ...errors import PreviewCodeRefused
from ...selectors.addresses import site_label
from ..encode import add_hast, encode_json
from ..hosts import is_same_host
from ..paths import path_key
from ..preview.drafts import admin_origin
from ..preview.selectors import draft_of_token
from ..preview.services import code_exchange, page_preview_open
from ..responses import fresh_response
from ..selectors.lists import document_children, filter_fields
from ..selectors.navigation import navigations_of_site
from .access import authentication_required, bearer_of, invalid_token
from .base import ContentView, page_number, query_string_of
from .body import read_body
from .extended import add_children, join_navigation, splice
from .grammar import read_no_query
from .preview_grammar import (
    EXCHANGE_FIELDS,
    read_page_preview_query,
    read_preview_query,
    read_preview_resolve_query,
)
from .problems import Problem, code_refused, not_found, preview_of_another_page
from .throttles import throttle, throttle_read, throttle_write
from .write import WriteView, json_response

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from ..models import PreviewDraft
    from ..queries import PreviewQuery
    from .throttles import Quota


class SessionsView(WriteView):
    """Codes to tokens."""

    http_method_names = ["post", "options"]

    def authenticate(self, _request: HttpRequest) -> None:
        """Refuse every token: there is none that could do this better than nobody."""
        raise invalid_token()

    def count(self, request: HttpRequest) -> Quota | None:
        """Count nothing yet: all editors of a site preview through one front end, and a good code is not a guess."""
        read_no_query(query_string_of(request))
        return None

    def post(self, request: HttpRequest) -> HttpResponse:
        """Return the token that the code is good for, and what it reads."""
        given = read_body(request, EXCHANGE_FIELDS)
        try:
            exchanged = code_exchange(given["code"], site=given.get("site"))
        except PreviewCodeRefused as error:
            self.quota = throttle_write(request, None)
            raise code_refused() from error
        draft = exchanged.grant.draft
        return json_response(
            {
                "token": exchanged.token,
                "expires_at": timestamp(exchanged.grant.expires_at),
                "page": draft.page_id,
                "path": draft.path,
                "site": site_label(draft.site),
                "locale": draft.locale,
                "version": draft.version,
                "editor_origin": admin_origin(),
            }
        )


class PreviewView(ContentView):
    """Base of what a preview's token reads."""

    is_private = True
    draft: PreviewDraft

    def initial(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> None:
        """Find out what the token reads."""
        if request.method == "OPTIONS":
            return
        try:
            self.draft = _draft_of(request)
        except Problem:
            self.quota = throttle_read(request, None)
            raise
        self.quota = count_preview(self.draft)


class DraftView(PreviewView):
    """The draft that the token is for."""

    def get(self, request: HttpRequest, page_id: str | None = None) -> HttpResponse:
        """Return the draft; of the page with this id, where the address names one."""
        query = read_preview_query(query_string_of(request))
        if page_id is not None and page_number(page_id) != self.draft.page_id:
            raise preview_of_another_page()
        return draft_response(request, self.draft, draft_json(self.draft, query))


class DraftResolveView(PreviewView):
    """The draft, by the path that it has or would have."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return the draft, as `resolve/` does a page."""
        query = read_preview_resolve_query(query_string_of(request))
        draft = self.draft
        label = site_label(draft.site)
        is_here = (
            path_key(query.path) == path_key(draft.path)
            and is_same_host(query.site or label, label)
            and query.locale in {None, draft.locale}
        )
        if not is_here:
            raise preview_of_another_page()
        content = draft_json(draft, query)
        return draft_response(
            request, draft, b'{"outcome":"page","page":' + content + b"}"
        )


class PagePreviewView(ContentView):
    """Drafts for front ends made for wagtail-headless-preview, which send their code with every request."""

    is_private = True

    def authenticate(self, _request: HttpRequest) -> None:
        """Refuse every token: here the query says who asks."""
        raise invalid_token()

    def count(self, _request: HttpRequest) -> None:
        """Count nothing before the code was looked at."""

    def get(self, request: HttpRequest, **_page_id: str) -> HttpResponse:
        """Return the draft, with the `meta` of Wagtail's API v2. The id in the address says nothing; clients send 1."""
        content_type, code = read_page_preview_query(query_string_of(request))
        try:
            draft = page_preview_open(code)
        except PreviewCodeRefused as error:
            self.quota = throttle_write(request, None)
            raise code_refused() from error
        self.quota = count_preview(draft)
        if content_type != draft.model.lower():
            raise not_found("The preview is of another type of page.")
        return draft_response(request, draft, page_preview_json(draft))


def _draft_of(request: HttpRequest) -> PreviewDraft:
    bearer = bearer_of(request)
    if bearer is None:
        raise authentication_required()
    draft = draft_of_token(bearer)
    if draft is None:
        raise invalid_token()
    return draft


def draft_json(draft: PreviewDraft, query: PreviewQuery) -> bytes:
    """Return the document of *draft*, as *query* wants it."""
    content = bytes(draft.document)
    if query.detail.fields:
        content = filter_fields(content, query.detail.fields)
    if query.detail.has_children:
        # A page that was never saved has the id 0, and nothing below it.
        page_id = draft.page_id or 0
        content = add_children(content, page_id, document_children(page_id))
    if query.detail.navigation:
        menus = navigations_of_site(
            draft.site, query.detail.navigation, locale=draft.locale
        )
        content = splice(content, "navigation", join_navigation(menus))
    if query.detail.has_hast:
        content = add_hast(content)
    if query.has_source_map:
        content = splice(content, "source_map", bytes(draft.source_map))
    return content


def page_preview_json(draft: PreviewDraft) -> bytes:
    """Return the document of *draft* with what generic clients of Wagtail's API v2 look for."""
    content = bytes(draft.document)
    document = json.loads(content)
    meta = {
        "type": document["model"],
        "detail_url": None,
        "html_url": document["url"],
        "slug": document["slug"],
        "seo_title": document["seo"]["title"],
        "search_description": document["seo"]["description"],
        "first_published_at": document["first_published_at"],
        "locale": document["locale"],
    }
    return splice(content, "meta", encode_json(meta))


def draft_response(
    request: HttpRequest, draft: PreviewDraft, content: bytes
) -> HttpResponse:
    """Return *content*; unchanged drafts answer 304 to whoever has them."""
    return fresh_response(request, content, next_transition=0, locale=draft.locale)


def count_preview(draft: PreviewDraft) -> Quota | None:
    """Count a read of *draft*: by draft, because a front end's server asks for all editors from one address."""
    return throttle("preview", f"preview {draft.pk}", get_conf().api_read_rate)
