"""The classes of the lexicon that change what a claim around them means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .lexicon import Lexicon

ASKED = "asked"
"""A question that readers put ("Can I …?"), not one that a seller puts to them ("Why wait?")."""

WONDERED = "wondered"
"""What is asked in the words before a claim ("ask whether …"); the same word after it leaves the claim as it is."""

CUES = (
    ("refuted", "refuting"),
    ("unknown", "unknown"),
    (WONDERED, "wondering"),
    ("advised", "advising"),
    ("reported", "reporting"),
    ("warned", "warning_verbs"),
    ("attributed", "attributing"),
    ("hedged", "hedging"),
    ("generalized", "generalizing"),
    ("conditioned", "conditioning"),
    ("referenced", "referencing"),
    (ASKED, "asking"),
)
"""Name of a context, and the class whose members bring it about."""


WEAKENING = frozenset({"attributed", "hedged", "generalized", "conditioned"})
"""Cues that weaken a claim when they stand in the same phrase, also between its words: "it may ease pain"."""


@dataclass(frozen=True, slots=True)
class CueBits:
    """Bits of the classes that this module reads."""

    negators: int
    not_negators: int
    not_cues: int
    cues: tuple[tuple[str, int], ...]


def cue_bits(lexicon: Lexicon) -> CueBits:
    """Return the bits of the cues in *lexicon*.

    Raises:
        LexiconError: it lacks a class.
    """
    return CueBits(
        lexicon.bit("negators"),
        lexicon.bit("not_negators"),
        lexicon.bit("not_cues"),
        tuple((name, lexicon.bit(kind)) for name, kind in CUES),
    )
