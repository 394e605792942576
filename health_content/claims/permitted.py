"""Looks a claim up in the table of permitted wordings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .facts import Stance
from .findings import Profile
from .tokens import tokenize

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

    A row that forbids wins over one that permits. A permitting row counts only when the sentence has every word of the
    permitted wording that carries meaning ("short-term"), since silence reads as a lasting effect.
    """
    jurisdiction = JURISDICTIONS.get(profile)
    about = [
        claim
        for claim in claims
        if jurisdiction in {None, claim.jurisdiction}
        and has_name(words, claim.treatment)
        and has_name(words, claim.condition)
    ]
    against = [claim for claim in about if claim.stance is not Stance.PERMITTED]
    if against:
        return against[0]
    return next((claim for claim in about if _is_within(words, claim)), None)


def _is_within(words: Sequence[str], claim: PermittedClaimFacts) -> bool:
    wording = {token.word for token in tokenize(claim.wording.lower())} - _FILLERS
    wording -= {token.word for token in tokenize(claim.condition.lower())}
    return bool(wording) and wording <= set(words)


def has_name(words: Sequence[str], name: str) -> bool:
    """Return whether the folded *words* hold *name*, word by word; an empty name is nowhere."""
    sought = [token.word for token in tokenize(name.lower())]
    size = len(sought)
    return bool(size) and any(
        list(words[start : start + size]) == sought
        for start in range(len(words) - size + 1)
    )
