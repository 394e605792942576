"""What was refused while a request was answered, for whoever tells the person: Wagtail's views hide the reason."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .errors import PublishBlocked

_noted: ContextVar[list[PublishBlocked] | None] = ContextVar(
    "health_content_refusals", default=None
)


def refusal_note(refusal: PublishBlocked) -> None:
    """Note *refusal*, if somebody listens."""
    noted = _noted.get()
    if noted is not None:
        noted.append(refusal)


@contextmanager
def refusals_noted() -> Iterator[list[PublishBlocked]]:
    """Give a list that fills with what is refused inside."""
    noted: list[PublishBlocked] = []
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)
