"""What is around us while it is down."""

from __future__ import annotations

from typing import Any, NoReturn

from django.core.cache.backends.base import BaseCache
from django_tasks.backends.immediate import ImmediateBackend


class Down(Exception):
    """Nobody answers."""


def _fail(*_args: Any, **_kwargs: Any) -> NoReturn:
    raise Down


class BrokenCache(BaseCache):
    """As Django's own Redis cache while Redis is down: every method raises what its client raises."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    add = get = set = touch = delete = clear = has_key = incr = decr = _fail
    get_many = set_many = delete_many = get_or_set = _fail


class BrokenQueue(ImmediateBackend):
    """A queue that takes nothing of ours: some of Wagtail's tasks come before anything is committed."""

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        """Raise, but for others."""
        if "health_content" in task.module_path:
            raise Down
        return super().enqueue(task, args, kwargs)


class DeadQueue(ImmediateBackend):
    """A queue that takes nothing, of Wagtail's neither."""

    enqueue = _fail


BROKEN_CACHE = {"default": {"BACKEND": f"{__name__}.BrokenCache"}}
BROKEN_QUEUE = {"default": {"BACKEND": f"{__name__}.BrokenQueue"}}
DEAD_QUEUE = {"default": {"BACKEND": f"{__name__}.DeadQueue"}}
