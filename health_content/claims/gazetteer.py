"""Names that a page brings along: its treatments and conditions become words of the lexicon's classes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from .normalize import normalize
from .tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .lexicon import Lexicon
    from .rules import RuleBase

TREATMENTS = "therapies"
CONDITIONS = "symptoms"
"""A page's own conditions count as complaints; that one of them is serious is for the lexicon to say."""
MAX_NAMES = 200


def with_names(
    base: RuleBase, treatments: Iterable[str], conditions: Iterable[str]
) -> RuleBase:
    """Return *base* with the names that it does not know yet; *base* itself when it knows them all."""
    names = frozenset(
        (words, kind)
        for kind, given in ((TREATMENTS, treatments), (CONDITIONS, conditions))
        for words in list(map(folded_words, given))[:MAX_NAMES]
        if words and words not in base.lexicon.phrases
    )
    return _extended(base, names) if names else base


@lru_cache(maxsize=64)
def _extended(
    base: RuleBase, names: frozenset[tuple[tuple[str, ...], str]]
) -> RuleBase:
    lexicon: Lexicon = base.lexicon.copy()
    for words, kind in names:
        lexicon.add(words, kind)
    return base.replace_lexicon(lexicon)


@lru_cache(maxsize=5_000)
def folded_words(text: str) -> tuple[str, ...]:
    """Return the words of *text*, folded as the rules read them."""
    return tuple(token.word for token in tokenize(normalize(text).text))
