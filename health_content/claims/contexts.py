"""What stands around a claim: negation, refutation, questions, hedges, whose words they are.

Every cue is a class of the lexicon. A cue inside the claim itself does not count: in "no side effects" the negator is the
claim, and in "no need to see a doctor" so is the advice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .cues import ASKED, WEAKENING, WONDERED
from .facts import Role
from .rules import Polarity, Treatment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .cues import CueBits
    from .findings import Severity
    from .frames import Sentence
    from .rules import Contexts, Rule

AUXILIARIES = frozenset(
    [
        "do",
        "does",
        "did",
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "can",
        "will",
    ]
)
DENIALS = frozenset(["not", "never"])

SUBORDINATORS = frozenset(
    [
        "if",
        "when",
        "whenever",
        "once",
        "because",
        "since",
        "as",
        "while",
        "after",
        "before",
        "until",
    ]
)
"""Open a clause that ends with a comma: "If you cannot sleep, …"."""

NOES = frozenset(["no", "zero", "without"])
JOINTS = frozenset([",", "and", "or"])

SUBJECTS = frozenset(["it", "they", "this", "these", "we", "you"])

SHARED_TREATMENTS = {"conditioned": "hedged", WONDERED: "unknown"}
"""Contexts that rules treat as another one."""

OPENING = 0b11
"""The first two words."""

OPENING_MAX = 3
"""Words before a comma that open a sentence; more of them are a clause of their own."""


def is_negated(
    rule: Rule, sentence: Sentence, span: tuple[int, int], bits: CueBits
) -> bool:
    """Return whether a negator in the clause denies the claim at *span*."""
    first, last = span
    begin = _denial_start(sentence, first)
    end = first if rule.polarity is Polarity.SELF_NEGATED else last
    scope = ((1 << end) - 1) & ~((1 << begin) - 1)
    denying = sentence.mask(bits.negators) & ~sentence.mask(bits.not_negators)
    if rule.polarity is Polarity.AFFIRMED and is_denied_after(sentence.words, last):
        return True
    return bool(denying & scope)


def _denial_start(sentence: Sentence, first: int) -> int:
    """Return the first word that may deny the claim which begins with word *first*.

    Not those of a subordinate clause ("If it does not help, …"), nor those before another subject ("… and it cures …"), nor
    those of a list of noes: in "no needles, no pain" none denies the other, and in "no diet, no sport, just tea …" they deny
    nothing that follows.
    """
    words = sentence.words
    begin = sentence.clause_start(first)
    if first > begin and words[first] in NOES and words[first - 1] in JOINTS:
        return first
    if first > begin and words[first - 1] == "and" and _is_subject(words, begin, first):
        return first
    commas = [index for index in range(begin, first) if words[index] == ","]
    if commas and words[begin] in SUBORDINATORS:
        return commas[0] + 1
    if commas and sum(word in NOES for word in words[begin : commas[-1]]) > 1:
        return commas[-1] + 1
    return begin


def _is_subject(words: Sequence[str], begin: int, first: int) -> bool:
    """Return whether word *first* is a subject of its own, so that no denial before it reaches what follows."""
    return words[first] in SUBJECTS or words[first] in words[begin : first - 1]


def is_denied_after(words: Sequence[str], index: int) -> bool:
    """Return whether what stands before word *index* is denied at once: "… does not", "… has never"."""
    following = words[index : index + 2]
    return (
        len(following) == 2 and following[0] in AUXILIARIES and following[1] in DENIALS
    )


def contexts_of(
    sentence: Sentence, span: tuple[int, int], role: Role, bits: CueBits
) -> Iterator[str]:
    """Yield the names of the contexts that the claim at *span* stands in."""
    inside = ((1 << span[1]) - 1) & ~((1 << span[0]) - 1)
    near = sentence.phrase_around(*span) | _opening(sentence)
    unmeant = sentence.mask(bits.not_cues)
    is_question = sentence.words[-1] == "?" or role is Role.QUESTION
    for name, kind in bits.cues:
        if sentence.present & kind:
            scope = near if name in WEAKENING else ~inside
            if name == ASKED:
                scope = OPENING if is_question else 0
            elif name == WONDERED:
                scope = (1 << span[0]) - 1
            if sentence.mask(kind) & ~unmeant & scope:
                yield name
    if is_question:
        yield "question"
    match role:
        case Role.HEADING | Role.TITLE:
            yield "heading"
        case Role.QUOTE:
            yield "quote"
        case Role.TESTIMONIAL:
            yield "testimonial"
        case _:
            pass


def _opening(sentence: Sentence) -> int:
    """Return, as bits, the words that color the whole sentence: those before its first comma ("In most people, …")."""
    is_set_off = "," in sentence.words[1 : OPENING_MAX + 1]
    return OPENING if is_set_off else 0


def apply_contexts(
    severity: Severity, names: tuple[str, ...], contexts: Contexts
) -> Severity | None:
    """Return what is left of *severity* in these contexts; None when there is nothing to say."""
    for name in names:
        match _treatment(name, contexts):
            case Treatment.SKIP:
                return None
            case Treatment.LOWER:
                severity = severity.lower()
            case Treatment.INFO:
                severity = min(severity, severity.lower().lower(), key=lambda s: s.rank)
            case _:
                pass
    return severity


def _treatment(name: str, contexts: Contexts) -> Treatment:
    treatment: Treatment = getattr(contexts, SHARED_TREATMENTS.get(name, name))
    return treatment
