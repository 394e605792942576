"""How hard a text is to read: advice for editors, never a verdict."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .gate_facts import Readability

if TYPE_CHECKING:
    from collections.abc import Iterable

# NHS digital service manual, "How we write": sentences of up to 20 words.
SENTENCE_WORDS_MAX = 20
# LIX counts words of more than six letters (Björnsson 1968).
LONG_WORD_LETTERS = 6
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?:]+(?=\s|$)")


def readability(texts: Iterable[str]) -> Readability | None:
    """Return the LIX of *texts* taken together, and how many sentences are long; None without a word.

    LIX is words per sentence plus the percentage of long words. A block's end ends a sentence. Cost: linear.
    """
    words = long_words = sentences = long_sentences = 0
    for text in texts:
        for sentence in _SENTENCE_END.split(text):
            found = _WORD.findall(sentence)
            if not found:
                continue
            sentences += 1
            words += len(found)
            long_words += sum(len(word) > LONG_WORD_LETTERS for word in found)
            long_sentences += len(found) > SENTENCE_WORDS_MAX
    if not words:
        return None
    lix = words / sentences + 100 * long_words / words
    return Readability(lix=lix, long_sentences=long_sentences)
