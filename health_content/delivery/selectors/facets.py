"""Facets: how many of some documents have each value."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db import connections, router

from ..facets import FacetKind
from ..models import DocumentFacet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...document_facts import Json, JsonObject
    from .ranking import Ranked

# What the database holds beside the document, by its name in queries and in answers.
STORED = tuple(kind.value for kind in FacetKind)
OWN = ("type", "locale", "review_status")
FACETS = (*OWN, *STORED)
VALUES_MAX = 50
TABLE = DocumentFacet._meta.db_table  # noqa: SLF001 - Django's documented name


def facet_counts(found: Sequence[Ranked]) -> JsonObject:
    """Return how many of *found* have each value, the most frequent first, `VALUES_MAX` at most. One query."""
    counts = {name: Counter(getattr(one, name) for one in found) for name in OWN}
    counts |= {name: Counter() for name in STORED}
    if found:
        # A thousand numbers of our own, written out: as parameters they cost more than the counting.
        ids = ",".join(str(int(one.page_id)) for one in found)
        kinds = ", ".join(["%s"] * len(STORED))
        with connections[router.db_for_read(DocumentFacet)].cursor() as cursor:
            cursor.execute(
                f"SELECT kind, value, COUNT(*) FROM {TABLE} "  # noqa: S608 - numbers, and the model's own name
                f"WHERE document_id IN ({ids}) AND kind IN ({kinds}) GROUP BY kind, value",
                STORED,
            )
            for kind, value, count in cursor.fetchall():
                counts[kind][value] = count
    return {name: _values(counts[name]) for name in FACETS}


def _values(counter: Counter[str]) -> list[Json]:
    ordered = sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"value": value, "count": count} for value, count in ordered[:VALUES_MAX]]
