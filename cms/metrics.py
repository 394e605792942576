"""Counts and times the host's answers for Prometheus. Off unless METRICS_TOKEN is set; only those who know it read."""

from __future__ import annotations

from functools import cache
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed
from django.http import HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

METRICS_PATH = "/metrics"
METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
# Seconds: a stored answer takes about a millisecond, an upload in the admin may take ten thousand.
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Instruments(NamedTuple):
    """What is counted. Every label has few values: a reader cannot make new ones."""

    answers: Any
    """Answers by view, method and status."""
    seconds: Any
    """How long they took, by view."""


class MetricsMiddleware:
    """Counts every answer but the probes', and gives the figures to those who know the token.

    Goes directly after the probes, before anything looks at host or scheme: Prometheus knows an address, not the site's
    name.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take part where there is a token.

        Raises:
            MiddlewareNotUsed: there is none.
            ImproperlyConfigured: there is one, and nothing to count with.
        """
        if not settings.METRICS_TOKEN:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.instruments = instruments()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the figures, or the site's answer, counted."""
        if request.path == METRICS_PATH:
            return metrics(request)
        started = perf_counter()
        response = self.get_response(request)
        view = view_name(request)
        method = request.method if request.method in METHODS else "other"
        self.instruments.seconds.labels(view).observe(perf_counter() - started)
        self.instruments.answers.labels(view, method, response.status_code).inc()
        return response


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Return the figures of all processes, in the text format of Prometheus; 401 without the token."""
    given = request.headers.get("Authorization", "")
    if not constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    client = _client()
    registry = client.REGISTRY
    if settings.METRICS_FOLDER:
        from prometheus_client import multiprocess  # Optional, as the rest of it.

        registry = client.CollectorRegistry()
        multiprocess.MultiProcessCollector(registry, path=settings.METRICS_FOLDER)
    return HttpResponse(
        client.generate_latest(registry), content_type=client.CONTENT_TYPE_LATEST
    )


@cache
def instruments() -> Instruments:
    """Return the counters of this process, made once.

    Raises:
        ImproperlyConfigured: prometheus-client is not installed.
    """
    client = _client()
    return Instruments(
        answers=client.Counter(
            "http_answers", "Answers of the site.", ("view", "method", "status")
        ),
        seconds=client.Histogram(
            "http_answer_seconds",
            "How long answers took.",
            ("view",),
            buckets=BUCKETS,
        ),
    )


def view_name(request: HttpRequest) -> str:
    """Return the dotted path of the view that answered, "none" where no address led to one."""
    match = request.resolver_match
    if match is None:
        return "none"
    func: Any = match.func
    view = getattr(func, "view_class", None) or getattr(func, "cls", None) or func
    return f"{view.__module__}.{getattr(view, '__qualname__', type(view).__qualname__)}"


def _client() -> Any:
    """Return the library, which only those need who set a token."""
    try:
        import prometheus_client
    except ImportError as error:
        raise ImproperlyConfigured(
            "METRICS_TOKEN is set, but prometheus-client is not installed: pip install -r requirements/metrics.txt"
        ) from error
    return prometheus_client
