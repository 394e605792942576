"""What one page shows of the library, and what its document depends on there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..governance_facts import Governance
from .library import citations_of, contributors_of, subjects_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from wagtail.models import AbstractPage

    from .library import LibraryView, Named


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What a page shows of the library."""

    governance: Governance
    tags: frozenset[str]
    """Of what it names, live or not, and of what it shows instead."""
    photos: frozenset[int]
    expiries: tuple[datetime, ...]


def library_of_page(page: AbstractPage, named: Named, view: LibraryView) -> Shelf:
    """Return what *page* shows of *view*. No query."""
    governance = _governance(page, named, view)
    people = [c.person for c in governance.contributors]
    cited = [c.reference for c in governance.citations]
    shown: list[Any] = [*people, *cited, *governance.conditions, *governance.treatments]
    newer = {view.newer[pk] for pk in named.references if pk in view.newer}
    return Shelf(
        governance=governance,
        tags=frozenset(
            {
                *_tags("person", named.people | {p.id for p in people}),
                *_tags("reference", named.references | newer),
                *_tags(
                    "condition",
                    {*named.conditions, *(c.id for c in governance.conditions)},
                ),
                *_tags(
                    "treatment",
                    {*named.treatments, *(t.id for t in governance.treatments)},
                ),
            }
        ),
        photos=frozenset(p.photo for p in people if p.photo is not None),
        expiries=tuple(entry.expires_at for entry in shown if entry.expires_at),
    )


def _governance(page: AbstractPage, named: Named, view: LibraryView) -> Governance:
    if not hasattr(page, "content_kind"):  # An index page.
        return Governance()
    locale = page.locale_id
    return Governance(
        content_kind=page.content_kind,
        audience_group=page.audience_group,
        contributors=contributors_of(named, view, locale),
        citations=citations_of(named, view),
        conditions=subjects_of(named.conditions, view.conditions, locale),
        treatments=subjects_of(named.treatments, view.treatments, locale),
        conflict_statement=page.conflict_statement.strip(),
        sponsor=page.sponsor.strip(),
        is_commercial=page.is_commercial,
        ai_assistance=page.ai_assistance,
        ai_note=page.ai_note.strip(),
    )


def _tags(kind: str, identifiers: Iterable[int]) -> Iterator[str]:
    return (f"{kind}-{pk}" for pk in identifiers)
