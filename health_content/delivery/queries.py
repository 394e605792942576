"""What clients ask for, parsed: the input of the selectors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from .cursors import Cursor

DEFAULT_ORDER = "-last_published_at"
PAGE_SIZE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuery:
    """What a list is asked for."""

    order: str = DEFAULT_ORDER
    page_size: int = PAGE_SIZE
    cursor: Cursor | None = None
    has_count: bool = False
    fields: tuple[str, ...] = ()
    """The document's fields to answer with, () for the card."""
    type: str | None = None
    site: str | None = None
    locale: str | None = None
    ancestor: int | None = None
    parent: int | None = None
    slug: str | None = None
    updated_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysetQuery:
    """What a list that is in one order only is asked for."""

    page_size: int = PAGE_SIZE
    cursor: Cursor | None = None
    site: str | None = None
    locale: str | None = None
    q: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailQuery:
    """What a document is asked for."""

    fields: tuple[str, ...] = ()
    """() for all."""
    has_children: bool = False
    has_hast: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveQuery:
    """What `resolve/` is asked for."""

    path: str
    site: str | None = None
    locale: str | None = None
    has_children: bool = False
    has_hast: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesQuery:
    """What the change feed is asked for."""

    since: int = 0
    """The number of the last change that the client has; 0 for none."""
    page_size: int = PAGE_SIZE
    fields: tuple[str, ...] = ()
    """The document's fields to answer with, () for the card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedQuery:
    """What the Atom feed is asked for."""

    before: int | None = None
    page_size: int = PAGE_SIZE
