"""One sentence against every rule."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .contexts import apply_contexts, contexts_of, is_negated
from .facts import Role
from .findings import Category
from .frames import find_frame, matches, may_match
from .rules import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .findings import Profile, Severity
    from .frames import Sentence
    from .rules import Rule, RuleBase


EXEMPT = {Role.CARE_CARD: frozenset({Category.PRESSURE})}
"""What a block of a role may say: signs of danger press readers, as they should."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that found its claim, and where: from word `first` up to word `last`, which is not included."""

    rule: Rule
    severity: Severity
    first: int
    last: int
    notes: tuple[str, ...]


def find_hits(
    sentence: Sentence, role: Role, base: RuleBase, profile: Profile
) -> list[Hit]:
    """Return what the rules say of *sentence*, at most once each, in order of place."""
    present = sentence.present
    hits = []
    for rule in base.rules:
        if rule.scope is not Scope.SENTENCE or not present & rule.triggers:
            continue
        if rule.category in EXEMPT.get(role, ()):
            continue
        hit = _apply(rule, sentence, role, base, profile)
        if hit is not None:
            hits.append(hit)
    return sorted(hits, key=lambda hit: (hit.first, hit.last))


def sentence_sha(folded: str) -> str:
    """Return the fingerprint of a folded sentence; white space does not count."""
    text = " ".join(folded.split())
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _apply(
    rule: Rule, sentence: Sentence, role: Role, base: RuleBase, profile: Profile
) -> Hit | None:
    full = rule.severity[profile]
    best: Hit | None = None
    for first, last in _places(rule, sentence):
        if is_negated(rule, sentence, (first, last), base.cues):
            continue
        notes = tuple(contexts_of(sentence, (first, last), role, base.cues))
        severity = apply_contexts(full, notes, rule.contexts)
        if severity and (best is None or severity.rank > best.severity.rank):
            best = Hit(rule, severity, first, last, notes)
            if severity is full:
                break
    return best


def _places(rule: Rule, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield where the frames of *rule* match, as long as nothing in the sentence keeps it silent."""
    is_tested = False
    for frame in rule.frames:
        if not may_match(frame, sentence):
            continue
        for span in find_frame(frame, sentence):
            if not is_tested and any(matches(each, sentence) for each in rule.unless):
                return
            is_tested = True
            yield span
