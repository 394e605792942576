"""Whether what was recorded is still what is there: every record and every wording continues the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..models import DisclaimerVersion, PublicationRecord
from .disclaimers import version_hash
from .publication import record_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.models import QuerySet

# Documents are large; so many are in memory at once.
CHUNK = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that does not continue its chain: it was changed, or one before it is missing."""

    chain: str
    """`page 3`, or `disclaimer general (en)`."""
    number: int


@dataclass
class Tally:
    """How far a verification came."""

    rows: int = 0
    chains: int = 0


def chains_faults(tally: Tally) -> Iterator[Fault]:
    """Yield every fault of every chain; count what was looked at in *tally*. Constant memory, two queries."""
    records = PublicationRecord.objects.order_by("page_id", "number")
    yield from _faults(records, _page_chain, record_hash, tally)
    versions = DisclaimerVersion.objects.order_by("key", "locale", "number", "pk")
    yield from _faults(versions, _disclaimer_chain, version_hash, tally)


def _faults(
    rows: QuerySet[Any],
    chain_of: Callable[[Any], str],
    hash_of: Callable[[Any], str],
    tally: Tally,
) -> Iterator[Fault]:
    chain, number, previous = "", 0, ""
    for row in rows.iterator(chunk_size=CHUNK):
        if chain_of(row) != chain:
            chain, number, previous = chain_of(row), 0, ""
            tally.chains += 1
        tally.rows += 1
        number += 1
        is_next = row.number == number and row.prev_hash == previous
        if not is_next or row.hash != hash_of(row):
            yield Fault(chain, row.number)
        number, previous = row.number, row.hash


def _page_chain(record: PublicationRecord) -> str:
    return f"page {record.page_id}"


def _disclaimer_chain(version: DisclaimerVersion) -> str:
    return f"disclaimer {version.key} ({version.locale})"
