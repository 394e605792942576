"""The host's URLs."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static as static_url
from django.urls import include, path
from django.utils.module_loading import import_string
from django.views.defaults import page_not_found, server_error
from django.views.generic import TemplateView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from cms.front_end import demo_front_end

public_sitemap = import_string(f"{settings.PARTS}health_content.sitemaps.PublicSitemap")
replies_root = import_string(f"{settings.PARTS}comments.api.schema.RootView")
llms = import_string(f"{settings.PARTS}health_content.delivery.api.llms.LlmsView")

# With DEBUG on, Django explains an error instead of showing the site's own page; here readers' pages can be looked at.
error_pages = [
    path("404/", page_not_found, {"exception": Http404()}),
    path("500/", server_error),
]
demo_pages = [path("demo-front-end/", demo_front_end)]


def favicon(_request: HttpRequest) -> HttpResponse:
    """Lead browsers and feed readers that look for the icon by its old address to it."""
    return redirect(static_url("cms/favicon.svg"))


robots = TemplateView.as_view(template_name="robots.txt", content_type="text/plain")

urlpatterns = [
    *([*error_pages, *demo_pages] if settings.DEBUG else []),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path(
        "api/content/v1/", include(f"{settings.PARTS}health_content.delivery.api.urls")
    ),
    path("api/replies/v1/", include(f"{settings.PARTS}comments.api.urls")),
    path("api/replies/v1", replies_root.as_view()),
    path("llms.txt", llms.as_view()),
    path("replies/", include(f"{settings.PARTS}comments.urls")),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": public_sitemap}}),
    path("robots.txt", robots),
    path("favicon.ico", favicon),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    *i18n_patterns(path("", include(wagtail_urls)), prefix_default_language=False),
]
