"""Who calls, by the token in the Authorization header (RFC 6750), and whether they may.

A token that is not good is refused wherever it is sent, also where none is needed: a client whose token has expired
must learn it, not be served as a stranger.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.utils import timezone

from ..selectors.tokens import Caller, caller_by_token
from ..selectors.unlocked import unlock_by_token
from ..tokens import token_touch
from ..unlock_tokens import PREFIX as UNLOCK_PREFIX
from ..unlock_tokens import Unlock
from .problems import Problem

if TYPE_CHECKING:
    from django.http import HttpRequest

    from ..scopes import Scope

__all__ = [
    "Caller",
    "Unlock",
    "bearer_found",
    "bearer_of",
    "caller_of",
    "invalid_token",
    "require_scope",
]

REALM = 'Bearer realm="content"'
# RFC 6750, section 2.1 (b64token); the scheme in any case (RFC 9110, section 11.1).
CREDENTIALS = re.compile(r"bearer +([-A-Za-z0-9._~+/]+=*) *", re.IGNORECASE)
# Longer than any token of ours; what is longer is not looked up.
MAX_LENGTH = 1_000


def bearer_of(request: HttpRequest) -> str | None:
    """Return the token that the request shows, None when it has no Authorization header.

    Raises:
        Problem: 401, for a header of another scheme or form, or for two of them.
    """
    header = request.META.get("HTTP_AUTHORIZATION")
    if header is None:
        return None
    found = CREDENTIALS.fullmatch(header) if len(header) <= MAX_LENGTH else None
    if found is None:
        raise invalid_token()
    return found[1]


def bearer_found(request: HttpRequest) -> Caller | Unlock | None:
    """Return whose token is shown, or what the bearer opens that a password was given for; None when none is shown.

    No query then, else at most three.

    Raises:
        Problem: 401 `invalid-token`, for a token that is not good.
    """
    bearer = bearer_of(request)
    if bearer is None:
        return None
    now = timezone.now()
    is_unlock = bearer.startswith(UNLOCK_PREFIX)
    find = unlock_by_token if is_unlock else caller_by_token
    found = find(bearer, now=now)
    if found is None:
        raise invalid_token()
    return found


def caller_of(request: HttpRequest) -> Caller | None:
    """Return who calls, None when no token of an administrator is shown.

    Raises:
        Problem: 401 `invalid-token`, for a token that is not good.
    """
    found = bearer_found(request)
    return found if isinstance(found, Caller) else None


def require_scope(request: HttpRequest, scope: Scope) -> Caller:
    """Return who calls, when their token has *scope* and its user the permission that goes with it.

    Sites are for the caller of this function to ask of: `Caller.allows_site`.

    Raises:
        Problem: 401 without a good token, 403 `insufficient-scope` without the right.
    """
    caller = bearer_found(request)
    if caller is None:
        raise authentication_required()
    if not isinstance(caller, Caller) or not caller.may(scope):
        raise insufficient_scope(scope)
    token_touch(caller.token, now=timezone.now())
    return caller


def authentication_required() -> Problem:
    """Return the 401 for a request without a token where one is needed."""
    return Problem(
        HTTPStatus.UNAUTHORIZED,
        "authentication-required",
        "Send a token: `Authorization: Bearer …`.",
        headers={"WWW-Authenticate": REALM},
    )


def invalid_token() -> Problem:
    """Return the 401 for a token that is not good. It is the same for all reasons."""
    return Problem(
        HTTPStatus.UNAUTHORIZED,
        "invalid-token",
        "The token is not one of ours, was revoked, has expired, or its user is not active. "
        "Public content needs none.",
        headers={"WWW-Authenticate": f'{REALM}, error="invalid_token"'},
    )


def insufficient_scope(scope: Scope) -> Problem:
    """Return the 403 for a good token that may not do this."""
    return Problem(
        HTTPStatus.FORBIDDEN,
        "insufficient-scope",
        f"The token needs the scope `{scope}`, and its user the permission that goes with it.",
        headers={
            "WWW-Authenticate": f'{REALM}, error="insufficient_scope", scope="{scope}"'
        },
    )
