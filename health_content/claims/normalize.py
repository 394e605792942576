"""Text as the rules read it: one spelling, with the way back to the original.

What is folded: compatibility forms (NFKC), marks, letters of other scripts that look Latin, invisible characters, curly
quotation marks and dashes, case, and letters that were spaced out ("c u r e s").
Linear in the length of the text, never raises, idempotent.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_LATIN = (
    "аa вb еe кk мm нh оo рp сc тt уy үy хx һh іi јj ѕs ԁd ԛq ԝw ӏl "  # Cyrillic
    "αa βb εe ιi κk νv οo ρp τt υu χx ωw γy ηn μu "  # Greek
    "օo ոn սu հh ıi łl øo đd ɡg ɑa ƒf "  # Armenian, and Latin that NFKC leaves alone
    "‘' ’' ‚' ‛' ′' `' ´' ʼ' ‹' ›' “\" ”\" „\" ‟\" ″\" «\" »\" "
    "‐- ‑- ‒- –- —- ―- −- ⁃- •* ∙* ·* ⁄/"
)  # fmt: skip
_LOOK_ALIKE = str.maketrans({pair[0]: pair[1:] for pair in _LATIN.split()})
_SPACED = re.compile(
    r"(?<![^\W_])[^\W\d_](?:([ .\-_*])[^\W\d_](?:\1[^\W\d_])+)(?![^\W_])"
)
_ROUNDS = 4
"""What folding makes may fold again; after three rounds nothing in Unicode does."""


@dataclass(frozen=True, slots=True)
class Normalized:
    """Folded text, and for each of its characters where that stands in the original."""

    text: str
    starts: tuple[int, ...] | None
    """None when both texts have the same length, character by character."""
    length: int
    """Length of the original."""

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the part of the original that `text[start:end]` was made from; *start* lies before *end*."""
        if self.starts is None:
            return start, end
        return self.starts[start], self.starts[end - 1] + 1


def normalize(text_raw: str) -> Normalized:
    """Return *text_raw* folded, with the way back."""
    if text_raw.isascii():
        folded, starts = text_raw.lower(), None
        if not text_raw.isprintable():
            folded = folded.translate(_CONTROLS)
    else:
        folded, starts = _fold(text_raw)
    return _join_spaced(folded, starts, len(text_raw))


def _fold(text: str) -> tuple[str, tuple[int, ...]]:
    pieces: list[str] = []
    starts: list[int] = []
    for index, character in enumerate(text):
        folded = _fold_character(character)
        pieces.append(folded)
        starts.extend([index] * len(folded))
    return "".join(pieces), tuple(starts)


@lru_cache(maxsize=20_000)
def _fold_character(character: str) -> str:
    for _ in range(_ROUNDS):
        decomposed = unicodedata.normalize("NFKD", character.lower()).casefold()
        character = "".join(map(_plain, decomposed)).translate(_LOOK_ALIKE)
    return character


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if character in "\n\r\u2028\u2029":
        return "\n"
    if category in {"Mn", "Me", "Cf"} or character in "\u115f\u1160\u3164\uffa0":
        return ""
    return " " if category[0] in "CZ" else character


def _join_spaced(text: str, starts: tuple[int, ...] | None, length: int) -> Normalized:
    pieces: list[str] = []
    kept: list[int] = []
    position = 0
    for match in _SPACED.finditer(text):
        pieces.append(text[position : match.start()])
        kept.extend(range(position, match.start()))
        pieces.append(text[match.start() : match.end() : 2])
        kept.extend(range(match.start(), match.end(), 2))
        position = match.end()
    if not position:
        return Normalized(text, starts, length)
    pieces.append(text[position:])
    kept.extend(range(position, len(text)))
    back = tuple(kept) if starts is None else tuple(starts[index] for index in kept)
    return Normalized("".join(pieces), back, length)


_CONTROLS = {code: (10 if code in {10, 13} else 32) for code in (*range(32), 127)}
