"""A Redis cache whose loss costs speed and nothing else."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

logger = logging.getLogger(__name__)
_DOWN = (RedisConnectionError, RedisTimeoutError)


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache, empty while Redis cannot be reached: reads go on, as fast as without a cache.

    Fails open, and says so in the log. What was deleted while Redis was away is there again when it comes back, until
    it expires; nothing that decides who may see what is kept in the cache.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingRedisClient


class ForgivingRedisClient(RedisCacheClient):
    """Answers like an empty cache when there is no connection."""

    def add(self, *args: Any) -> bool:
        """Store what is not there."""
        return bool(self._try(super().add, args, otherwise=True))

    def get(self, key: Any, default: Any) -> Any:
        """Return what is there, or *default*."""
        return self._try(super().get, (key, default), otherwise=default)

    def set(self, *args: Any) -> None:
        """Store."""
        self._try(super().set, args)

    def touch(self, *args: Any) -> bool:
        """Prolong what is there."""
        return bool(self._try(super().touch, args, otherwise=False))

    def delete(self, *args: Any) -> bool:
        """Delete what is there."""
        return bool(self._try(super().delete, args, otherwise=False))

    def get_many(self, keys: Iterable[Any]) -> dict[Any, Any]:
        """Return what is there of *keys*."""
        found: dict[Any, Any] = self._try(super().get_many, (keys,), otherwise={})
        return found

    def has_key(self, key: Any) -> bool:
        """Return whether it is there."""
        return bool(self._try(super().has_key, (key,), otherwise=False))

    def set_many(self, *args: Any) -> None:
        """Store all."""
        self._try(super().set_many, args)

    def delete_many(self, keys: Iterable[Any]) -> None:
        """Delete all of *keys*."""
        self._try(super().delete_many, (keys,))

    def clear(self) -> bool:
        """Delete everything."""
        return bool(self._try(super().clear, (), otherwise=False))

    def incr(self, key: Any, delta: int) -> Any:
        """Add to a number; as Django has it, ValueError when there is none."""
        found = self._try(super().incr, (key, delta))
        if found is None:
            raise ValueError(f"Key {key!r} not found.")
        return found

    def _try(
        self, act: Callable[..., Any], args: tuple[Any, ...], *, otherwise: Any = None
    ) -> Any:
        try:
            return act(*args)
        except _DOWN as error:
            logger.warning("Redis cannot be reached: %s", error)
            return otherwise
