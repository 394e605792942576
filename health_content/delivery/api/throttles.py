"""How often a caller may write, and read what no shared cache can answer.

Counted in Django's cache, so that all processes count together when they share one (Redis, Memcached). `incr` is one
atomic step there: a limit of 5 lets exactly 5 through, however many processes race. Fails open: without a cache
everybody may go on, for a limit guards the site's speed, not its secrets.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from ...conf import get_conf
from ..network import client_address
from .problems import Problem

if TYPE_CHECKING:
    from django.http import HttpRequest

    from ..selectors.tokens import Caller

logger = logging.getLogger(__name__)
KEY_SALT = "health_delivery.throttles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """What a caller may still do in this window."""

    name: str
    limit: int
    seconds: int
    """Length of the window."""
    remaining: int
    """Negative when the limit is passed."""
    resets_in: int
    """Seconds to the end of the window, 1 or more."""
    key: str = ""
    """Where it is counted."""

    @property
    def headers(self) -> dict[str, str]:
        """The headers that tell a client its quota (draft-ietf-httpapi-ratelimit-headers)."""
        return {
            "RateLimit-Policy": f'"{self.name}";q={self.limit};w={self.seconds}',
            "RateLimit": f'"{self.name}";r={max(0, self.remaining)};t={self.resets_in}',
        }


def throttle_read(request: HttpRequest, caller: Caller | None) -> Quota | None:
    """Count a read; return what is left, None when nothing could be counted.

    Raises:
        Problem: 429.
    """
    return throttle("read", caller_key(request, caller), get_conf().api_read_rate)


def throttle_miss(request: HttpRequest) -> Quota | None:
    """Count a read of what is not there, by its address; return what is left, None when nothing could be counted.

    Raises:
        Problem: 429.
    """
    return throttle("miss", caller_key(request, None), get_conf().api_miss_rate)


def throttle_write(request: HttpRequest, caller: Caller | None) -> Quota | None:
    """Count a write; return what is left, None when nothing could be counted.

    Raises:
        Problem: 429.
    """
    return throttle("write", caller_key(request, caller), get_conf().api_write_rate)


def throttle(name: str, who: str, rate: tuple[int, int]) -> Quota | None:
    """Count one act of the kind *name* by *who*; return what is left, None when nothing could be counted.

    Windows are fixed: they begin at whole multiples of their length since 1970. Refused acts count too. One step of
    the cache, two for the first act of a window.

    Raises:
        Problem: 429, with the seconds to wait.
    """
    limit, seconds = rate
    now = int(time.time())
    window, gone = divmod(now, seconds)
    digest = salted_hmac(KEY_SALT, f"{name} {who}", algorithm="sha256").hexdigest()
    key = f"{KEY_SALT}.{digest}.{window}"
    count = _count(key, seconds)
    if count is None:
        return None
    quota = Quota(
        name=name,
        limit=limit,
        seconds=seconds,
        remaining=limit - count,
        resets_in=seconds - gone,
        key=key,
    )
    if quota.remaining < 0:
        raise too_many_requests(quota)
    return quota


def give_back(quota: Quota | None) -> None:
    """Take back that the act of *quota* was counted: it turned out to be none that the limit is for."""
    if quota is None:
        return
    try:
        cache.decr(quota.key)
    except Exception:
        logger.warning("A rate could not be counted back.", exc_info=True)


def caller_key(request: HttpRequest, caller: Caller | None) -> str:
    """Return whom the acts of this request are counted for: the token, or the address without one."""
    if caller is not None:
        return f"token {caller.token.pk}"
    proxies = get_conf().trusted_proxy_count
    return f"address {client_address(request.META, proxy_count=proxies)}"


def too_many_requests(quota: Quota) -> Problem:
    """Return the 429."""
    return Problem(
        HTTPStatus.TOO_MANY_REQUESTS,
        "too-many-requests",
        f"At most {quota.limit} requests of this kind in {quota.seconds} seconds. Try again after `Retry-After`.",
        headers={"Retry-After": str(quota.resets_in), **quota.headers},
    )


def _count(key: str, seconds: int) -> int | None:
    # Kept for longer than the window lasts: a key that ran out between two steps would be counted from one again.
    keep = seconds * 2 + 60
    try:
        return _incremented(key, keep)
    except Exception:
        logger.warning("A rate could not be counted.", exc_info=True)
        return None


def _incremented(key: str, keep: int) -> int:
    try:
        return int(cache.incr(key))
    except ValueError:  # There is no such key yet.
        return 1 if cache.add(key, 1, keep) else int(cache.incr(key))
