"""What the documents of pages would state if they were built now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...abstract import DocumentMixin
from ...compat import page_model
from ...models import PublicationReason
from ...selectors import pages_facts, surroundings_now
from ...services.publication import Candidate, publications_newest
from ..visibility import page_is_public

if TYPE_CHECKING:
    from collections.abc import Collection


def candidates_public(page_ids: Collection[int]) -> list[Candidate]:
    """Return those of the pages that are public, with their facts and newest records; in the order of their ids.

    The number of queries does not grow with the pages.
    """
    newest = publications_newest(page_ids)
    on_record = [
        page_id
        for page_id, record in newest.items()
        if record.reason != PublicationReason.UNPUBLISH
    ]
    if not on_record:
        return []
    pages = page_model().objects.filter(pk__in=on_record, live=True).order_by("pk")
    surroundings = surroundings_now()
    public = [
        page
        for page in pages.specific()
        if isinstance(page, DocumentMixin) and page_is_public(page, surroundings)
    ]
    gathered = pages_facts(public, surroundings)
    return [
        Candidate(page=page, facts=facts, newest=newest[facts.id])
        for page, facts in zip(public, gathered, strict=True)
    ]
