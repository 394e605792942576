"""What the tests of the replies part share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .factories import make_thread

if TYPE_CHECKING:
    from comments.models import Thread


@pytest.fixture(autouse=True)
def _any_page_takes_replies(settings):
    """Let pages of any class have an open thread, and nobody run into the rate limit by accident."""
    settings.COMMENTS = {"DEFAULT_MODE": "open", "RATE_LIMITS": ((10_000, 600),)}


@pytest.fixture
def thread(db) -> Thread:
    """Return an open thread of a live page."""
    return make_thread()
