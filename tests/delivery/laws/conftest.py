"""What the laws share: a world to ask about, gone after each example."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings

from tests.delivery.conftest import committed as committed
from tests.delivery.laws.graph import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.delivery.laws.graph import Node

# An example takes a second: pages are built, and every route is asked. Set LAW_EXAMPLES for a long run, which also
# looks for the smallest counterexample.
EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "3"))
QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
LAW = settings(
    max_examples=EXAMPLES,
    phases=QUICK if EXAMPLES <= 3 else tuple(Phase),
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)


@pytest.fixture(autouse=True)
def _everything_is_shown(settings: Any) -> None:
    """Let the site show what it need not show: earlier versions."""
    settings.HEALTH_CONTENT = {**settings.HEALTH_CONTENT, "PUBLIC_VERSIONS": True}


@pytest.fixture
def build(committed: Callable[[], Any]) -> Callable[..., Any]:
    """Return a context manager that builds a graph, and takes it away at its end."""

    @contextmanager
    def world(nodes: tuple[Node, ...]) -> Iterator[World]:
        cache.clear()
        with transaction.atomic():
            yield World(nodes, committed)
            transaction.set_rollback(True)

    return world
