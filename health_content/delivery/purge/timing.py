"""Sends what waits, a moment later: what changes together is purged together, and no editor waits for a cache.

The rows in the database are what counts. A process that ends before its timer loses nothing: the next change sends
them, and so does the command `purge_caches`.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from threading import Lock, Timer
from typing import TYPE_CHECKING

from django.db import DatabaseError, connections
from django.db.models import Min
from django.utils import timezone

from ..models import CachePurge
from . import tasks
from .schedule import REPEAT_DELAY
from .sending import purges_send

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)
QUIET_TIME = timedelta(milliseconds=300)
"""How long changes are gathered."""
SHORTEST_WAIT = timedelta(seconds=1)


def send_soon(*, is_urgent: bool = False) -> None:
    """Send what waits after a quiet time; what *is_urgent* now, and once more later."""
    if is_urgent:
        purges_send(is_urgent_only=True)
        _later.set(REPEAT_DELAY)
    _soon.set(QUIET_TIME)


def send_now() -> None:
    """Have what is due sent, by a task, or here where no queue takes it; then look when the next is due, and be back by then."""
    try:
        _have_sent()
        if (at := CachePurge.objects.aggregate(at=Min("due_at"))["at"]) is not None:
            _later.set(max(at - timezone.now(), SHORTEST_WAIT))
    except DatabaseError:
        logger.exception("Purges wait: the database did not answer")
    finally:
        connections.close_all()


def _have_sent() -> None:
    try:
        tasks.send_purges.enqueue()
    except DatabaseError:
        raise
    except Exception:
        # Each queue fails in its own way, and what became private must not wait for it.
        logger.exception("No task sends purges: they are sent here")
        purges_send()


class Alarm:
    """One timer a process. Setting it while it waits changes nothing."""

    def __init__(self, ring: Callable[[], None], *, is_daemon: bool) -> None:
        self._ring = ring
        self._is_daemon = is_daemon
        self._lock = Lock()
        self._timer: Timer | None = None

    def set(self, delay: timedelta) -> None:
        """Ring after *delay*, if nothing is set."""
        with self._lock:
            # A forked process has its parent's timer, but not its thread.
            if self._timer is not None and self._timer.is_alive():
                return
            self._timer = Timer(delay.total_seconds(), self._on_time)
            self._timer.daemon = self._is_daemon
            self._timer.start()

    def _on_time(self) -> None:
        with self._lock:
            # What is recorded from now on sets a new timer.
            self._timer = None
        self._ring()


# A process ends only when it has sent what it changed, also a command's, which is gone in a moment. It does not wait
# for a cache that is down.
_soon = Alarm(send_now, is_daemon=False)
_later = Alarm(send_now, is_daemon=True)
