"""Answer the questions a load balancer asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class HealthMiddleware:
    """Answer probes before anything looks at host or scheme: a probe knows an address, not the site's name.

    Goes first in the list.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer to a probe, or what the rest of the site says."""
        return PROBES.get(request.path, self.get_response)(request)


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer 200: the process runs. Touches no service."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer 200 when the database answers, else 503. A cache that is down does not matter: reads work without it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database unavailable"}, status=503)
    return JsonResponse({"status": "ok"})


PROBES = {"/health/live": live, "/health/ready": ready}
