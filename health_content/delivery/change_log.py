"""Writer of the change feed. Called in the transaction that writes the read model, as its last step."""

from __future__ import annotations

import uuid
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone

from .models import Change, ChangeCounter
from .webhooks.outbox import changes_tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def changes_record(
    *, upserts: Mapping[int, bool] = MappingProxyType({}), removals: Iterable[int] = ()
) -> None:
    """Note what became of pages' documents: written, with whether the bytes are new ones, or not public.

    Says nothing of what the feed says already: a document written as it was, or one gone that never was there.
    """
    gone = list(removals)
    known = dict(
        Change.objects.filter(page_id__in=[*upserts, *gone]).values_list(
            "page_id", "is_removal"
        )
    )
    _append(
        {pk: False for pk, is_new in upserts.items() if is_new or known.get(pk, True)}
        | {pk: True for pk in gone if known.get(pk) is False}
    )


def removal_record(page_id: int) -> int:
    """Note that the page is not public, for a reason that is news also to those who know: return the change's number."""
    return _append({page_id: True})


def _append(removals: Mapping[int, bool]) -> int:
    """Append a change for each page, with whether it is a removal; return the first one's number, 0 without any."""
    if not removals:
        return 0
    first, now = _take_numbers(len(removals)), timezone.now()
    Change.objects.bulk_create(
        (
            Change(
                page_id=page_id,
                number=number,
                # A page keeps the id that it got first.
                entry_id=uuid.uuid4(),
                is_removal=is_removal,
                changed_at=now,
            )
            for number, (page_id, is_removal) in enumerate(removals.items(), first)
        ),
        update_conflicts=True,
        unique_fields=["page_id"],
        update_fields=["number", "is_removal", "changed_at"],
    )
    changes_tell(first + len(removals) - 1)
    return first


def _take_numbers(count: int) -> int:
    """Return the first of the next *count* numbers.

    The counter's row stays locked until the transaction ends, so that none is seen too early.
    """
    counter = ChangeCounter.objects.filter(pk=ChangeCounter.SINGLE)
    if not counter.update(value=F("value") + count):
        ChangeCounter.objects.bulk_create(
            [ChangeCounter(pk=ChangeCounter.SINGLE)], ignore_conflicts=True
        )
        counter.update(value=F("value") + count)
    newest: int = counter.values_list("value", flat=True).get()
    return newest - count + 1
