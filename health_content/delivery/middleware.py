"""A short way through Django for the content API."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.signals import setting_changed
from django.urls import NoReverseMatch, resolve, reverse

from .api import urls
from .api.problems import FieldError, Problem, invalid_request, problem_response

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

# Longer than any page's path, shorter than what servers cut off.
PATH_MAX_LENGTH = 2_048
# NUL, and what Django makes of bytes that are not UTF-8: escapes again, or the replacement character.
UNREADABLE = re.compile("\0|\N{REPLACEMENT CHARACTER}|%[89A-Fa-f][0-9A-Fa-f]")


class ShortPathMiddleware:
    """Answers requests for the content API before session, language, user and messages are looked up.

    The API reads nothing of them. Goes directly after `SecurityMiddleware` (and `CorsMiddleware`, where there is one),
    whose headers its responses get. Without it the API is slower, and other middleware has a say in its answers (W005).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the API's response, or go on."""
        prefix = _prefix()
        if not prefix or not f"{request.path}/".startswith(prefix):
            return self.get_response(request)
        try:
            _check(request)
        except Problem as problem:
            return problem_response(request, problem)
        # The part's own routes, not the whole site's: a tenth of the time of a read went into finding the view.
        tail = request.path.removeprefix(prefix[:-1]) or "/"
        match = resolve(tail, urlconf=urls.__name__)
        request.resolver_match = match
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        return response


def _check(request: HttpRequest) -> None:
    """Refuse what no route should see.

    Raises:
        Problem: 400.
    """
    if len(request.path_info) > PATH_MAX_LENGTH:
        raise _fault("too-long", f"The path is longer than {PATH_MAX_LENGTH}.")
    if UNREADABLE.search(request.path_info):
        raise _fault("invalid-encoding", "The path is not UTF-8, or has a NUL.")
    try:
        request.get_host()
    except (SuspiciousOperation, BadRequest) as error:
        raise invalid_request(
            [
                FieldError(
                    location="header",
                    pointer="#/Host",
                    code="invalid-host",
                    detail="The Host header is not one of ours.",
                )
            ]
        ) from error


def _fault(code: str, detail: str) -> Problem:
    return invalid_request(
        [FieldError(location="path", pointer="#", code=code, detail=detail)]
    )


@cache
def _prefix() -> str:
    """Return the path under which the API is mounted, "" when it is not."""
    try:
        return reverse("health_delivery:root")
    except NoReverseMatch:
        return ""


def _forget(*, setting: str, **_kwargs: object) -> None:
    if setting == "ROOT_URLCONF":
        _prefix.cache_clear()


setting_changed.connect(_forget, dispatch_uid="health_delivery.middleware")
