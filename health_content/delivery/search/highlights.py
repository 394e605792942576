"""Where a page says what was looked for: passages to short fragments whose matches are marked.

A fragment is a list of parts, each a text with whether it matches. Offsets would need a unit, which a client in
JavaScript (UTF-16) and one in Python (code points) would count differently; markup would have to be trusted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .words import fold, make_term, word_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .passages import Passage
    from .terms import Terms

FRAGMENTS_MAX = 3
# About two lines on a screen.
FRAGMENT_LENGTH = 200
# Of the text before the first match, so that it can be understood.
LEAD_LENGTH = 60
ELLIPSIS = "…"
# Languages whose stems may begin with another letter than their words.
CHANGING_STARTS = frozenset({"ar", "ga", "id"})


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a fragment."""

    text: str
    is_match: bool


@dataclass(frozen=True, slots=True)
class Fragment:
    """A short text around matches, and the passage that it is from."""

    passage: Passage
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    clause: int


def find_fragments(
    passages: Sequence[Passage], terms: Terms, language: str
) -> list[Fragment]:
    """Return what to show of *passages*: the title where it matches, and the best `FRAGMENTS_MAX` others, in order.

    The best have the most of the different words looked for; among equals the earlier one. Without any match there is
    one fragment, the beginning. Linear in the length of the passages, and mostly less: it stops when nothing can be
    better.
    """
    matcher = _Matcher(terms, language)
    titles: list[tuple[int, Passage, list[_Match]]] = []
    found: list[tuple[int, Passage, list[_Match]]] = []
    full = 0
    for passage in passages:
        matches = list(matcher.matches(passage.text))
        if not matches:
            continue
        variety = len({match.clause for match in matches})
        if passage.field == "title":
            titles.append((variety, passage, matches))
            continue
        found.append((variety, passage, matches))
        full += variety == len(terms.required)
        if full == FRAGMENTS_MAX:
            break
    best = sorted(range(len(found)), key=lambda n: -found[n][0])[:FRAGMENTS_MAX]
    chosen = titles + [found[n] for n in sorted(best)]
    if not chosen:
        return [_beginning(p) for p in passages if p.field != "title"][:1]
    return [Fragment(p, tuple(_parts(p.text, matches))) for _, p, matches in chosen]


class _Matcher:
    """Finds what was looked for in texts of one language."""

    def __init__(self, terms: Terms, language: str) -> None:
        self._language = language
        self._sequences: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        for number, clause in enumerate(terms.required):
            for sequence in clause.alternatives:
                known = self._sequences.setdefault(sequence[0], [])
                known.append((sequence, number))
        is_steady = language.partition("-")[0] not in CHANGING_STARTS
        # Stemming every word of a page would take longer than finding the page.
        self._starts = {term[:1] for term in self._sequences} if is_steady else None

    def matches(self, text: str) -> Iterator[_Match]:
        """Yield the matches in *text*, in order, none within another."""
        words = word_spans(text)
        # Of words that begin otherwise, only the first letter is looked at.
        places = [n for n, (start, _) in enumerate(words) if self._may_begin(text[start])]  # fmt: skip
        free = 0
        for place in places:
            match = self._match(text, words, place) if place >= free else None
            if match is not None:
                length, clause = match
                free = place + length
                yield _Match(words[place][0], words[free - 1][1], clause)

    def _may_begin(self, letter: str) -> bool:
        return self._starts is None or fold(letter)[:1] in self._starts

    def _match(
        self, text: str, words: Sequence[tuple[int, int]], place: int
    ) -> tuple[int, int] | None:
        """Return how many words from *place* on match, the most if there are several ways, and which clause."""
        known = self._sequences.get(self._term(text, words[place]), ())
        fitting = [
            (len(sequence), clause)
            for sequence, clause in known
            if self._follows(text, words[place : place + len(sequence)], sequence)
        ]
        return max(fitting, default=None)

    def _follows(
        self, text: str, words: Sequence[tuple[int, int]], sequence: tuple[str, ...]
    ) -> bool:
        return len(words) == len(sequence) and all(
            self._term(text, word) == term
            for word, term in zip(words, sequence, strict=True)
        )

    def _term(self, text: str, word: tuple[int, int]) -> str:
        return make_term(text[word[0] : word[1]], self._language)


def _beginning(passage: Passage) -> Fragment:
    return Fragment(passage, tuple(_parts(passage.text, ())))


def _parts(text: str, matches: Sequence[_Match]) -> Iterator[Part]:
    """Yield a piece of *text* around the first of *matches*, cut between words, with its matches apart."""
    first = matches[0].start if matches else 0
    start = _cut(text, max(0, first - LEAD_LENGTH))
    end = _cut(text, start + FRAGMENT_LENGTH)
    if matches:
        end = max(end, matches[0].end)
    place = start
    before = ELLIPSIS if start else ""
    for match in matches:
        if match.end > end:
            break
        # Pairs of a run overlap.
        begin = max(place, match.start)
        if plain := before + text[place:begin]:
            yield Part(plain, is_match=False)
        before = ""
        yield Part(text[begin : match.end], is_match=True)
        place = match.end
    rest = before + text[place:end] + (ELLIPSIS if end < len(text) else "")
    if rest:
        yield Part(rest, is_match=False)


def _cut(text: str, place: int) -> int:
    """Return *place*, or the end of the white space after it when that is near: words are not cut in two."""
    if place in (0, len(text)) or place > len(text):
        return min(place, len(text))
    space = text.find(" ", place, place + 30)
    return place if space == -1 else space + 1
