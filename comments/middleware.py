"""A short way through Django for reading replies."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.core.signals import setting_changed
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import translation

from .api import urls
from .api.base import READ_METHODS, refuse_unknown_host, refuse_unreadable
from .api.problems import Problem, problem_response

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase


class RepliesShortPathMiddleware:
    """Answers reads of the reader API before session, language, user and messages are looked up.

    Only endpoints with a `read` of their own are answered here, and only when there is something to show: every fault
    goes the long way, which meets it again and says it in the reader's language. The exception are requests that other
    middleware would refuse in HTML, such as one with a Host that is not ours. Goes directly after `SecurityMiddleware`
    (and `CorsMiddleware`, where there is one), whose headers the answers get. Without it the API works alike, but for
    those refusals, only slower.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the long way."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the API's answer, or go on."""
        prefix = _prefix()
        if not prefix or not f"{request.path}/".startswith(prefix):
            return self.get_response(request)
        # Nobody chose a language so far; the thread's is that of whoever asked before.
        with translation.override(translation.get_language_from_request(request)):
            refusal = _refusal(request)
        if refusal is not None:
            return refusal
        answer = _read(request, prefix)
        return self.get_response(request) if answer is None else answer


def _refusal(request: HttpRequest) -> HttpResponseBase | None:
    """Return the answer to what other middleware would refuse in HTML; None for everything else."""
    try:
        refuse_unreadable(request)
        refuse_unknown_host(request)
    except Problem as problem:
        response = problem_response(request, problem)
        response["Access-Control-Allow-Origin"] = "*"
        return response
    return None


def _read(request: HttpRequest, prefix: str) -> HttpResponseBase | None:
    """Return the answer to a read that succeeds; None for everything else."""
    if request.method not in READ_METHODS:
        return None
    try:
        # The part's own routes, not the whole site's.
        match = resolve(request.path.removeprefix(prefix[:-1]), urlconf=urls.__name__)
        read = getattr(getattr(match.func, "cls", None), "read", None)
        if read is None:
            return None
        response: HttpResponseBase = read(request, *match.args, **match.kwargs)
    except Exception:  # noqa: BLE001 - whatever it is, the long way meets it again, logs it and answers it
        return None
    request.resolver_match = match
    return response


@cache
def _prefix() -> str:
    """Return the path under which the API is mounted, "" when it is not."""
    try:
        return reverse("health_comments_api:openapi").rpartition("/")[0] + "/"
    except NoReverseMatch:
        return ""


def _forget(*, setting: str, **_kwargs: object) -> None:
    if setting == "ROOT_URLCONF":
        _prefix.cache_clear()


setting_changed.connect(_forget, dispatch_uid="health_comments.middleware")
