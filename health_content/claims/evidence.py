"""What the references of a block do to the findings in it, and whether a verb is stronger than its evidence.

GRADE guidelines 26 (jclinepi.com S0895-4356(19)30416-0) ties the form of a sentence to the certainty of the evidence; the
three steps here (plain verb, "probably", "may") are that idea in short.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from .facts import HUMAN_EVIDENCE, Certainty, Direction

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .facts import EvidenceFacts

_PROBABLY = frozenset(["probably", "likely"])
_MAY = frozenset(["may", "might", "could", "possibly", "perhaps", "maybe"])
_UNCERTAIN = frozenset(["uncertain", "unclear", "unknown", "unsure"])


class Verb(StrEnum):
    """How sure a sentence sounds."""

    DOES = "does"
    PROBABLY = "probably"
    MAY = "may"
    UNCERTAIN = "uncertain"


NEEDED = {
    Verb.DOES: Certainty.HIGH,
    Verb.PROBABLY: Certainty.MODERATE,
    Verb.MAY: Certainty.LOW,
    Verb.UNCERTAIN: Certainty.VERY_LOW,
}
"""Certainty that each form of a sentence needs."""


def verb_of(words: Sequence[str]) -> Verb:
    """Return how sure a sentence of these folded words sounds."""
    present = set(words)
    if present & _UNCERTAIN:
        return Verb.UNCERTAIN
    if present & _MAY:
        return Verb.MAY
    return Verb.PROBABLY if present & _PROBABLY else Verb.DOES


def best_certainty(evidence: Iterable[EvidenceFacts]) -> Certainty | None:
    """Return the highest certainty among usable evidence, None without any.

    Usable is what comes from people, supports the claim and is not retracted; what states no certainty counts as low.
    """
    usable = [
        item.certainty or Certainty.LOW
        for item in evidence
        if item.kind in HUMAN_EVIDENCE
        and item.direction is Direction.SUPPORTS
        and not item.is_retracted
    ]
    return max(usable, key=lambda certainty: certainty.rank, default=None)


def is_verb_covered(verb: Verb, certainty: Certainty | None) -> bool:
    """Return whether evidence of this *certainty* carries a sentence with this *verb*."""
    return certainty is not None and certainty.rank >= NEEDED[verb].rank
