"""Conditions of SQL for what a reader looks for, over Wagtail's own index tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from wagtail.coreutils import get_content_languages
from wagtail.search.models import IndexEntry

from ..models import SearchEntry
from ..search.backends import (
    Kind,
    SearchUnavailable,
    backend_kind,
    search_backend,
)
from ..search.engine import engine_scores
from ..search.expressions import fts5_expression, tsquery_expression
from ..search.terms import parse_terms

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from ..search.terms import Terms

ENTRIES = IndexEntry._meta.db_table  # noqa: SLF001 - Django's documented name
# A virtual table of FTS5, with the columns autocomplete, body and title; its rows are the entries'.
FTS5 = f"{ENTRIES}_fts"
# What joins an entry with its document, the alias `d`. Ids of other models need not be numbers, so they are not read.
SQLITE_JOIN = f"FROM {FTS5} CROSS JOIN {ENTRIES} e ON e.id = {FTS5}.rowid AND e.content_type_id = %s"
SQLITE_PAGE = "CAST(e.object_id AS INTEGER)"
POSTGRESQL_PAGE = "CASE WHEN e.content_type_id = %s THEN e.object_id::bigint END"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A condition on the document `d`, and its arguments."""

    sql: str
    arguments: tuple[Any, ...]


def database_kind() -> Kind:
    """Return how the site's search back end is asked.

    Raises:
        SearchUnavailable: it cannot search documents.
    """
    kind = backend_kind(search_backend())
    if kind is Kind.SUBSTRINGS:
        raise SearchUnavailable("SQLite has no FTS5 here; there is no full-text index.")
    return kind


def search_languages(locale: str | None) -> list[str]:
    """Return the languages that a query may be in: the one that is asked for, or all of the site's."""
    return [locale] if locale else list(get_content_languages())


def text_condition(q: str, *, locale: str | None) -> Condition:
    """Return the condition that a document has what *q* asks for.

    Raises:
        SearchUnavailable: the search back end cannot be reached, or cannot search.
    """
    terms = parse_terms(q, search_languages(locale))
    if not terms.required:
        return Condition(sql="1 = 0", arguments=())
    match database_kind():
        case Kind.SQLITE:
            return Condition(
                sql=f"d.page_id IN (SELECT {SQLITE_PAGE} {SQLITE_JOIN} WHERE {FTS5} MATCH %s)",
                arguments=(content_type_id(), fts5_expression(terms, "body")),
            )
        case Kind.POSTGRESQL:
            wanted, asked = tsquery(terms)
            return Condition(
                sql=(
                    f"d.page_id IN (SELECT {POSTGRESQL_PAGE} FROM {ENTRIES} e "  # noqa: S608 - names are the models' own
                    f"WHERE e.content_type_id = %s AND e.body @@ {wanted})"
                ),
                arguments=(content_type_id(), content_type_id(), *asked),
            )
        case _:
            return ids_condition(engine_scores(terms, locale=locale))


def ids_condition(page_ids: Collection[int]) -> Condition:
    """Return the condition that a document is one of *page_ids*."""
    if not page_ids:
        return Condition(sql="1 = 0", arguments=())
    marks = ", ".join(["%s"] * len(page_ids))
    return Condition(sql=f"d.page_id IN ({marks})", arguments=tuple(page_ids))


def tsquery(terms: Terms) -> tuple[str, tuple[str, ...]]:
    """Return the SQL of a `tsquery` for *terms*, in the configuration that the index is made with."""
    required = tsquery_expression(terms.required)
    excluded = tsquery_expression(terms.excluded, operator="|")
    text = f"({required}) & !({excluded})" if excluded else required
    config = search_backend().config
    if config:
        return "to_tsquery(%s::regconfig, %s)", (config, text)
    return "to_tsquery(%s)", (text,)


@cache
def content_type_id() -> int:
    """Return the id by which the index knows entries."""
    pk: int = ContentType.objects.get_for_model(SearchEntry).pk
    return pk
