"""The caches that the settings name, behind one contract."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from django.conf import settings

from ...conf import get_conf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FRONTEND_CACHE = "WAGTAILFRONTENDCACHE"
PREFIX = "wagtail:"
"""Before the name of a cache of Wagtail's own setting."""


class PurgeError(Exception):
    """A cache did not do what it was asked; the message says what it answered, and holds no secret."""


class Purger(Protocol):
    """A cache that can drop answers."""

    def purge(self, request: PurgeRequest) -> None:
        """Drop what *request* names; return when it is done.

        Raises:
            PurgeError: some of it may still be there. It is asked again later, for all of it.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgeRequest:
    """Answers to drop."""

    tags: Sequence[str] = ()
    urls: Sequence[str] = ()
    """The same answers by their addresses, as far as those are known: for caches without tags."""
    is_hard: bool = False
    """Nothing old may be served, not even once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontendCachePurger:
    """A cache of Wagtail's setting: by tag where its backend has `purge_tags`, by address elsewhere.

    Wagtail's own backends report a failure to the log only.
    """

    name: str

    def purge(self, request: PurgeRequest) -> None:
        """Hand the request to the backend."""
        from wagtail.contrib.frontend_cache.utils import PurgeBatch, get_backends

        backend = get_backends(backends=[self.name])[self.name]
        purge_tags = getattr(backend, "purge_tags", None)
        if purge_tags is not None and request.tags:
            purge_tags(request.tags, is_hard=request.is_hard)
        if request.urls:
            PurgeBatch(request.urls).purge(backends=[self.name])


def purger_names() -> list[str]:
    """Return the names of the caches to tell, in the order of the settings."""
    return [*get_conf().purgers, *(f"{PREFIX}{name}" for name in frontend_caches())]


def has_tag_purger() -> bool:
    """Return whether a cache is told of each change by tag."""
    return bool(get_conf().purgers)


def wants_urls(name: str) -> bool:
    """Return whether the cache *name* is told addresses."""
    return name.startswith(PREFIX)


def purger(name: str) -> Purger | None:
    """Return the cache *name*, None when the settings no longer have it.

    Raises:
        TypeError: its options are not those of its kind.
    """
    if name.startswith(PREFIX):
        found = name.removeprefix(PREFIX)
        return FrontendCachePurger(name=found) if found in frontend_caches() else None
    if name not in get_conf().purgers:
        return None
    made: Purger = get_conf().make_purger(name)
    return made


def frontend_caches() -> Mapping[str, object]:
    """Return Wagtail's setting, {} without one."""
    found: Mapping[str, object] = getattr(settings, FRONTEND_CACHE, None) or {}
    return found
