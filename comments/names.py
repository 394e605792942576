"""Whose name a name looks like: what a reader takes for the same is the same here."""

from __future__ import annotations

import re
import unicodedata

_LOOKS_LIKE = str.maketrans(
    {
        # Cyrillic
        "а": "a", "в": "b", "е": "e", "з": "3", "и": "u", "і": "i", "ј": "j", "к": "k", "м": "m", "н": "h", "о": "o",
        "р": "p", "с": "c", "ѕ": "s", "т": "t", "у": "y", "х": "x", "ь": "b", "ԁ": "d", "һ": "h", "ԛ": "q", "ԝ": "w",
        "ѵ": "v", "г": "r", "п": "n", "ӏ": "i", "ё": "e",
        # Greek
        "α": "a", "β": "b", "γ": "y", "ε": "e", "ζ": "z", "η": "n", "ι": "i", "κ": "k", "μ": "u", "ν": "v", "ο": "o",
        "ρ": "p", "σ": "o", "ς": "c", "τ": "t", "υ": "u", "χ": "x", "ω": "w", "ϲ": "c", "ϳ": "j",
        # Latin letters that a decomposition leaves as they are, Armenian, Cherokee-free
        "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "ß": "ss",
        "ɑ": "a", "ɡ": "g", "ɩ": "i", "ʀ": "r", "օ": "o", "ո": "n", "ս": "u", "հ": "h", "ց": "g",
        # Digits and signs that stand for letters
        "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s", "|": "i", "!": "i",
        # One shape for i and l, which many fonts do not tell apart
        "l": "i",
    }
)  # fmt: skip
_PAIRS = (("rn", "m"), ("vv", "w"), ("ci", "d"))
"""Letters side by side that look like one; `ci` for `cl`, after l became i."""

_TITLE = re.compile(
    r"^(?:(?:dr|dra|prof|profa|professor|doctor|doctora|nurse|enfermer[oa])\b|.*\b(?:md|m\.d\.|rn|phd|mbbs)\.?$)",
    re.IGNORECASE,
)
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")


def name_skeleton(name: str) -> str:
    """Return the same text for names that a reader takes for the same; empty when it has no letter or digit.

    Case, accents, spaces, punctuation and invisible characters do not count; letters of other scripts and digits count
    as the Latin letter that they look like.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name))
    plain = plain.casefold().translate(_LOOKS_LIKE)
    letters = "".join(c for c in plain if c.isalnum())
    for pair, single in _PAIRS:
        letters = letters.replace(pair, single)
    return letters


def has_title(name: str) -> bool:
    """Return whether the name claims a medical or academic title."""
    return _TITLE.match(name.strip()) is not None


def is_mixed(name: str) -> bool:
    """Return whether letters of look-alike scripts stand side by side in one word, as no language writes them."""
    return any(len(_scripts(word)) > 1 for word in name.split())


def _scripts(word: str) -> set[str]:
    names = (unicodedata.name(c, "").partition(" ")[0] for c in word if c.isalpha())
    return {name for name in names if name in _SCRIPTS}
