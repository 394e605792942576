"""Traditional beliefs: whether what is marked as one says whose belief it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .findings import Finding, Severity
from .frames import Sentence, matches
from .normalize import normalize
from .rules import Scope
from .sentence_check import sentence_sha
from .sentences import find_sentences
from .tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .facts import Block
    from .findings import Profile
    from .rules import RuleBase


def find_unattributed(
    block: Block, base: RuleBase, profile: Profile
) -> Iterator[Finding]:
    """Yield one finding for each rule of traditions: as grave as the rule says, info once a sentence attributes the belief.

    It is bound to the whole block, so that a decision lapses when any word of it changes.
    """
    normalized = normalize(block.text)
    tokens = [
        tokenize(normalized.text, *each) for each in find_sentences(normalized.text)
    ]
    sentences = [
        Sentence([token.word for token in each], base.lexicon)
        for each in tokens
        if each
    ]
    if not sentences:
        return
    for rule in base.rules:
        if rule.scope is not Scope.TRADITION:
            continue
        is_attributed = any(matches(f, s) for f in rule.frames for s in sentences)
        yield Finding(
            rule=rule.id,
            category=rule.category,
            severity=Severity.INFO if is_attributed else rule.severity[profile],
            start=0,
            end=len(block.text),
            text=block.text,
            block_id=block.id,
            sentence=block.text,
            sentence_sha=sentence_sha(normalized.text),
            message=rule.message,
            suggestion=rule.suggest,
            resolve=rule.resolve,
            sources=rule.sources,
            notes=("attributed",) if is_attributed else (),
        )
