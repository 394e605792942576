"""What kinds of claims are called."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from .claims.findings import Category
from .claims.loader import LANGUAGES, load_rule_base

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

CATEGORY_LABELS: Mapping[Category, _StrPromise] = {
    Category.CURE_ABSOLUTE: _("Promise of a cure"),
    Category.SAFETY_ABSOLUTE: _("Promise of safety"),
    Category.MECHANISM: _("How it is said to work"),
    Category.DISPARAGE_CONVENTIONAL: _("Against conventional medicine"),
    Category.STOP_OR_REPLACE_CARE: _("To stop or replace care"),
    Category.PRESSURE: _("Pressure"),
    Category.TESTIMONIAL: _("Testimonial"),
    Category.DISEASE_CLAIM: _("Effect on a disease"),
    Category.DOSAGE: _("Dosage"),
    Category.PREGNANCY_CHILDREN: _("Pregnancy and children"),
    Category.CRISIS: _("Crisis"),
    Category.ANTI_VACCINE: _("Against vaccines"),
    Category.WEIGHT_LOSS: _("Weight loss"),
    Category.PROOF_OVERCLAIM: _("Said to be proven"),
    Category.ENDORSEMENT: _("Endorsement"),
    Category.MIRACLE_LANGUAGE: _("Miracle language"),
    Category.DENIAL: _("Denial of a disease"),
    Category.FOOD_CLAIM: _("Claim about food"),
}


@lru_cache(maxsize=1)
def _categories() -> Mapping[str, Category]:
    return {
        rule.id: rule.category
        for language in LANGUAGES
        for rule in load_rule_base(language).rules
    }


def rule_label(rule: str) -> str:
    """Return what kind of claim *rule* finds; its id, for one that the rule base no longer has."""
    category = _categories().get(rule)
    return str(CATEGORY_LABELS[category]) if category else rule
