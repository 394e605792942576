"""Whether a page tells its readers that a guideline advises against what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .blocks import SILENT_ROLES
from .facts import Stance
from .frames import Sentence, matches
from .normalize import normalize
from .permitted import is_about
from .sentences import find_sentences
from .tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .facts import Page, PermittedClaimFacts
    from .rules import RuleBase


def unmentioned(page: Page, base: RuleBase) -> tuple[PermittedClaimFacts, ...]:
    """Return the permitted claims of *page* but for advice of guidelines that a sentence of it tells.

    Such a sentence names the treatment and the condition, and says whose advice it is: "NICE does not recommend …".
    Cost: linear in the text, nothing where no guideline advises against anything.
    """
    against = [row for row in page.permitted if row.stance is Stance.GUIDELINE_AGAINST]
    if not against:
        return page.permitted
    told = list(_advice(page, base))
    mentioned = {row for row in against if any(is_about(words, row) for words in told)}
    return tuple(row for row in page.permitted if row not in mentioned)


def _advice(page: Page, base: RuleBase) -> Iterator[list[str]]:
    """Yield the words of each sentence that tells what a guideline advises against."""
    texts = (normalize(b.text).text for b in page.blocks if b.role not in SILENT_ROLES)
    for text in texts:
        for bounds in find_sentences(text):
            words = [token.word for token in tokenize(text, *bounds)]
            sentence = Sentence(words, base.lexicon)
            if any(matches(frame, sentence) for frame in base.advice_against):
                yield words
