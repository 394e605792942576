"""Lists for callers: values, where public lists are stored bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from ..cursors import Cursor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import Model, QuerySet

    from ...document_facts import JsonObject

Row = TypeVar("Row", bound="Model")


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerPage:
    """One page of a list."""

    items: list[JsonObject]
    next: Cursor | None


def caller_page(
    rows: QuerySet[Row],
    show: Callable[[Sequence[Row]], list[JsonObject]],
    *,
    order: str,
    page_size: int,
) -> CallerPage:
    """Return the first *page_size* of *rows* as *show* gives them, and the cursor *order* where there are more.

    One query, and those of *show*.
    """
    found = list(rows[: page_size + 1])
    shown = found[:page_size]
    last = shown[-1].pk if len(found) > len(shown) else None
    return CallerPage(
        items=show(shown), next=Cursor(order=order, key=0, id=last) if last else None
    )
