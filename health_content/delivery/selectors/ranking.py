"""Documents that match, the best first: candidates are limited before they are ranked.

Ranking every page that has a common word takes longer the more pages there are, and nobody reads past the first
hundred. Pages whose title has all that is looked for come first; each of the two groups is cut at `CANDIDATES_MAX`
before its scores are worked out. Each statement joins visibility and the filters, so hidden pages take no place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import DatabaseError, connections, router
from django.utils import timezone

from ..models import PublishedDocument
from ..search.backends import Kind, SearchUnavailable
from ..search.engine import ENGINE_MAX, engine_scores
from ..search.expressions import fts5_expression
from .lists import DOCUMENTS, Matching
from .text_match import (
    ENTRIES,
    FTS5,
    POSTGRESQL_PAGE,
    SQLITE_JOIN,
    SQLITE_PAGE,
    content_type_id,
    database_kind,
    ids_condition,
    tsquery,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ..queries import ListQuery
    from ..search.terms import Terms

CANDIDATES_MAX = 1_000
# Scores of the pages whose title has everything are above it, the others' are not.
TITLE_SCORE = 0.5
COLUMNS = "d.page_id, d.type, d.locale, d.review_status"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A document that matches."""

    page_id: int
    score: float
    """1.0 for the best of its group, above `TITLE_SCORE` when the title has all that was looked for."""
    type: str
    locale: str
    review_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The documents that match, the best first."""

    items: tuple[Ranked, ...]
    is_complete: bool
    """There are no others."""


def rank_documents(
    terms: Terms,
    query: ListQuery,
    *,
    is_fuzzy: bool = False,
) -> Ranking:
    """Return what matches *terms* and the filters of *query*. One query of the database.

    *is_fuzzy* lets an outside engine forgive letters by its own means; in the database, *terms* have the guesses.

    Raises:
        SearchUnavailable: the back end cannot be reached, or cannot search.
    """
    if not terms.required:
        return Ranking(items=(), is_complete=True)
    kind = database_kind()
    connection = connections[router.db_for_read(PublishedDocument)]
    matching = Matching(query, timezone.now(), connection)
    if kind is Kind.ENGINE:
        scores = engine_scores(
            terms, locale=query.locale, document_type=query.type, is_fuzzy=is_fuzzy
        )
        statement, arguments = _of_engine(scores, matching)
    elif kind is Kind.SQLITE:
        statement, arguments = _in_sqlite(terms, matching)
    else:
        statement, arguments = _in_postgresql(terms, matching)
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, arguments)
            rows = cursor.fetchall()
    except DatabaseError as error:
        raise SearchUnavailable("The database could not search.") from error
    if kind is Kind.ENGINE:
        rows = [(*row, 1, scores[row[0]]) for row in rows]
        return _ranking(rows, ENGINE_MAX, is_complete=len(scores) < ENGINE_MAX)
    return _ranking(rows, CANDIDATES_MAX)


def _ranking(
    rows: Sequence[tuple[Any, ...]], most: int, *, is_complete: bool = True
) -> Ranking:
    """Return the ranking of *rows*: `COLUMNS`, group (0 first) and score, higher is better."""
    groups = [[row for row in rows if row[-2] == group] for group in (0, 1)]
    items = [
        ranked
        for group, base in zip(groups, (TITLE_SCORE, 0.0), strict=True)
        for ranked in _scored(group, base)
    ]
    is_cut = any(len(group) >= most for group in groups)
    return Ranking(items=tuple(items[:most]), is_complete=is_complete and not is_cut)


def _scored(rows: Sequence[tuple[Any, ...]], base: float) -> list[Ranked]:
    ordered = sorted(rows, key=lambda row: (-row[-1], -row[0]))
    best = ordered[0][-1] if ordered else 0
    return [
        Ranked(
            page_id=page_id,
            type=kind,
            locale=locale,
            review_status=review_status,
            score=round(base + 0.5 * (score / best if best > 0 else 1.0), 4),
        )
        for page_id, kind, locale, review_status, _, score in ordered
    ]


def _in_sqlite(terms: Terms, matching: Matching) -> tuple[str, list[Any]]:
    titled = fts5_expression(terms, "title")
    others = f"({fts5_expression(terms, 'body')}) NOT ({titled})"
    tables = f"{SQLITE_JOIN} CROSS JOIN {DOCUMENTS.removeprefix('FROM ')} ON d.page_id = {SQLITE_PAGE}"
    joins = " ".join([tables, *matching.tables[1:]])
    conditions = " AND ".join([f"{FTS5} MATCH %s", *matching.conditions])
    group = f"""SELECT * FROM (
        SELECT {COLUMNS}, {{group}}, -bm25({FTS5}, 0.0, 1.0, 4.0) {joins}
        WHERE {conditions} ORDER BY {FTS5}.rowid DESC LIMIT {CANDIDATES_MAX}
    )"""  # noqa: S608 - names are the models' own
    statement = " UNION ALL ".join(group.format(group=number) for number in (0, 1))
    arguments = [
        argument
        for expression in (titled, others)
        for argument in (content_type_id(), *matching.joined, expression, *matching.arguments)
    ]  # fmt: skip
    return statement, arguments


def _in_postgresql(terms: Terms, matching: Matching) -> tuple[str, list[Any]]:
    wanted, asked = tsquery(terms)
    tables = f"FROM {ENTRIES} e JOIN {DOCUMENTS.removeprefix('FROM ')} ON d.page_id = {POSTGRESQL_PAGE}"
    joins = " ".join([tables, *matching.tables[1:], "CROSS JOIN wanted"])
    conditions = " AND ".join(["e.content_type_id = %s", *matching.conditions])
    groups = (
        (0, "ts_rank(e.title, wanted.query)", "e.title @@ wanted.query"),
        (1, "ts_rank(e.body, wanted.query)", "e.body @@ wanted.query AND NOT e.title @@ wanted.query"),
    )  # fmt: skip
    parts = " UNION ALL ".join(
        f"(SELECT {COLUMNS}, {number}, {rank} {joins} WHERE {match} AND {conditions} LIMIT {CANDIDATES_MAX})"
        for number, rank, match in groups
    )
    part = [content_type_id(), *matching.joined, content_type_id(), *matching.arguments]
    statement = f"WITH wanted AS MATERIALIZED (SELECT ({wanted}) AS query) {parts}"
    return statement, [*asked, *part, *part]


def _of_engine(scores: dict[int, float], matching: Matching) -> tuple[str, list[Any]]:
    """Return the statement that leaves of what an outside engine found what is public and passes the filters."""
    found = ids_condition(scores)
    conditions = " AND ".join([*matching.conditions, found.sql])
    statement = f"SELECT {COLUMNS} {' '.join(matching.tables)} WHERE {conditions}"
    return statement, [*matching.joined, *matching.arguments, *found.arguments]
