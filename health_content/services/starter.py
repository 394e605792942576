"""Adds the starter data to the library. What is there stays as editors made it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction
from wagtail.models import Locale

from ..models import Condition, PermittedClaim, Treatment
from ..starter import LOCALE, read_starter_data

if TYPE_CHECKING:
    from ..models.library import TranslatableSnippet
    from ..starter import StarterClaim, StarterCondition, StarterTreatment

Entry = TypeVar("Entry", bound="TranslatableSnippet")


@transaction.atomic
def starter_load() -> int:
    """Add the conditions, treatments and claims that are missing, published; return how many were added.

    An entry is known by its key, a claim by the key it was loaded with, whatever else editors changed. One that an
    editor deleted comes back.
    """
    data = read_starter_data()
    locale = Locale.objects.get_or_create(language_code=LOCALE)[0]
    conditions = _entries(Condition, data.conditions, locale)
    treatments = _entries(Treatment, data.treatments, locale)
    added = sum(is_new for _entry, is_new in (conditions | treatments).values())
    for claim in data.claims:
        added += _claim(
            claim,
            treatment=treatments[claim.treatment][0],
            condition=conditions[claim.condition][0] if claim.condition else None,
        )
    return added


def _entries(
    model: type[Entry],
    wanted: tuple[StarterCondition, ...] | tuple[StarterTreatment, ...],
    locale: Locale,
) -> dict[str, tuple[Entry, bool]]:
    """Return the entries by key, and whether they were added now."""
    found: dict[str, tuple[Entry, bool]] = {}
    for entry in wanted:
        known = model._default_manager.filter(key=entry.key, locale=locale).first()  # noqa: SLF001 - Django's documented name
        if known is not None:
            found[entry.key] = known, False
            continue
        values: dict[str, Any] = asdict(entry)
        values["synonyms"] = "\n".join(entry.synonyms)
        made = model(locale=locale, live=False, **values)
        made.full_clean()
        made.save()
        made.save_revision().publish()
        found[entry.key] = made, True
    return found


def _claim(
    claim: StarterClaim, *, treatment: Treatment, condition: Condition | None
) -> bool:
    """Add *claim* unless it is there; return whether it was added."""
    values = asdict(claim)
    key = values.pop("key")
    values |= {"treatment": treatment, "condition": condition}
    _claim, is_new = PermittedClaim.objects.get_or_create(
        starter_key=key, defaults=values
    )
    return is_new
