"""What follows a commit, and must not fail those who committed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)


def after_commit(act: Callable[[], object]) -> None:
    """Do *act* after the commit, at once outside a transaction. What it raises is logged, and stops nothing else.

    Not `on_commit(robust=True)`: Django 5.2 logs the `__qualname__` of what failed, which a `partial` does not have,
    and so raises after all.
    """

    def follow() -> None:
        try:
            act()
        except Exception:
            # It is committed; whoever waits for the answer did nothing wrong.
            logger.exception("What follows a commit failed: %r", act)

    transaction.on_commit(follow)
