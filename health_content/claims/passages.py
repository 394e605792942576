"""What is read at once: a sentence, or a question together with its answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from .answers import JOINT, Answer, answer_to, is_question
from .findings import Category
from .frames import Sentence
from .rules import Treatment
from .sentence_check import find_hits
from .sentences import find_sentences
from .tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .facts import Role
    from .findings import Profile
    from .rules import RuleBase
    from .sentence_check import Hit
    from .tokens import Token

CLAIMED_BY_NO = frozenset(
    {
        Category.SAFETY_ABSOLUTE,
        Category.STOP_OR_REPLACE_CARE,
        Category.ANTI_VACCINE,
        Category.DENIAL,
    }
)
"""What a no claims: "Any side effects? None.", "Will I still need my inhaler? No.", "Does smoking harm? No." Of all else it denies
what was asked."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a folded text, its words, and what the rules say of it."""

    bounds: tuple[int, int]
    tokens: list[Token]
    sentence: Sentence
    hits: list[Hit]


def find_passages(
    text: str, role: Role, base: RuleBase, profile: Profile
) -> Iterator[Passage]:
    """Yield the sentences of a folded *text*, and beside a question what it says together with its answer."""
    before: Passage | None = None
    for bounds in find_sentences(text):
        tokens = tokenize(text, *bounds)
        if not tokens:
            continue
        sentence = Sentence([token.word for token in tokens], base.lexicon)
        hits = find_hits(sentence, role, base, profile)
        passage = Passage(bounds, tokens, sentence, hits)
        if before is not None:
            yield from _answered(before, passage, role, base, profile)
        before = passage
    if before is not None:
        yield before


def _answered(
    asked: Passage, following: Passage, role: Role, base: RuleBase, profile: Profile
) -> Iterator[Passage]:
    """Yield *asked* as what follows it makes it, and what the two say together."""
    if not is_question(asked.sentence.words):
        yield asked
        return
    answer = answer_to(asked.sentence, following.sentence, base.cues)
    match answer:
        case Answer.OTHER:
            yield asked
        case Answer.DOUBT:
            yield replace(asked, hits=_not_refuted(asked.hits))
        case Answer.YES:
            yield _joined(asked, following, role, base, profile, is_affirmed=True)
        case Answer.NO:
            yield replace(asked, hits=_not_refuted(asked.hits))
            both = _joined(asked, following, role, base, profile)
            hits = [hit for hit in both.hits if hit.rule.category in CLAIMED_BY_NO]
            yield replace(both, hits=hits)
        case Answer.TOPIC:
            yield asked
            yield _joined(asked, following, role, base, profile)
        case _:
            assert_never(answer)


def _not_refuted(hits: list[Hit]) -> list[Hit]:
    return [hit for hit in hits if hit.rule.contexts.refuted is not Treatment.SKIP]


def _joined(
    asked: Passage,
    following: Passage,
    role: Role,
    base: RuleBase,
    profile: Profile,
    *,
    is_affirmed: bool = False,
) -> Passage:
    """Return both as one sentence, with what neither says alone; *is_affirmed*: with what is asked, too."""
    words = [*asked.sentence.words[:-1], JOINT, *following.sentence.words]
    sentence = Sentence(words, base.lexicon)
    border = len(asked.tokens)
    said = {hit.rule.category for hit in (*asked.hits, *following.hits)}
    hits = [
        hit
        for hit in find_hits(sentence, role, base, profile)
        if (hit.first < border and is_affirmed)
        or (hit.first < border < hit.last and hit.rule.category not in said)
    ]
    bounds = (asked.bounds[0], following.bounds[1])
    return Passage(bounds, [*asked.tokens, *following.tokens], sentence, hits)
