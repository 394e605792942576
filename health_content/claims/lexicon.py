"""Classes of words: what the data calls agents, effects, targets and so on, each with a bit of its own.

A class lists its members, or names the classes that it is made of. Members are inflected when they are loaded, so a
look-up is all that reading a text takes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .automaton import Automaton
from .inflect import noun_forms, spellings, verb_forms
from .tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

KINDS = ("verb", "noun", "word")
DIGITS = "digits"
FREQUENT = [
    "the",
    "a",
    "an",
    "and",
    "or",
    "of",
    "to",
    "in",
    "for",
    "is",
    "are",
    "was",
    "it",
    "this",
    "that",
    "you",
    "your",
    "we",
    "our",
    "not",
    "no",
    "with",
    "by",
    "on",
    "at",
    "from",
    "as",
    "can",
    "may",
    "will",
    "be",
    "have",
    "has",
    "do",
    "does",
    "they",
    "which",
    "than",
    "more",
    "all",
    "any",
    "if",
    "when",
    "who",
    "what",
]


class LexiconError(ValueError):
    """The data contradicts itself; the message says where."""


@dataclass(frozen=True, slots=True)
class WordClass:
    """One class as the data has it."""

    name: str
    kind: str = "word"
    """How members are inflected; `word` members are taken as they are."""
    words: tuple[str, ...] = ()
    of: tuple[str, ...] = ()


@dataclass(slots=True)
class Lexicon:
    """All classes, and the words that frames name themselves."""

    bits: dict[str, int]
    """Class to its bit."""
    phrases: dict[tuple[str, ...], int]
    """Words of a phrase to the bits of all classes it belongs to."""
    digits: int = 0
    """Bits of a word that is a number in digits: class `digits`, and those made of it."""
    above: dict[str, int] = field(default_factory=dict)
    """Class to the bits of itself and of every class made of it."""
    _automaton: Automaton | None = field(default=None, repr=False)

    def bit(self, name: str) -> int:
        """Return the bit of a class.

        Raises:
            LexiconError: there is none.
        """
        try:
            return self.bits[name]
        except KeyError:
            raise LexiconError(f"no class @{name}") from None

    def literal(self, word: str) -> int:
        """Return the bit of a word that a frame names: `pill`, `pill~` (any form of it) or `side_effects`."""
        name = f"={word}"
        if name not in self.bits:
            self.bits[name] = 1 << len(self.bits)
            plain = word.rstrip("~").replace("_", " ")
            forms = {plain}
            if word.endswith("~"):
                forms = verb_forms(plain) | noun_forms(plain)
            for form in forms:
                self._add(form, self.bits[name])
        return self.bits[name]

    def commonness(self, bits: int) -> int:
        """Return how many of the words in *bits* are ones that nearly every text has."""
        frequent = sum(bool(self.phrases.get((word,), 0) & bits) for word in FREQUENT)
        return frequent * 1_000 + bits.bit_count()

    def find(self, words: Sequence[str]) -> list[tuple[int, int, int]]:
        """Return (start, length, bits) of every member in *words*."""
        if self._automaton is None:
            self._automaton = Automaton(self.phrases.items())
        found = list(self._automaton.find(words))
        found.extend(
            (index, 1, self.digits)
            for index, word in enumerate(words)
            if word[0].isdigit()
        )
        return found

    def copy(self) -> Lexicon:
        """Return a lexicon of its own with the same words."""
        return Lexicon(dict(self.bits), dict(self.phrases), self.digits, self.above)

    def add(self, words: tuple[str, ...], name: str) -> None:
        """Add a phrase to a class, and so to every class made of that.

        Raises:
            LexiconError: there is no such class.
        """
        self.bit(name)
        self.phrases[words] = self.phrases.get(words, 0) | self.above[name]
        self._automaton = None

    def _add(self, phrase: str, bits: int) -> None:
        for spelling in spellings(phrase):
            words = tuple(token.word for token in tokenize(spelling))
            self.phrases[words] = self.phrases.get(words, 0) | bits
        self._automaton = None


def build_lexicon(classes: Iterable[WordClass]) -> Lexicon:
    """Return the lexicon of *classes*.

    Raises:
        LexiconError: a class is unknown, empty, of an unknown kind, or part of itself.
    """
    by_name = {each.name: each for each in classes}
    by_name[DIGITS] = WordClass(DIGITS, words=("0",))
    lexicon = Lexicon({name: 1 << index for index, name in enumerate(by_name)}, {})
    above = {name: _above(name, by_name, lexicon) for name in by_name}
    lexicon.above.update(above)
    lexicon.digits = above[DIGITS]
    for each in by_name.values():
        if each.kind not in KINDS:
            raise LexiconError(f"@{each.name}: unknown kind {each.kind!r}")
        for part in each.of:
            lexicon.bit(part)
        if not each.words and not each.of:
            raise LexiconError(f"@{each.name} is empty")
        for word in each.words:
            for form in _forms(word, each.kind):
                lexicon._add(form, above[each.name])  # noqa: SLF001 - built here
    return lexicon


def _above(name: str, by_name: Mapping[str, WordClass], lexicon: Lexicon) -> int:
    """Return the bits of *name* and of every class made of it."""
    bits, names = 0, [name]
    while names:
        current = names.pop()
        bits |= lexicon.bit(current)
        names.extend(
            each.name
            for each in by_name.values()
            if current in each.of and not bits & lexicon.bit(each.name)
        )
    return bits


def _forms(word: str, kind: str) -> set[str]:
    match kind:
        case "verb":
            return verb_forms(word)
        case "noun":
            return noun_forms(word)
        case _:
            return {word}
