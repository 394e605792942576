"""The library as the read model knows it: kinds of entries, and the tags of what depends on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..models import Condition, PersonProfile, Reference, Treatment

if TYPE_CHECKING:
    from django.db.models import Model

LIBRARY: dict[type[Model], str] = {
    PersonProfile: "person",
    Reference: "reference",
    Condition: "condition",
    Treatment: "treatment",
}
"""The word of each kind in tags, such as `person-3`."""


def library_tags(entry: Model) -> list[str]:
    """Return the tags of *entry* and of its translations: a page shows it in its own language, as soon as it is live.

    One query for what has translations.
    """
    kind = LIBRARY[type(entry)]
    key = getattr(entry, "translation_key", None)
    if key is None:
        return [f"{kind}-{entry.pk}"]
    group = type(entry)._default_manager.filter(translation_key=key)  # noqa: SLF001 - Django's documented name
    return [f"{kind}-{pk}" for pk in group.order_by().values_list("pk", flat=True)]
