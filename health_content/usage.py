"""Which pages hold an object, by Wagtail's reference index. Reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.models import AbstractPage, ReferenceIndex, get_page_models

from .abstract import HealthPageMixin

if TYPE_CHECKING:
    from django.db.models import Model

    from .models import DisclaimerSnippet


def objects_using(target: Model) -> list[Model]:
    """Return the objects, live or not, that refer to *target*, in a stable order.

    Cost: one query for the references, and one for each type of object that refers.
    """
    groups = ReferenceIndex.get_grouped_references_to(target)
    users = [source for source, _references in groups if source is not None]
    return sorted(users, key=lambda user: (str(user), str(user.pk)))


def live_titles_using(target: Model) -> list[str]:
    """Return the titles of the live objects that refer to *target*; an object without a draft state counts as live."""
    return [str(user) for user in objects_using(target) if getattr(user, "live", True)]


def live_titles_showing(disclaimer: DisclaimerSnippet) -> list[str]:
    """Return the titles of the live pages that show *disclaimer*: those that hold it, or all of its language.

    Cost: that of `objects_using`, and one query for each type of health page when it is for every page.
    """
    titles = live_titles_using(disclaimer)
    if disclaimer.applies_to_all:
        for model in get_page_models():
            if issubclass(model, HealthPageMixin):
                pages = model.objects.live().filter(locale_id=disclaimer.locale_id)
                titles += pages.order_by("title").values_list("title", flat=True)
    return sorted(set(titles))


def live_pages_using(target: Model) -> list[AbstractPage]:
    """Return the live pages that refer to *target*."""
    return [
        user
        for user in objects_using(target)
        if isinstance(user, AbstractPage) and user.live
    ]
