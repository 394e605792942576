"""Writer of the change feed. Called in the transaction that writes the read model, as its last step."""

from __future__ import annotations

import uuid

from django.db.models import F
from django.utils import timezone

from .models import Change, ChangeCounter


def change_upsert(page_id: int, *, is_changed: bool) -> None:
    """Note that the page's document was written. *is_changed* tells whether its bytes are new ones."""
    known = Change.objects.filter(page_id=page_id, is_removal=False)
    if is_changed or not known.exists():
        _append(page_id, is_removal=False)


def change_removal(page_id: int) -> None:
    """Note that the page has no public document, if the feed says it has one."""
    if Change.objects.filter(page_id=page_id, is_removal=False).exists():
        _append(page_id, is_removal=True)


def _append(page_id: int, *, is_removal: bool) -> None:
    change = {
        "number": _next_number(),
        "is_removal": is_removal,
        "changed_at": timezone.now(),
    }
    if not Change.objects.filter(page_id=page_id).update(**change):
        Change.objects.create(page_id=page_id, entry_id=uuid.uuid4(), **change)


def _next_number() -> int:
    """Return the next number. The counter's row stays locked until the transaction ends, so none is seen too early."""
    counter = ChangeCounter.objects.filter(pk=ChangeCounter.SINGLE)
    if not counter.update(value=F("value") + 1):
        ChangeCounter.objects.bulk_create(
            [ChangeCounter(pk=ChangeCounter.SINGLE)], ignore_conflicts=True
        )
        counter.update(value=F("value") + 1)
    value: int = counter.values_list("value", flat=True).get()
    return value
