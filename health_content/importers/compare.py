"""Whether two texts are versions of one article."""

from __future__ import annotations

import re
import unicodedata

SHARED_MIN = 1 / 3
"""Share of the words of both texts that two versions have in common, at least."""

_WORD = re.compile(r"\w+")
_HEAVY = re.compile(r"\w{5,}")


def is_another(old: tuple[str, str], new: tuple[str, str]) -> bool:
    """Return whether *new*, a title and a text, is another article than *old*.

    It is when the titles differ and most words do. Short words say little about a
    subject and are left out where there are longer ones.
    """
    if _words(old[0], _WORD) == _words(new[0], _WORD):
        return False
    before, after = _subject("\n".join(old)), _subject("\n".join(new))
    return len(before & after) < SHARED_MIN * len(before | after)


def _subject(text: str) -> set[str]:
    return _words(text, _HEAVY) or _words(text, _WORD)


def _words(text: str, word: re.Pattern[str]) -> set[str]:
    return set(word.findall(unicodedata.normalize("NFKC", text).casefold()))
