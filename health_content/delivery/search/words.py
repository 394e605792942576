"""Texts to the words that are searched: found with their places, folded, and stemmed by language.

The index and the query are made of the same terms here, in Python, so that every back end finds the same, and what is
highlighted is what was found. A term is a lower-case stem without diacritics: `Medicación` and `medicaciones` are both
`medic`. Scripts written without spaces give their overlapping pairs of characters.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import snowballstemmer  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterator

# Raise it when terms change: entries made by an older reading are then made anew.
READING = 1
# Longer than any word of use; the rest of a longer one is not compared.
WORD_MAX_LENGTH = 64
# Names of the Snowball algorithms by language (ISO 639-1). Other languages are compared without stemming.
STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali",
    "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip


def _character_class(*ranges: tuple[int, int]) -> str:
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


# Combining marks, which `\w` leaves out though they are parts of words.
MARKS = "".join(
    chr(point)
    for point in range(0x300, 0xFE30)
    if unicodedata.category(chr(point)).startswith("M")
)
# Han, kana, Thai, Lao, Burmese, Khmer.
UNSPACED = _character_class(
    (0x0E01, 0x0EDF), (0x1000, 0x109F), (0x1780, 0x17D3), (0x3040, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0xFF66, 0xFF9F), (0x20000, 0x3134F),
)  # fmt: skip
APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"
WORD = re.compile(rf"[^\W_](?:[^\W_]|[{MARKS}]|[{APOSTROPHES}](?=[^\W_]))*")
RUN = re.compile(f"[{UNSPACED}]+|[^{UNSPACED}]+")
IS_UNSPACED = re.compile(f"[{UNSPACED}]")
APOSTROPHE = re.compile(f"[{APOSTROPHES}]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a pair of characters, and where it stands in its text."""

    start: int
    end: int
    text: str
    is_joined: bool = False
    """It overlaps with the one before: both are parts of one run."""


def find_words(text: str) -> Iterator[Word]:
    """Yield the words of *text*, in order. Linear in its length."""
    is_plain = text.isascii()
    for match in WORD.finditer(text):
        if is_plain or not IS_UNSPACED.search(match[0]):
            yield Word(match.start(), match.end(), match[0])
        else:
            for run in RUN.finditer(match[0]):
                yield from _pairs(run[0], match.start() + run.start())


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return where the words of *text* begin and end, as `find_words` finds them, in a quarter of its time."""
    if text.isascii() or not IS_UNSPACED.search(text):
        return [match.span() for match in WORD.finditer(text)]
    return [(word.start, word.end) for word in find_words(text)]


def word_texts(text: str) -> list[str]:
    """Return the words of *text* that `find_words` finds, without their places, in a fifth of its time."""
    if text.isascii() or not IS_UNSPACED.search(text):
        found: list[str] = WORD.findall(text)
        return found
    return [word.text for word in find_words(text)]


@lru_cache(maxsize=65_536)
def make_term(word: str, language: str) -> str:
    """Return the term of *word* in *language* (`es`, `es-MX`), "" when nothing is left to compare."""
    # Of `patient's`, `l'eau` and `don't`, the longest part.
    part = max(APOSTROPHE.split(word[:WORD_MAX_LENGTH]), key=len)
    lowered = unicodedata.normalize("NFC", part.casefold())
    stemmer = _stemmer(language.partition("-")[0].lower())
    return fold(stemmer.stemWord(lowered) if stemmer else lowered)


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Return *word* without case and diacritics, letters and digits only."""
    if word.isascii() and word.isalnum():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold()).casefold()
    return "".join(
        char
        for char in decomposed
        if (char.isalnum() or char in MARKS) and not unicodedata.combining(char)
    )


def text_terms(text: str, language: str) -> Iterator[str]:
    """Yield the terms of *text*, in order; of scripts without spaces, each character as well, after the pairs."""
    characters: dict[str, None] = {}
    for word in word_texts(text):
        if term := make_term(word, language):
            yield term
        if len(word) == 2 and not word.isascii() and IS_UNSPACED.match(word):
            characters |= dict.fromkeys(word)
    yield from characters


def _pairs(run: str, start: int) -> Iterator[Word]:
    """Yield the overlapping pairs of a run without spaces; a word of another script that touched it is one word."""
    if not IS_UNSPACED.match(run) or len(run) == 1:
        yield Word(start, start + len(run), run, is_joined=False)
        return
    for offset in range(len(run) - 1):
        place = start + offset
        yield Word(place, place + 2, run[offset : offset + 2], is_joined=offset > 0)


@cache
def _stemmer(language: str) -> Any:
    name = STEMMERS.get(language)
    return None if name is None else snowballstemmer.stemmer(name)
