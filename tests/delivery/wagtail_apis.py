"""URL configurations of hosts that mount Wagtail's own APIs."""

from __future__ import annotations

from django.urls import include, path
from rest_framework.permissions import IsAuthenticated
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet


class PrivatePages(PagesAPIViewSet):
    """Wagtail's view, for those who say who they are."""

    permission_classes = (IsAuthenticated,)


def router(view: type[PagesAPIViewSet]) -> WagtailAPIRouter:
    """Return Wagtail's API v2 with *view*."""
    api = WagtailAPIRouter("wagtailapi")
    api.register_endpoint("pages", view)
    return api


class Open:
    """A host that mounts API v2 for everybody."""

    urlpatterns = [
        path("deep/", include([path("api/v2/", router(PagesAPIViewSet).urls)]))
    ]


class Guarded:
    """A host that mounts API v2 for those who may, and the admin, which has views of the same kind."""

    urlpatterns = [
        path("api/v2/", router(PrivatePages).urls),
        path("admin/", include(wagtailadmin_urls)),
    ]
