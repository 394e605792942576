"""Whether what was recorded is still what is there: each row continues the one before it, and none is missing at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..models import ChainHead, DisclaimerVersion, PublicationRecord
from .chain_heads import head_of_record, head_of_version
from .disclaimers import version_hash, wording_sha
from .publication import record_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db.models import QuerySet

# Documents are large; so many are in memory at once.
CHUNK = 100
CHANGED = "changed"
"""The row was changed, or one before it is missing."""
CUT_OFF = "cut_off"
"""Rows up to this number were recorded, and the last ones are gone."""
NO_HEAD = "no_head"
"""What is kept of the chain's length is gone."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where a chain is not what was recorded."""

    chain: str
    """`page 3`, or `disclaimer general (en)`."""
    number: int
    kind: str = CHANGED


@dataclass
class Tally:
    """How far a verification came."""

    rows: int = 0
    chains: int = 0


def chains_faults(tally: Tally) -> Iterator[Fault]:
    """Yield every fault of every chain; count what was looked at in *tally*. Three queries; memory for one head a chain."""
    heads = {head.chain: head for head in ChainHead.objects.all()}
    records = PublicationRecord.objects.order_by("page_id", "number")
    yield from _faults(records, head_of_record, _is_record_whole, heads, tally)
    versions = DisclaimerVersion.objects.order_by("chain", "number", "pk")
    yield from _faults(versions, head_of_version, _is_version_whole, heads, tally)
    # Nothing at all is left of these.
    for head in heads.values():
        yield Fault(head.label, head.count, CUT_OFF)


def _faults(
    rows: QuerySet[Any],
    head_of: Callable[[Any], ChainHead],
    is_whole: Callable[[Any], bool],
    heads: dict[str, ChainHead],
    tally: Tally,
) -> Iterator[Fault]:
    """Yield the faults of *rows*, and take what was met from *heads*."""
    last: ChainHead | None = None
    for row in rows.iterator(chunk_size=CHUNK):
        here = head_of(row)
        if last is None or here.chain != last.chain:
            yield from _end_faults(last, heads)
            last = None
            tally.chains += 1
        tally.rows += 1
        number, previous = (last.count, last.hash) if last else (0, "")
        is_next = row.number == number + 1 and row.prev_hash == previous
        if not is_next or not is_whole(row):
            yield Fault(here.label, row.number)
        last = here
    yield from _end_faults(last, heads)


def _end_faults(last: ChainHead | None, heads: dict[str, ChainHead]) -> Iterator[Fault]:
    """Yield a fault when the chain that ends with *last* is said to go on, or nobody said where it ends."""
    if last is None:
        return
    head = heads.pop(last.chain, None)
    if head is None:
        yield Fault(last.label, last.count, NO_HEAD)
    elif (head.count, head.hash) != (last.count, last.hash):
        yield Fault(last.label, head.count, CUT_OFF)


def _is_record_whole(record: PublicationRecord) -> bool:
    return record.hash == record_hash(record)


def _is_version_whole(version: DisclaimerVersion) -> bool:
    # Without `body` for what was recorded before that was kept.
    is_said = not version.body or version.text_sha == wording_sha(
        version.title, version.body
    )
    return is_said and version.hash == version_hash(version)
