"""What clients ask for, parsed: the input of the selectors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from .cursors import Cursor

DEFAULT_ORDER = "-last_published_at"
PAGE_SIZE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """One end of a range."""

    field: str
    """A name of `selectors.lists.RANGES`."""
    is_lower: bool
    """At least *value*, or else at most."""
    value: datetime | int


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
    q: str | None = None
    updated_since: datetime | None = None
    topic: str | None = None
    """A slug; the pages of the topics below it count, too."""
    health_aspect: str | None = None
    review_status: str | None = None
    reviewed_before: datetime | None = None
    bounds: tuple[Bound, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """What the search is asked for."""

    q: str
    filters: ListQuery
    """Its filters and its page size; the order is that of relevance."""
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysetQuery:
    """What a list that is in one order only is asked for."""

    page_size: int = PAGE_SIZE
    cursor: Cursor | None = None
    site: str | None = None
    locale: str | None = None
    q: str | None = None
    has_count: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceQuery:
    """Where something is asked for."""

    site: str | None = None
    locale: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingQuery:
    """Which wording of a disclaimer is asked for."""

    locale: str | None = None
    at: datetime | None = None
    """None for that of now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailQuery:
    """What a document is asked for."""

    fields: tuple[str, ...] = ()
    """() for all."""
    has_children: bool = False
    has_hast: bool = False
    navigation: tuple[str, ...] = ()
    """Keys of the menus to add."""

    @property
    def is_plain(self) -> bool:
        """Return whether the stored bytes are the answer."""
        return not (self.has_children or self.has_hast or self.navigation)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveQuery:
    """What `resolve/` is asked for."""

    path: str
    detail: DetailQuery
    site: str | None = None
    locale: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewQuery:
    """What a draft is asked for."""

    detail: DetailQuery
    has_source_map: bool = False
    path: str = ""
    """The path asked for; "" when the draft was asked for otherwise."""
    site: str | None = None
    locale: str | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryQuery:
    """What the log of deliveries is asked for."""

    page_size: int = PAGE_SIZE
    cursor: Cursor | None = None
    endpoint: UUID | None = None
    state: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalQuery:
    """What the list of withdrawals is asked for."""

    page_size: int = PAGE_SIZE
    cursor: Cursor | None = None
    page: int | None = None
    is_in_force: bool | None = None
    """None: those lifted, too."""
