"""Searching by an engine outside the database, through Wagtail's search: OpenSearch, Elasticsearch."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from wagtail.search.query import And, Fuzzy, Not, Or, Phrase, PlainText

from ..models import SearchEntry
from .backends import SearchUnavailable, search_backend

if TYPE_CHECKING:
    from .terms import Clause, Terms

# Wagtail reads them in pages of 100.
ENGINE_MAX = 500
# What the clients raise when their server is away, slow, or has no such index.
CLIENT_FAULTS = (
    ("opensearchpy.exceptions", "OpenSearchException"),
    ("elasticsearch", "ApiError"),
    ("elastic_transport", "TransportError"),
    ("elasticsearch.exceptions", "ElasticsearchException"),
)


def engine_scores(
    terms: Terms,
    *,
    locale: str | None = None,
    document_type: str | None = None,
    is_fuzzy: bool = False,
) -> dict[int, float]:
    """Return the scores of the pages that the engine finds, the best first; of these, some may not be public.

    Raises:
        SearchUnavailable: it did not answer.
    """
    filters = {"locale": locale, "type": document_type}
    entries = SearchEntry.objects.only("document_id").filter(
        **{name: value for name, value in filters.items() if value is not None}
    )
    try:
        results = search_backend().search(
            engine_query(terms, is_fuzzy=is_fuzzy), entries
        )
        found = list(results.annotate_score("score")[:ENGINE_MAX])
    except _faults() as error:
        raise SearchUnavailable("The search engine did not answer.") from error
    return {entry.document_id: entry.score or 0.0 for entry in found}


def engine_query(terms: Terms, *, is_fuzzy: bool = False) -> Any:
    """Return *terms* as a query of Wagtail's; *is_fuzzy* lets letters of single words be wrong."""
    parts = [_query(clause, is_fuzzy=is_fuzzy) for clause in terms.required]
    parts += [Not(_query(clause)) for clause in terms.excluded]
    return parts[0] if len(parts) == 1 else And(parts)


def _query(clause: Clause, *, is_fuzzy: bool = False) -> Any:
    kind = Phrase if clause.is_phrase else Fuzzy if is_fuzzy else PlainText
    queries = [kind(" ".join(terms)) for terms in clause.alternatives]
    return queries[0] if len(queries) == 1 else Or(queries)


@cache
def _faults() -> tuple[type[Exception], ...]:
    """Return the exceptions of those clients that are installed."""
    found: list[type[Exception]] = [OSError]
    for module, name in CLIENT_FAULTS:
        try:
            fault = getattr(import_module(module), name, None)
        except ImportError:
            continue
        if fault is not None:
            found.append(fault)
    return tuple(found)
