"""Disclaimers in the wording that is published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Max, Q

from ..document_facts import DisclaimerFacts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..models import DisclaimerSnippet


@dataclass(frozen=True, slots=True)
class LocatedDisclaimer:
    """A disclaimer and the language that it is written in."""

    facts: DisclaimerFacts
    locale_id: int


def disclaimer_facts(condition: Q) -> dict[int, DisclaimerFacts]:
    """Return the live disclaimers that meet *condition*, by id, in order of key. One query."""
    return {found.facts.id: found.facts for found in located_disclaimers(condition)}


def located_disclaimers(condition: Q) -> list[LocatedDisclaimer]:
    """Return the live disclaimers that meet *condition*, in order of key. One query."""
    model: type[DisclaimerSnippet] = apps.get_model(
        "health_content", "DisclaimerSnippet"
    )
    found: Iterable[DisclaimerSnippet] = (
        model.objects.filter(condition, live=True)
        .annotate(newest=Max("versions__number"))
        .order_by("key", "pk")
    )
    return [
        LocatedDisclaimer(_facts(disclaimer), disclaimer.locale_id)
        for disclaimer in found
    ]


def _facts(disclaimer: DisclaimerSnippet) -> DisclaimerFacts:
    return DisclaimerFacts(
        id=disclaimer.pk,
        key=disclaimer.key,
        version=disclaimer.newest or 0,
        title=disclaimer.title,
        kind=disclaimer.kind,
        placement=disclaimer.placement,
        body=disclaimer.body,
        applies_to_all=disclaimer.applies_to_all,
        expires_at=disclaimer.expire_at,
    )
