"""What the tests of purging share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from health_content.delivery.purge import timing
from health_content.delivery.purge.sending import purges_send

from .recorder import BACKEND, RecordingPurger

Edited = Callable[[], AbstractContextManager[type[RecordingPurger]]]


@pytest.fixture
def cache(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[type[RecordingPurger]]:
    """Return a cache that is told what changes, by hand: no timer runs."""
    purgers = {"edge": {"BACKEND": BACKEND, "NAME": "edge"}}
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"PURGERS": purgers}
    RecordingPurger.requests.clear()
    monkeypatch.setattr(RecordingPurger, "is_down", False)
    monkeypatch.setattr(timing, "send_soon", _send_urgent)
    yield RecordingPurger
    RecordingPurger.requests.clear()


@pytest.fixture
def edited(cache: type[RecordingPurger], committed: Any) -> Edited:
    """Return a context manager: what is done in it is committed, and the cache, emptied before, is told of it."""

    @contextmanager
    def edit() -> Iterator[type[RecordingPurger]]:
        send_all()
        cache.requests.clear()
        with committed():
            yield cache
        send_all()

    return edit


def send_all() -> int:
    """Send what waits, the later repetitions of recalls included."""
    return purges_send(clock=lambda: timezone.now() + timedelta(hours=1))


def _send_urgent(*, is_urgent: bool = False) -> None:
    if is_urgent:
        purges_send(is_urgent_only=True)
