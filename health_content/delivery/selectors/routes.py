"""Where every public page lives."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils import timezone

from ...document import timestamp
from ...selectors.addresses import site_label
from ..cursors import Cursor
from ..encode import encode_json
from ..visibility import documents_public
from .keysets import KeysetPage
from .lists import site_condition
from .transitions import next_transition

if TYPE_CHECKING:
    from uuid import UUID

    from ...document_facts import Json, JsonObject
    from ..models import PublishedDocument
    from ..queries import KeysetQuery

ROUTES_ORDER = "route"
COLUMNS = ("page_id", "type", "locale", "path", "translation_key", "updated_at", "site__hostname", "site__port")  # fmt: skip


def route_list(query: KeysetQuery) -> KeysetPage:
    """Return the places that *query* asks for, in order of id. Four queries."""
    now = timezone.now()
    public = documents_public(now).select_related("site").only(*COLUMNS)
    documents = public.filter(page_id__gt=query.cursor.id if query.cursor else 0)
    if query.locale is not None:
        documents = documents.filter(locale=query.locale)
    if query.site is not None:
        documents = documents.filter(site_condition(query.site))
    rows = list(documents.order_by("page_id")[: query.page_size + 1])
    shown = rows[: query.page_size]
    alternates: dict[UUID, list[PublishedDocument]] = defaultdict(list)
    keys = {row.translation_key for row in shown}
    for other in public.filter(translation_key__in=keys).order_by("locale", "page_id"):
        alternates[other.translation_key].append(other)
    last = shown[-1].page_id if len(rows) > len(shown) else None
    return KeysetPage(
        items=tuple(
            encode_json(_route(row, alternates[row.translation_key])) for row in shown
        ),
        next=Cursor(order=ROUTES_ORDER, key=0, id=last) if last else None,
        next_transition=next_transition(now),
    )


def _route(row: PublishedDocument, group: list[PublishedDocument]) -> JsonObject:
    others: list[Json] = [_place(o) for o in group if o.page_id != row.page_id]
    return {
        "type": row.type,
        **_place(row),
        "lastmod": timestamp(row.updated_at),
        "alternates": others,
    }


def _place(row: PublishedDocument) -> JsonObject:
    return {
        "id": row.page_id,
        "site": site_label(row.site),
        "locale": row.locale,
        "path": row.path,
    }
