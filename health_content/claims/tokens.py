"""Words of a folded text, with the places they stand at."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<dash> -+ |-{2,})"
    r"|(?P<mark>[.,;:!?\"()%£$€+=*/\[\]{}<>#&@~|\n])"
)
_CLITICS = {
    "re": "are", "ve": "have", "ll": "will", "d": "would", "m": "am",
}  # fmt: skip
_IS_AFTER = frozenset(
    [
        "it",
        "that",
        "here",
        "there",
        "what",
        "who",
        "where",
        "how",
        "let",
        "this",
        "she",
        "he",
        "everything",
        "nothing",
    ]
)
"""After these an apostrophe and s is a verb; after other words it marks whose."""
_STEMS = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}
DASH = "--"


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark; `text[start:end]` of the folded text."""

    word: str
    start: int
    end: int


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of `text[start:end]`; a hyphen inside a word parts it, contractions are spelled out."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        begin, finish = match.span()
        if match.lastgroup == "word" and "'" in match[0]:
            tokens.extend(_spell_out(match[0], begin, finish))
        elif match.lastgroup == "dash":
            tokens.append(Token(DASH, begin, finish))
        else:
            tokens.append(Token(match[0], begin, finish))
    return tokens


def _spell_out(word: str, start: int, end: int) -> list[Token]:
    stem, _, tail = word.rpartition("'")
    middle = start + len(stem)
    if tail == "t" and stem.endswith("n"):
        verb = stem[:-1]
        negator = Token("not", middle - 1, end)
        if not verb:
            return [negator]
        return [Token(_STEMS.get(verb, verb), start, middle - 1), negator]
    stem = stem.replace("'", "")
    if tail == "s":
        if stem in _IS_AFTER:
            return [Token(stem, start, middle), Token("is", middle, end)]
        return [Token(stem, start, end)]
    if tail in _CLITICS:
        return [Token(stem, start, middle), Token(_CLITICS[tail], middle, end)]
    return [Token(stem + tail, start, end)]
