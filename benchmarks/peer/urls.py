"""Wagtail's own APIs, as its documentation mounts them."""

from django.http import HttpResponse
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.api.v3.urls import api as api_v3

BARE_BODY = b"x" * 9_000


def bare(request):
    """Answer 9 kB at once: what Django itself costs."""
    return HttpResponse(BARE_BODY, content_type="application/json")


api_v2 = WagtailAPIRouter("wagtailapi")
api_v2.register_endpoint("pages", PagesAPIViewSet)

urlpatterns = [
    path("bare/", bare),
    path("api/v2/", api_v2.urls),
    path("api/v3/", api_v3.urls),
    path("admin/", include(wagtailadmin_urls)),
    path("", include(wagtail_urls)),
]
