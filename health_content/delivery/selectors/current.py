"""Documents past their time: what a schedule should have changed, and nothing has yet noticed.

A stored document knows when it changes by itself (`next_transition`): something that it names expires, or it is due for
review. Until a rebuild has stored it anew, it is built for each request, as that rebuild will store it: a GET writes
nothing, and stale bytes may name what is no longer public.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.http import http_date

from ...actors import System
from ...models import PublicationReason
from ...services.publication import publication_due
from ..read_model import document_build, replies_json
from .candidates import candidates_public

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from ..read_model import Built

READER = System("read")


def is_overdue(next_transition: int | None, now: datetime) -> bool:
    """Return whether bytes that were to change at *next_transition* are past their time."""
    return next_transition is not None and next_transition <= now.timestamp()


def documents_current(
    stored: Iterable[tuple[int, int | None]], now: datetime
) -> Mapping[int, Built | None]:
    """Return those of the *stored* documents that are past their time as they are now, by page; None: no longer public.

    *stored* are page ids and transitions. No query when none is past its time; else a number that does not grow with
    them.
    """
    overdue = {pk: at for pk, at in stored if at is not None and is_overdue(at, now)}
    if not overdue:
        return {}
    found: dict[int, Built | None] = dict.fromkeys(overdue)
    candidates = candidates_public(list(overdue))
    replies = replies_json([candidate.facts for candidate in candidates])
    for candidate in candidates:
        page_id = candidate.facts.id
        publication = publication_due(
            candidate, actor=READER, reason=PublicationReason.DEPENDENCY
        )
        built = document_build(
            publication, replies=replies.get(page_id), next_transition=overdue[page_id]
        )
        built.row.last_modified = http_date(overdue[page_id])
        found[page_id] = built
    return found


def current_content(
    stored: bytes,
    page_id: int,
    current: Mapping[int, Built | None],
    fields: Sequence[str] = (),
) -> bytes | None:
    """Return the card of the page, or with *fields* its document: as *stored*, or as it is now. None when it is gone."""
    if page_id not in current:
        return bytes(stored)
    built = current[page_id]
    if built is None:
        return None
    return built.content if fields else bytes(built.row.card)
