"""Keeps how far each chain of records goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..models import ChainHead

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..models import DisclaimerVersion, PublicationRecord


def heads_advance(heads: Iterable[ChainHead]) -> None:
    """Write *heads*, the newest of each chain last, in the caller's transaction. One query."""
    newest = {head.chain: head for head in heads}
    ChainHead.objects.bulk_create(
        newest.values(),
        update_conflicts=True,
        unique_fields=["chain"],
        update_fields=["label", "count", "hash"],
    )


def head_of_record(record: PublicationRecord) -> ChainHead:
    """Return the head of a page's chain when *record* is its newest row, not saved."""
    return ChainHead(
        chain=f"page-{record.page_id}",
        label=f"page {record.page_id}",
        count=record.number,
        hash=record.hash,
    )


def head_of_version(version: DisclaimerVersion) -> ChainHead:
    """Return the head of a disclaimer's chain when *version* is its newest row, not saved."""
    return ChainHead(
        chain=f"disclaimer-{version.chain}",
        label=f"disclaimer {version.key} ({version.locale})",
        count=version.number,
        hash=version.hash,
    )
