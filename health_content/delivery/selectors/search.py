"""The search: hits, highlights, facets, and a guess when nothing was found. A constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone

from ..encode import encode_json
from ..search.backends import Kind
from ..search.highlights import find_fragments
from ..search.passages import decode_passages, find_passages
from ..search.terms import Terms, parse_terms
from ..search.words import fold
from ..visibility import documents_public
from .current import documents_current
from .facets import facet_counts
from .guesses import guess_terms
from .ranking import Ranking, rank_documents
from .text_match import database_kind, search_languages
from .transitions import next_transition

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...document_facts import JsonObject
    from ..queries import SearchQuery
    from ..search.highlights import Fragment
    from ..search.passages import Passage
    from .ranking import Ranked


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page of what was found."""

    items: tuple[bytes, ...] = ()
    """JSON of each hit."""
    next_offset: int | None = None
    total: int = 0
    is_exact: bool = True
    """There are no more than `total`."""
    facets: JsonObject = field(default_factory=dict)
    did_you_mean: str | None = None
    """What was found instead, when nothing has what was asked for."""
    next_transition: int | None = None


def search_documents(query: SearchQuery) -> Found:
    """Return the page of hits that *query* asks for.

    Raises:
        SearchUnavailable: the search back end cannot be reached, or cannot search.
    """
    now = timezone.now()
    languages = search_languages(query.filters.locale)
    terms = parse_terms(query.q, languages)
    ranking = rank_documents(terms, query.filters)
    guesses: Mapping[str, Sequence[str]] = {}
    if not ranking.items and terms.required:
        terms, guesses, ranking = _guess(terms, languages, query)
    end = query.offset + query.filters.page_size
    shown = ranking.items[query.offset : end]
    hits = _hits(shown, terms)
    return Found(
        items=tuple(hit.content for hit in hits),
        next_offset=end if end < len(ranking.items) else None,
        total=len(ranking.items),
        is_exact=ranking.is_complete,
        facets=facet_counts(ranking.items),
        did_you_mean=_suggestion(terms, guesses, hits),
        next_transition=int(now.timestamp())
        if any(hit.is_overdue for hit in hits)
        else next_transition(now),
    )


def _guess(
    terms: Terms, languages: Sequence[str], query: SearchQuery
) -> tuple[Terms, Mapping[str, Sequence[str]], Ranking]:
    guessed, guesses = guess_terms(terms, languages)
    if not guesses and database_kind() is not Kind.ENGINE:
        return terms, {}, Ranking(items=(), is_complete=True)
    ranking = rank_documents(guessed, query.filters, is_fuzzy=True)
    return guessed, guesses, ranking


@dataclass(frozen=True, slots=True)
class _Hit:
    content: bytes
    fragments: Sequence[Fragment]
    is_overdue: bool


def _hits(shown: Sequence[Ranked], terms: Terms) -> list[_Hit]:
    """Return the hits of *shown*, in their order; one that was hidden a moment ago is left out.

    One query, and a constant number more when some are of documents past their time.
    """
    if not shown:
        return []
    now = timezone.now()
    documents = documents_public(now).filter(
        pk__in=[ranked.page_id for ranked in shown], search_entry__isnull=False
    )
    columns = ("page_id", "next_transition", "card", "search_entry__passages")
    rows = list(documents.values_list(*columns))
    current = documents_current(((row[0], row[1]) for row in rows), now)
    known = {
        page_id: (bytes(card), decode_passages(bytes(passages)))
        for page_id, _at, card, passages in rows
        if page_id not in current
    } | {
        page_id: (bytes(built.row.card), find_passages(built.document))
        for page_id, built in current.items()
        if built is not None
    }
    return [
        _hit(r, *known[r.page_id], terms, is_overdue=r.page_id in current)
        for r in shown
        if r.page_id in known
    ]


def _hit(
    ranked: Ranked,
    card: bytes,
    passages: Sequence[Passage],
    terms: Terms,
    *,
    is_overdue: bool,
) -> _Hit:
    fragments = find_fragments(passages, terms, ranked.locale)
    head = encode_json(
        {"score": ranked.score, "highlights": [_fragment_json(f) for f in fragments]}
    )
    content = head[:-1] + b',"document":' + card + b"}"
    return _Hit(content, fragments, is_overdue)


def _fragment_json(fragment: Fragment) -> JsonObject:
    return {
        "field": fragment.passage.field,
        "block_id": fragment.passage.block_id,
        "section_id": fragment.passage.section_id,
        "parts": [{"text": p.text, "match": p.is_match} for p in fragment.parts],
    }


def _suggestion(
    terms: Terms, guesses: Mapping[str, Sequence[str]], hits: Sequence[_Hit]
) -> str | None:
    """Return the query as it was answered: each mistyped word as the nearest word that a shown hit has."""
    if not hits or not guesses:
        return None
    matched = {
        fold(part.text)
        for hit in hits
        for fragment in hit.fragments
        for part in fragment.parts
        if part.is_match
    }
    said = []
    for clause in terms.required:
        text = " ".join(clause.words)
        near = [text, *guesses.get(fold(text), ())]
        best = next((word for word in near if fold(word) in matched), text)
        said.append(f'"{text}"' if clause.is_phrase else best)
    return " ".join(said)
