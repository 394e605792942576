"""`/llms.txt`: a host mounts this view at its root."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from ..cache_tags import llms_tag
from ..purge.purgers import has_tag_purger
from ..responses import fresh_response
from ..selectors.llms import llms_text
from ..selectors.redirects import place_site
from ..selectors.transitions import next_transition
from .base import ContentView, place_of, query_string_of
from .grammar import read_no_query
from .problems import not_found

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class LlmsView(ContentView):
    """What language models find at a site."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Return the text for the site that the Host header names."""
        read_no_query(query_string_of(request))
        site = place_site(place_of(request, site=None))
        if site is None:
            raise not_found("There is no such site.")
        api_url = request.build_absolute_uri(reverse("health_delivery:root"))
        return fresh_response(
            request,
            llms_text(site, api_url=api_url).encode(),
            next_transition=next_transition(timezone.now()) if has_tag_purger() else 0,
            tags=f"{llms_tag(site.pk)} site-{site.pk}",
            content_type="text/plain; charset=utf-8",
        )
