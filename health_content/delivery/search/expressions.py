"""Terms to the query languages of SQLite's FTS5 and of PostgreSQL.

Terms hold letters, digits and marks only, and each is quoted all the same: nothing that was typed is syntax.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .terms import Clause, Terms


def fts5_expression(terms: Terms, column: str) -> str:
    """Return the FTS5 expression for what has all that is required in *column*, and nothing excluded anywhere."""
    required = " AND ".join(_fts5_clause(clause) for clause in terms.required)
    expression = f"({{{column}}} : ({required}))"
    for clause in terms.excluded:
        expression = f"{expression} NOT {_fts5_clause(clause)}"
    return expression


def tsquery_expression(clauses: Sequence[Clause], *, operator: str = "&") -> str:
    """Return the text of a `to_tsquery` for all of *clauses*, or for any with the operator `|`."""
    return f" {operator} ".join(_tsquery_clause(clause) for clause in clauses)


def _fts5_clause(clause: Clause) -> str:
    phrases = (_quoted(" ".join(terms), '"') for terms in clause.alternatives)
    return f"({' OR '.join(phrases)})"


def _tsquery_clause(clause: Clause) -> str:
    phrases = (
        " <-> ".join(_quoted(term, "'") for term in terms)
        for terms in clause.alternatives
    )
    return f"({' | '.join(f'({phrase})' for phrase in phrases)})"


def _quoted(text: str, mark: str) -> str:
    return f"{mark}{text.replace(mark, mark * 2)}{mark}"
