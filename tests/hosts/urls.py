"""Routes of a host: those of the parts it has installed."""

from django.apps import apps
from django.conf import settings
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [path("admin/", include(wagtailadmin_urls))]
if apps.is_installed(f"{settings.PARTS}health_content.delivery"):
    urlpatterns.append(
        path("content/", include(f"{settings.PARTS}health_content.delivery.api.urls"))
    )
if apps.is_installed(f"{settings.PARTS}comments"):
    urlpatterns += [
        path("answers/", include(f"{settings.PARTS}comments.api.urls")),
        path("answer/", include(f"{settings.PARTS}comments.urls")),
    ]
urlpatterns.append(path("", include(wagtail_urls)))
