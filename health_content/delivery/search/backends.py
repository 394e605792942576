"""The search back ends of the site: Wagtail's, by its own setting."""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

from django.core.signals import setting_changed
from wagtail.search.backends import (
    InvalidSearchBackendError,
    get_search_backend,
    get_search_backends,
)

from ...conf import get_conf

if TYPE_CHECKING:
    from collections.abc import Sequence

SETTING = "WAGTAILSEARCH_BACKENDS"


class SearchUnavailable(Exception):
    """The search back end cannot be reached, or cannot search."""


class Kind(Enum):
    """How a back end is asked."""

    SQLITE = "SQLiteSearchBackend"
    """By our own SQL over Wagtail's index in SQLite."""
    POSTGRESQL = "PostgresSearchBackend"
    """By our own SQL over Wagtail's index in PostgreSQL."""
    SUBSTRINGS = "DatabaseSearchBackend"
    """Not at all: it looks for substrings of columns, where there is no full-text index."""
    ENGINE = ""
    """Through Wagtail's search: OpenSearch, Elasticsearch, MySQL, or one of the site's own."""


@cache
def search_backend() -> Any:
    """Return the back end that answers searches.

    Raises:
        SearchUnavailable: there is no such back end, or its client is not installed.
    """
    try:
        return get_search_backend(get_conf().search_backend)
    except InvalidSearchBackendError as error:
        raise SearchUnavailable("The search back end cannot be used.") from error


@cache
def indexing_backends() -> Sequence[Any]:
    """Return the back ends whose index is to follow what is published.

    Raises:
        SearchUnavailable: one of them does not exist, or its client is not installed.
    """
    try:
        return tuple(get_search_backends(with_auto_update=True))
    except InvalidSearchBackendError as error:
        raise SearchUnavailable("A search back end cannot be used.") from error


def backend_kind(backend: Any) -> Kind:
    """Return how *backend* is asked."""
    names = {cls.__name__ for cls in type(backend).__mro__}
    return next((kind for kind in Kind if kind.value in names), Kind.ENGINE)


def _forget(*, setting: str, **_kwargs: object) -> None:
    if setting in {SETTING, "HEALTH_CONTENT"}:
        search_backend.cache_clear()
        indexing_backends.cache_clear()


setting_changed.connect(_forget, dispatch_uid="health_delivery.search.backends")
