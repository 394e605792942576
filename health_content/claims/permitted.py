"""Looks a claim up in the table of permitted wordings."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from .facts import Stance
from .findings import Category, Profile
from .gazetteer import folded_words
from .inflect import noun_forms, verb_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .facts import PermittedClaimFacts

JURISDICTIONS = {
    Profile.UK_CLINIC: "uk",
    Profile.US_COMMERCE: "us",
    Profile.EU_FOOD: "eu",
    Profile.AU_THERAPEUTIC: "au",
}
"""Whose table a profile looks into; the others look into all."""

BY_PERMISSION = "permitted_claim"
FORBIDDEN_TOO = frozenset({Category.MECHANISM, Category.PREGNANCY_CHILDREN})
"""Categories of an effect that no permitted wording settles: a row that forbids counts in them as well."""

_FILLERS = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "for",
        "in",
        "with",
        "to",
        "from",
        "and",
        "or",
        "by",
        "on",
        "may",
        "can",
        "help",
        "relief",
        "treatment",
    ]
)


def find_stance(
    words: Sequence[str], claims: Iterable[PermittedClaimFacts], profile: Profile
) -> PermittedClaimFacts | None:
    """Return the row that speaks of what a sentence of these folded *words* claims, None without one.

    A row speaks of a sentence that names its treatment and its condition, by any of their names; one without a condition,
    of a sentence that names the treatment and has the words of its wording. A row that forbids wins over one that permits.
    A permitting row counts only when the sentence has every word of the permitted wording that carries meaning
    ("short-term"), since silence reads as a lasting effect.
    """
    jurisdiction = JURISDICTIONS.get(profile)
    about = [
        claim
        for claim in claims
        if jurisdiction in {None, claim.jurisdiction} and is_about(words, claim)
    ]
    against = [claim for claim in about if claim.stance is not Stance.PERMITTED]
    if against:
        return against[0]
    return next((claim for claim in about if _has_wording(words, claim)), None)


def is_about(words: Sequence[str], claim: PermittedClaimFacts) -> bool:
    """Return whether the folded *words* speak of what *claim* is about."""
    return has_name(words, claim.treatments) and (
        has_name(words, claim.conditions)
        if claim.conditions
        else _has_wording(words, claim)
    )


def has_name(words: Sequence[str], names: Iterable[str]) -> bool:
    """Return whether the folded *words* hold one of *names*, word by word, its last in singular or plural; "" is nowhere."""
    return any(
        _is_last(words[start + len(sought) - 1], sought[-1])
        for sought in map(folded_words, names)
        if sought
        for start in range(len(words) - len(sought) + 1)
        if tuple(words[start : start + len(sought) - 1]) == sought[:-1]
    )


def _is_last(word: str, sought: str) -> bool:
    return word in noun_forms(sought) or sought in noun_forms(word)


def _has_wording(words: Sequence[str], claim: PermittedClaimFacts) -> bool:
    """Return whether *words* have those of the wording that carry meaning, in any of their forms."""
    named = {word for name in claim.conditions for word in folded_words(name)}
    sought = [word for word in folded_words(claim.wording) if word.isalnum()]
    meant = {*sought} - _FILLERS - named
    return bool(meant) and all(
        any(_is_form(each, word) for each in words) for word in meant
    )


def _is_form(word: str, sought: str) -> bool:
    return word in _forms(sought) or sought in _forms(word)


@lru_cache(maxsize=5_000)
def _forms(word: str) -> frozenset[str]:
    return frozenset(verb_forms(word) | noun_forms(word))
