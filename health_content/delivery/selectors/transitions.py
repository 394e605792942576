"""When lists change by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Min
from wagtail.models import Revision

from ..models import PublishedDocument

if TYPE_CHECKING:
    from datetime import datetime


def next_transition(now: datetime) -> int | None:
    """Return the next time at which any document comes, goes or changes by schedule, in seconds since 1970.

    Two queries.
    """
    documents = PublishedDocument.objects.filter(next_transition__gt=now.timestamp())
    own = documents.aggregate(at=Min("next_transition"))["at"]
    revisions = Revision.objects.filter(approved_go_live_at__gt=now)
    go_live = revisions.aggregate(at=Min("approved_go_live_at"))["at"]
    known = [own, int(go_live.timestamp()) if go_live else None]
    return min((moment for moment in known if moment is not None), default=None)
