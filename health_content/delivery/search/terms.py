"""What a reader types, parsed: words that must be there, phrases, and what must not be there.

    back "low back pain" -surgery

Nothing is a syntax error: what means nothing is left out, and a quotation mark that is never closed closes at the end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .words import find_words, make_term

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .words import Word

# More than anybody types; further ones are not looked at, so that a hostile query stays cheap.
CLAUSES_MAX = 24
# The quotation marks that keyboards of phones write.
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
CHUNK = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One word or phrase, as the terms that it has in each language."""

    words: tuple[str, ...]
    """As typed."""
    alternatives: tuple[tuple[str, ...], ...]
    """Sequences of terms, any of which will do; without repetition."""

    @property
    def is_phrase(self) -> bool:
        """Return whether it has several words, which must follow each other."""
        return len(self.words) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is looked for. Without anything required there is nothing to find."""

    required: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()


def parse_terms(text_raw: str, languages: Sequence[str]) -> Terms:
    """Return what *text_raw* asks for of texts in *languages*. Linear; any text is a query."""
    required: list[Clause] = []
    excluded: list[Clause] = []
    for sign, phrase, chunk in CHUNK.findall(text_raw.translate(QUOTES)):
        clauses = excluded if sign else required
        if chunk:
            words = list(find_words(chunk))
            # -low-back excludes the two together: it was one thing to whoever wrote it.
            groups = [words] if sign else list(_groups(words))
        else:
            groups = [list(find_words(phrase))]
        for group in groups:
            clause = _clause([word.text for word in group], languages)
            known = {one.alternatives for one in clauses}
            if clause is not None and clause.alternatives not in known:
                clauses.append(clause)
        if len(required) + len(excluded) >= CLAUSES_MAX:
            break
    return Terms(
        required=tuple(required[:CLAUSES_MAX]), excluded=tuple(excluded[:CLAUSES_MAX])
    )


def _groups(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield each word alone, and the pairs of one run together."""
    group: list[Word] = []
    for word in words:
        if group and not word.is_joined:
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _clause(words: Sequence[str], languages: Sequence[str]) -> Clause | None:
    sequences = [
        tuple(term for word in words if (term := make_term(word, language)))
        for language in languages
    ]
    alternatives = tuple(dict.fromkeys(filter(None, sequences)))
    if not alternatives:
        return None
    return Clause(words=tuple(words), alternatives=alternatives)
