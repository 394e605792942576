"""Which pages hold or show an object. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeGuard

from wagtail.models import AbstractPage, ReferenceIndex, get_page_models

from .abstract import HealthPageMixin
from .selectors.related import related_ids
from .selectors.shown_disclaimers import disclaimers_of
from .selectors.topics import topics_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from django.db.models import Model

    from .models import DisclaimerSnippet

# Pages that are looked at together when somebody asks which of them show a disclaimer.
CHUNK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclaimerUse:
    """Where a disclaimer is shown, and why."""

    pages: tuple[str, ...] = ()
    """Titles of the live pages that show it, sorted."""
    holders: tuple[str, ...] = ()
    """Names of the topics and titles of the sections that chose it for their pages, sorted."""
    is_everywhere: bool = False
    has_rules: bool = False

    @property
    def is_needed(self) -> bool:
        """Return whether readers would miss it, today or on the next page of a topic or section that chose it."""
        return bool(self.pages or self.holders)


def objects_using(target: Model) -> list[Model]:
    """Return the objects, live or not, that refer to *target*, in a stable order.

    Cost: one query for the references, and one for each type of object that refers.
    """
    groups = ReferenceIndex.get_grouped_references_to(target)
    users = [source for source, _references in groups if source is not None]
    return sorted(users, key=lambda user: (str(user), str(user.pk)))


def disclaimer_use(disclaimer: DisclaimerSnippet) -> DisclaimerUse:
    """Return where live pages show the stored *disclaimer*, or will as soon as there are some.

    Cost: that of `objects_using`; one query for each type of health page when it is for every page; and when it is
    inherited otherwise, that of `live_pages_showing`.
    """
    users = objects_using(disclaimer)
    holders = [user for user in users if _is_holder(user)]
    titles = {str(user) for user in users if _is_health_page(user) and user.live}
    has_rules = bool(disclaimer.applies_to)
    if disclaimer.applies_to_all:
        titles.update(_titles_in(disclaimer.locale_id))
    elif has_rules or holders or _is_held_abroad(disclaimer):
        titles.update(page.title for page in live_pages_showing(disclaimer))
    return DisclaimerUse(
        pages=tuple(sorted(titles)),
        holders=tuple(sorted(map(str, holders))),
        is_everywhere=disclaimer.applies_to_all,
        has_rules=has_rules,
    )


def _titles_in(locale_id: int) -> Iterator[str]:
    for model in _health_page_models():
        pages = model.objects.live().filter(locale_id=locale_id)
        yield from pages.values_list("title", flat=True)


def _health_page_models() -> list[type[Any]]:
    return [m for m in get_page_models() if issubclass(m, HealthPageMixin)]


def _is_held_abroad(disclaimer: DisclaimerSnippet) -> bool:
    """Return whether a topic or section chose it in another language: its pages in this one show it, too."""
    return any(
        _is_holder(user)
        for other in disclaimer.get_translations()
        for user in objects_using(other)
    )


def _is_holder(user: Model) -> bool:
    """Return whether *user* chose for other pages: a topic, or a section, which binds them also when it is offline."""
    if _is_health_page(user):
        return False
    return not isinstance(user, AbstractPage) or user.first_published_at is not None


def _is_health_page(user: Model) -> TypeGuard[AbstractPage]:
    """Return whether *user* is a health page; the index gives the base rows of pages."""
    return isinstance(user, AbstractPage) and issubclass(
        user.specific_class or object, HealthPageMixin
    )


def live_pages_showing(disclaimer: DisclaimerSnippet) -> Iterator[AbstractPage]:
    """Yield the live health pages that show the stored *disclaimer*, for whatever reason.

    Cost: eight queries at most for each `CHUNK` of the live pages of its language. In constant memory.
    """
    for model in _health_page_models():
        pages = model.objects.live().filter(locale_id=disclaimer.locale_id)
        for page, shown in _shown(pages.order_by("pk")):
            if disclaimer.pk in shown and type(page) is page.specific_class:
                yield page


def _shown(pages: Any) -> Iterator[tuple[Any, frozenset[int]]]:
    """Yield each of *pages*, in the order of their ids, with the ids of the disclaimers that it shows."""
    last = 0
    while chunk := list(pages.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        related = related_ids(chunk)
        topics = topics_of(chunk, [names["topics"] for names in related])
        for page, found in zip(
            chunk, disclaimers_of(chunk, related, topics), strict=True
        ):
            yield page, frozenset(found.library)


def live_pages_using(target: Model) -> list[AbstractPage]:
    """Return the live pages that refer to *target*."""
    return [
        user
        for user in objects_using(target)
        if isinstance(user, AbstractPage) and user.live
    ]
