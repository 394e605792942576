"""Disclaimers in the wording that is published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Max, Q

from ..disclaimer_rules import read_rules
from ..document_facts import DisclaimerFacts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from ..disclaimer_rules import Rule
    from ..models import DisclaimerSnippet, DisclaimerVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatedDisclaimer:
    """A disclaimer, the language that it is written in, and which pages show it by themselves."""

    facts: DisclaimerFacts
    locale_id: int
    translation_key: UUID
    is_live: bool
    rules: tuple[Rule, ...] = ()


def disclaimer_facts(condition: Q) -> dict[int, DisclaimerFacts]:
    """Return the live disclaimers that meet *condition*, by id, in order of key. One query."""
    found = located_disclaimers(condition & Q(live=True))
    return {each.facts.id: each.facts for each in found}


def located_disclaimers(condition: Q) -> list[LocatedDisclaimer]:
    """Return the disclaimers that meet *condition*, in order of key: their live wording, where they have one. One query."""
    model: type[DisclaimerSnippet] = apps.get_model(
        "health_content", "DisclaimerSnippet"
    )
    found: Iterable[DisclaimerSnippet] = (
        model.objects.filter(condition)
        .annotate(newest=Max("versions__number"))
        .order_by("key", "pk")
    )
    return [
        LocatedDisclaimer(
            facts=_facts(disclaimer),
            locale_id=disclaimer.locale_id,
            translation_key=disclaimer.translation_key,
            is_live=disclaimer.live,
            rules=read_rules(disclaimer.applies_to.get_prep_value()),
        )
        for disclaimer in found
    ]


def pinned_wordings(
    wanted: Collection[tuple[int, int]],
) -> dict[tuple[int, int], DisclaimerVersion]:
    """Return the published wordings by disclaimer and number, those that can be kept. One query, none without a wish."""
    if not wanted:
        return {}
    model: type[DisclaimerVersion] = apps.get_model(
        "health_content", "DisclaimerVersion"
    )
    rows = model.objects.filter(
        disclaimer_id__in={pk for pk, _ in wanted}, number__in={n for _, n in wanted}
    ).exclude(body="")
    return {(row.disclaimer_id or 0, row.number): row for row in rows}


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
