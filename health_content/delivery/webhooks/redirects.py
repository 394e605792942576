"""Redirects as consumers know them: what differs from what was told is an event."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import transaction

from ..models import PublicRedirect
from ..selectors.redirects import (
    RedirectStatement,
    redirect_statements,
    redirects_to,
)
from .event_types import redirect_event
from .outbox import Event, event_record

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS = ["site_id", "path", "status", "location"]


def redirects_follow(page_ids: Iterable[int]) -> None:
    """Do what `redirects_tell` does for the redirects to the pages, whose documents changed. One query without any."""
    found = redirects_to(page_ids)
    if found:
        redirects_tell(found)


@transaction.atomic
def redirects_tell(redirect_ids: Iterable[int]) -> None:
    """Record an event for each of the redirects that is not what was told of it last.

    One that leads to something hidden does not exist for the public. One that goes to another site goes away from the
    first and comes to the second.
    """
    identifiers = list(redirect_ids)
    known = PublicRedirect.objects.select_for_update().order_by("pk")
    before = {row.pk: row for row in known.filter(pk__in=identifiers)}
    after = redirect_statements(identifiers)
    changed = [pk for pk in identifiers if _statement(before.get(pk)) != after.get(pk)]
    for pk in changed:
        _tell(pk, _statement(before.get(pk)), after.get(pk))
    PublicRedirect.objects.filter(
        pk__in=[pk for pk in changed if pk not in after]
    ).delete()
    PublicRedirect.objects.bulk_create(
        (
            PublicRedirect(redirect_id=pk, **asdict(after[pk]))
            for pk in changed
            if pk in after
        ),
        update_conflicts=True,
        unique_fields=["redirect_id"],
        update_fields=COLUMNS,
    )


def _statement(row: PublicRedirect | None) -> RedirectStatement | None:
    if row is None:
        return None
    return RedirectStatement(
        site_id=row.site_id, path=row.path, status=row.status, location=row.location
    )


def _tell(
    pk: int, before: RedirectStatement | None, after: RedirectStatement | None
) -> None:
    if before and after and before.site_id != after.site_id:
        _tell(pk, before, None)
        _tell(pk, None, after)
        return
    known = after or before
    event_record(
        Event(
            type=redirect_event(
                was_public=before is not None, is_public=after is not None
            ),
            subject=f"redirect-{pk}",
            site_id=known.site_id if known else None,
            facts={"redirect": pk},
        )
    )
