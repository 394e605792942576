"""Documents that are not what is on record: whoever published ended before the documents followed.

A publication is recorded in the transaction that publishes; its document, its change and its events follow the commit.
The record is what tells that they did not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from ...compat import page_model
from ...models import PublicationRecord
from ...selectors.addresses import AddressBook
from ...selectors.visibility import pages_shown
from ..models import Change, PublishedDocument

if TYPE_CHECKING:
    from collections.abc import Iterable


def documents_behind() -> list[int]:
    """Return the ids of the pages whose documents are behind the records, in order; of deleted pages, too.

    Those with a newer record than their document, public ones that have none, and those of which the change feed says
    that they have one. A constant number of queries.
    """
    return sorted({*_outdated(), *_missing(), *_untold()})


def _outdated() -> Iterable[int]:
    newer = PublicationRecord.objects.filter(
        page_id=OuterRef("page_id"), number__gt=OuterRef("version")
    )
    documents = PublishedDocument.objects.filter(Exists(newer)).order_by()
    return documents.values_list("page_id", flat=True)


def _missing() -> Iterable[int]:
    recorded = PublicationRecord.objects.filter(page_id=OuterRef("pk"))
    pages = page_model().objects.filter(Exists(recorded), published_document=None)
    book = AddressBook()
    return (page.pk for page in pages_shown(pages) if book.address(page) is not None)


def _untold() -> Iterable[int]:
    documents = PublishedDocument.objects.filter(page_id=OuterRef("page_id"))
    told = Change.objects.filter(~Exists(documents), is_removal=False).order_by()
    return told.values_list("page_id", flat=True)
