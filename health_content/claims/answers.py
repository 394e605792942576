"""A question and what follows it: who answers a question says what the question asks.

"Can eczema be cured for good? Yes, in six visits." claims the cure, and "Is it a miracle cure? No." denies it. What is no
whole question ("Tinnitus? Our drops end it.") only names what the next sentence is about. The two are then read as one.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .cues import CueBits
    from .frames import Sentence

QUESTION = "?"
JOINT = ","
"""What stands between the two when they are read as one."""

YES = frozenset(
    ["yes", "absolutely", "certainly", "definitely", "indeed", "sure", "yep", "yeah", "totally", "completely", "always"]
)  # fmt: skip
NO = frozenset(["no", "none", "nope", "not", "never", "nobody", "nothing", "zero", "hardly", "sadly", "unfortunately"])  # fmt: skip
OPENING_WORDS = 3
"""Words of an answer among which a no is one: "There is no …", "It does not …"."""

TOPIC_WORDS = 8
"""Words of a question that only names a topic, its mark included; a longer one asks something."""

ASKING_WORDS = frozenset(
    [
        "is", "are", "was", "were", "am", "do", "does", "did", "has", "have", "had", "can", "could", "will", "would",
        "shall", "should", "may", "might", "must", "what", "which", "who", "whose", "when", "where", "why", "how",
    ]
)  # fmt: skip


class Answer(Enum):
    """What a sentence is to the question before it."""

    OTHER = "other"
    """No answer that these words could settle."""
    YES = "yes"
    NO = "no"
    DOUBT = "doubt"
    """It says that nobody knows, or that the evidence is weak."""
    TOPIC = "topic"
    """The question asks nothing; it names what this sentence is about."""


def answer_to(question: Sentence, following: Sentence, bits: CueBits) -> Answer:
    """Return what *following* is to *question*, which ends with a question mark."""
    first = following.words[0]
    if first in YES:
        return Answer.YES
    if first in NO or NO.intersection(following.words[:OPENING_WORDS]):
        return Answer.NO
    if _is_doubtful(following, bits):
        return Answer.DOUBT
    if len(question.words) <= TOPIC_WORDS and question.words[0] not in ASKING_WORDS:
        return Answer.TOPIC
    return Answer.OTHER


def is_question(words: Sequence[str]) -> bool:
    """Return whether these words of a sentence ask something."""
    return words[-1] == QUESTION


def _is_doubtful(sentence: Sentence, bits: CueBits) -> bool:
    doubting = sum(kind for name, kind in bits.cues if name in {"refuted", "unknown"})
    return bool(sentence.present & doubting)
