"""Whose approval of which page is being carried out: it publishes, whatever that person may do on other days."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_approval: ContextVar[tuple[int, int] | None] = ContextVar(
    "health_content_approval", default=None
)


@contextmanager
def approval_by(user_id: int, page_id: int) -> Iterator[None]:
    """Say that the user approves the page, while the block runs."""
    token = _approval.set((user_id, page_id))
    try:
        yield
    finally:
        _approval.reset(token)


def is_approval(user_id: int | None, page_id: int | None) -> bool:
    """Return whether the user's approval of the page is being carried out.

    Reviewers need no right to publish: with it they could publish what nobody reviewed.
    """
    return _approval.get() == (user_id, page_id)
