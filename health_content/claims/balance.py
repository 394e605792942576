"""Rules about a page as a whole: benefits that nobody weighs against risks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .facts import Role
from .findings import Finding
from .frames import Sentence, find_frame, matches
from .normalize import normalize
from .rules import Scope
from .sentence_check import sentence_sha
from .tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .facts import Block, Page
    from .findings import Profile
    from .rules import Rule, RuleBase

HEADINGS = frozenset({Role.HEADING, Role.TITLE})


def find_imbalance(page: Page, base: RuleBase, profile: Profile) -> Iterator[Finding]:
    """Yield one finding for each page rule whose frame is in a heading, while no heading has what it asks for."""
    headings = [
        (block, _read(block, base)) for block in page.blocks if block.role in HEADINGS
    ]
    for rule in base.rules:
        if rule.scope is not Scope.PAGE:
            continue
        if any(matches(each, read) for each in rule.unless for _, read in headings):
            continue
        for block, read in headings:
            if any(next(find_frame(each, read), None) for each in rule.frames):
                yield _finding(rule, block, profile)
                break


def _read(block: Block, base: RuleBase) -> Sentence:
    words = [token.word for token in tokenize(normalize(block.text).text)]
    return Sentence(words, base.lexicon)


def _finding(rule: Rule, block: Block, profile: Profile) -> Finding:
    return Finding(
        rule=rule.id,
        category=rule.category,
        severity=rule.severity[profile],
        start=0,
        end=len(block.text),
        text=block.text,
        block_id=block.id,
        sentence=block.text,
        sentence_sha=sentence_sha(normalize(block.text).text),
        message=rule.message,
        suggestion=rule.suggest,
        resolve=rule.resolve,
        sources=rule.sources,
        notes=("page",),
    )
