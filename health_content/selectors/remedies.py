"""What an editor may put in place of the claims that the gate names, one click away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..claims.engine import language_of
from ..claims.facts import Page
from ..claims.findings import Profile
from ..claims.loader import load_rule_base
from ..claims.remedies import PermittedWording, Remedies, Subject, find_remedies
from ..gate_facts import Level
from .claims import (
    page_locale,
    permitted_claims,
    permitted_facts,
    subject_names,
)
from .policies import site_profiles
from .related import related_objects

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..abstract import HealthPageMixin
    from ..gate import Outcome
# What the claim engine names is a rule and a sentence: `fingerprint` of `gate_facts.ClaimState`.
SEPARATOR = ":"
GRAVE = frozenset({Level.WARN, Level.BLOCK})


def rule_of(fingerprint: str) -> str:
    """Return the id of the rule that *fingerprint*, of a claim, names."""
    return fingerprint.partition(SEPARATOR)[0]


def page_remedies(
    page: HealthPageMixin, outcomes: Iterable[Outcome]
) -> Mapping[str, Remedies]:
    """Return what may settle the claims among *outcomes*, by fingerprint; only those that warn or block have any.

    Cost: four queries and three short checks for each claim, nothing without.
    """
    claims = [o.reason for o in outcomes if o.reason.sentence and o.level in GRAVE]
    if not claims:
        return {}
    subject = _subject(page)
    language = language_of(subject.page.locale)
    if language is None:
        return {}
    base = load_rule_base(language)
    rules = {rule.id: rule for rule in base.rules}
    return {
        reason.fingerprint: find_remedies(
            reason.text,
            rules[rule_of(reason.sentence)],
            subject,
            base.phrases,
        )
        for reason in claims
        if rule_of(reason.sentence) in rules
    }


def _subject(page: HealthPageMixin) -> Subject:
    base: Any = page
    conditions = related_objects(base, "about_conditions")
    treatments = related_objects(base, "about_treatments")
    rows = permitted_claims(treatments)
    known = {condition.pk for condition in conditions}
    return Subject(
        page=Page(
            locale=page_locale(page),
            blocks=(),
            treatments=subject_names(treatments),
            conditions=subject_names(conditions),
            permitted=tuple(permitted_facts(row) for row in rows),
        ),
        profiles=tuple(Profile(each) for each in site_profiles(page)),
        wordings=tuple(
            PermittedWording(
                facts=permitted_facts(row),
                is_of_page=row.condition_id in known,
                qualifier=row.qualifier,
            )
            for row in rows
        ),
        traditions=frozenset(
            treatment.medicine_system
            for treatment in treatments
            if treatment.medicine_system
        ),
    )
