"""Where the API begins: its endpoints, the sites and the languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Site

from ...conf import get_conf
from ...selectors.addresses import site_label
from ...selectors.organization import site_publisher
from ..visibility import documents_public
from .navigation import navigation_keys

if TYPE_CHECKING:
    from ...document_facts import Json, JsonObject

ENDPOINTS = {
    "resolve": "resolve/",
    "pages": "pages/",
    "articles": "articles/",
    "faqs": "faqs/",
    "questions": "faqs/entries/",
    "disclaimers": "disclaimers/",
    "routes": "routes/",
    "redirects": "redirects/",
    "site": "site/",
    "search": "search/",
    "changes": "changes/",
    "feed": "changes.atom",
    "openapi": "openapi.json",
    "docs": "docs/",
}


def start_json() -> JsonObject:
    """Return `{"links", "sites", "locales"}`. Two queries."""
    root = reverse("health_delivery:root")
    links: JsonObject = {name: root + path for name, path in ENDPOINTS.items()}
    sites: list[Json] = [
        {
            "site": site_label(site),
            "name": site.site_name,
            "is_default": site.is_default_site,
        }
        for site in Site.objects.order_by("hostname", "port")
    ]
    locales: list[Json] = list(
        Locale.objects.order_by("language_code").values_list("language_code", flat=True)
    )
    return {"links": links, "sites": sites, "locales": locales}


def site_json(site: Site) -> JsonObject:
    """Return what a front end needs to know of *site*. Three queries."""
    conf = get_conf()
    homes = documents_public(timezone.now()).filter(
        site=site, page__translation_key=site.root_page.translation_key
    )
    rows = homes.order_by("page__depth", "locale").values_list(
        "page_id", "locale", "title", "path"
    )
    return {
        "site": site_label(site),
        "name": site.site_name,
        "url": site.root_url,
        "is_default": site.is_default_site,
        "homes": [
            {"id": pk, "locale": locale, "title": title, "path": path}
            for pk, locale, title, path in rows
        ],
        "navigation": list(navigation_keys(site)),
        "attribution": {
            "publisher": site_publisher(site.pk),
            "licence": conf.license_url,
            "required_text": conf.attribution_text or None,
        },
    }
