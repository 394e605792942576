"""Where the API begins: its endpoints, the sites and the languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Site

from ...conf import get_conf
from ..visibility import documents_public

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
    """Return what a front end needs to know of *site*. One query."""
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
        "attribution": {
            "publisher": conf.publisher_name,
            "licence": conf.license_url,
            "required_text": conf.attribution_text or None,
        },
    }


def site_label(site: Site) -> str:
    """Return the name of *site* in documents: its host, with the port when it is not a standard one."""
    # RFC 9110, section 4.2: the ports that http and https imply are not written.
    is_standard = site.port in {80, 443}
    return site.hostname if is_standard else f"{site.hostname}:{site.port}"
