"""Where the API begins: its endpoints, the sites and the languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from wagtail.models import Locale, Site

if TYPE_CHECKING:
    from ...document_facts import Json, JsonObject

ENDPOINTS = {
    "resolve": "resolve/",
    "pages": "pages/",
    "articles": "articles/",
    "faqs": "faqs/",
    "questions": "faqs/entries/",
    "disclaimers": "disclaimers/",
    "changes": "changes/",
    "feed": "changes.atom",
    "openapi": "openapi.json",
    "docs": "docs/",
}


def api_root() -> JsonObject:
    """Return `{"links", "sites", "locales"}`. Two queries."""
    root = reverse("health_delivery:root")
    links: JsonObject = {name: root + path for name, path in ENDPOINTS.items()}
    sites: list[Json] = [
        {
            "site": _label(site),
            "name": site.site_name,
            "is_default": site.is_default_site,
        }
        for site in Site.objects.order_by("hostname", "port")
    ]
    locales: list[Json] = list(
        Locale.objects.order_by("language_code").values_list("language_code", flat=True)
    )
    return {"links": links, "sites": sites, "locales": locales}


def _label(site: Site) -> str:
    # RFC 9110, section 4.2: the ports that http and https imply are not written.
    is_standard = site.port in {80, 443}
    return site.hostname if is_standard else f"{site.hostname}:{site.port}"
