"""The rate limits of COMMENTS, as the services ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..conf import get_conf
from ..errors import RateLimited
from ..ratelimit import Limit, hit

if TYPE_CHECKING:
    from datetime import datetime


def limit(purpose: str, network: str, now: datetime) -> None:
    """Count one action from *network*, or raise `RateLimited` when there were too many."""
    limits = [
        Limit(count=count, seconds=seconds) for count, seconds in get_conf().rate_limits
    ]
    wait = hit(purpose, network, limits=limits, now=now)
    if wait is not None:
        raise RateLimited(retry_after=wait)
