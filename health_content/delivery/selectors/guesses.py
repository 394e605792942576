"""What mistyped words may stand for, from the words of published documents.

The list of words may hold some that only a hidden document has. So a guess is never shown for being on it: only when
a search with it found something public that has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connections, router
from django.db.models import Q

from ..models import SearchWord
from ..search.terms import Clause, Terms
from ..search.typos import mistakes_allowed, nearest_words
from ..search.words import fold, make_term

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Of a query, and of the list for all of them: a hostile query costs what a long one does.
GUESSED_MAX = 4
CANDIDATES_MAX = 3_000


def guess_terms(
    terms: Terms, languages: Sequence[str]
) -> tuple[Terms, dict[str, list[str]]]:
    """Return *terms* with what their single words may stand for, and those guesses by word. Two queries at most.

    No guesses, no difference.
    """
    words = [
        folded
        for clause in terms.required
        if not clause.is_phrase
        and mistakes_allowed(folded := fold(clause.words[0]))
        and folded.isalpha()
    ][:GUESSED_MAX]
    candidates = list(_candidates(words)) if words else []
    guesses = {word: nearest_words(word, candidates) for word in words}
    guesses = {word: found for word, found in guesses.items() if found}
    required = tuple(
        clause if clause.is_phrase else _widened(clause, guesses.get(fold(clause.words[0]), ()), languages)
        for clause in terms.required
    )  # fmt: skip
    return Terms(required=required, excluded=terms.excluded), guesses


def _widened(
    clause: Clause, guesses: Iterable[str], languages: Sequence[str]
) -> Clause:
    others = ((make_term(guess, language),) for guess in guesses for language in languages)  # fmt: skip
    alternatives = tuple(dict.fromkeys([*clause.alternatives, *others]))
    return Clause(words=clause.words, alternatives=alternatives)


def _candidates(words: Sequence[str]) -> Iterable[str]:
    """Return words of the list that are near *words*: by trigrams where PostgreSQL has them, else by the first letter."""
    connection = connections[router.db_for_read(SearchWord)]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regproc('similarity') IS NOT NULL")
            if cursor.fetchone()[0]:
                table = SearchWord._meta.db_table  # noqa: SLF001 - Django's documented name
                near = " OR ".join(["(length BETWEEN %s AND %s AND word %% %s)"] * len(words))  # fmt: skip
                arguments = [a for word in words for a in (*_lengths(word), word)]
                cursor.execute(
                    f"SELECT word FROM {table} WHERE {near} LIMIT {CANDIDATES_MAX}",  # noqa: S608 - names are the model's own
                    arguments,
                )
                return [row[0] for row in cursor.fetchall()]
    condition = Q()
    for word in words:
        condition |= Q(
            length__range=_lengths(word), word__gte=word[0], word__lt=chr(ord(word[0]) + 1)
        )  # fmt: skip
    found = SearchWord.objects.filter(condition).values_list("word", flat=True)
    return list(found[:CANDIDATES_MAX])


def _lengths(word: str) -> tuple[int, int]:
    allowed = mistakes_allowed(word)
    return len(word) - allowed, len(word) + allowed
