"""Redirects that keep the addresses of hidden pages to themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.contrib.redirects.middleware import RedirectMiddleware

from .selectors.addresses import page_at
from .selectors.visibility import page_is_published

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import AbstractPage


class PublicRedirectMiddleware(RedirectMiddleware):
    """Wagtail's redirects, in its place: one to a page that this reader may not see stays a 404, as in the API."""

    def process_response(
        self, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        """Return *response*, or the redirect in its place. What leads to no page of this site is left alone."""
        answer: HttpResponse = super().process_response(request, response)
        if answer is response:
            return response
        page = page_at(answer.headers["Location"], request)
        return answer if page is None or _is_open(page, request) else response


def _is_open(page: AbstractPage, request: HttpRequest) -> bool:
    """Return whether *page* is published, and *request* comes from somebody whom its restrictions let in."""
    if not page_is_published(page):
        return False
    return all(r.accept_request(request) for r in page.get_view_restrictions())
