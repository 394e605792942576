"""What the tests of webhooks share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .receiver import Receiver

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Return a running receiver on 127.0.0.1."""
    with Receiver.running() as running:
        yield running
