"""A menu to its row of the read model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...navigation import build_menu, shown_pages
from ..cache_tags import navigation_tag
from ..encode import encode_json
from ..models import PublishedNavigation

if TYPE_CHECKING:
    from ...selectors.menus import FoundMenu


def navigation_row(found: FoundMenu) -> PublishedNavigation:
    """Return the row of a menu, not saved."""
    facts = found.facts
    menu = build_menu(facts)
    shown = shown_pages(menu)
    expiries = [int(at.timestamp()) for pk, at in found.expiries.items() if pk in shown]
    return PublishedNavigation(
        menu_id=facts.id,
        site_id=found.site_id,
        key=facts.key,
        locale=facts.locale,
        shown_count=len(shown),
        is_stale=False,
        next_transition=min(expiries, default=None),
        tags=" ".join(
            [navigation_tag(facts.id), *(f"page-{pk}" for pk in sorted(shown))]
        ),
        content=encode_json(menu),
    )
