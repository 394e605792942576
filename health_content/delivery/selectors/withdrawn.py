"""Withdrawn content at the addresses that clients ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...selectors.withdrawals import withdrawal_at
from .redirects import place_site

if TYPE_CHECKING:
    from ...models import Withdrawal
    from .documents import Place


def withdrawn_at(place: Place) -> Withdrawal | None:
    """Return the withdrawal in force of what was at *place*. Two queries, for addresses where nothing is."""
    site = place_site(place)
    return None if site is None else withdrawal_at(site.pk, place.path)
