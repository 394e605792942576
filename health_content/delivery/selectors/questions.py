"""The questions of all public documents, one by one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from ..cursors import Cursor
from ..encode import encode_json
from ..models import FaqEntry
from ..questions import search_text
from ..read_model import faq_entries
from ..visibility import documents_public
from .current import current_content, documents_current
from .keysets import KeysetPage
from .lists import site_condition
from .transitions import next_transition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..queries import KeysetQuery
    from ..read_model import Built

QUESTIONS_ORDER = "question"
# What an entry says of its page.
QUESTION_PAGE_FIELDS = ("id", "type", "site", "locale", "title", "path", "url", "version")  # fmt: skip


def question_list(query: KeysetQuery) -> KeysetPage:
    """Return the questions that *query* asks for, in order of page and place.

    Three queries, and a constant number more when some are of documents past their time.
    """
    now = timezone.now()
    documents = documents_public(now)
    if query.locale is not None:
        documents = documents.filter(locale=query.locale)
    if query.site is not None:
        documents = documents.filter(site_condition(query.site))
    entries = FaqEntry.objects.filter(document__in=documents)
    if query.q is not None:
        entries = entries.filter(text__contains=search_text(query.q))
    if query.cursor is not None:
        page_id, position = query.cursor.id, int(query.cursor.key or 0)
        entries = entries.filter(
            Q(document_id__gt=page_id) | Q(document_id=page_id, position__gt=position)
        )
    rows = list(
        entries.order_by("document_id", "position").values_list(
            "document_id",
            "position",
            "content",
            "document__card",
            "document__next_transition",
        )[: query.page_size + 1]
    )
    shown = rows[: query.page_size]
    current = documents_current(((row[0], row[4]) for row in shown), now)
    cards = {row[0]: current_content(bytes(row[3]), row[0], current) for row in shown}
    tails = {pk: _tail(json.loads(card)) for pk, card in cards.items() if card}
    contents = {(row[0], row[1]): bytes(row[2]) for row in shown}
    contents |= _current_entries(current)
    last = shown[-1] if len(rows) > len(shown) else None
    return KeysetPage(
        items=tuple(
            contents[row[:2]][:-1] + tails[row[0]] for row in shown if row[0] in tails
        ),
        next=Cursor(order=QUESTIONS_ORDER, key=last[1], id=last[0]) if last else None,
        next_transition=int(now.timestamp()) if current else next_transition(now),
    )


def _current_entries(
    current: Mapping[int, Built | None],
) -> dict[tuple[int, int], bytes]:
    """Return the questions of the documents that were built now, by page and place: their number is what it was."""
    return {
        (page_id, entry.position): bytes(entry.content)
        for page_id, built in current.items()
        if built is not None
        for entry in faq_entries(page_id, built.document)
    }


def _tail(card: Mapping[str, object]) -> bytes:
    """Return the rest of an entry's JSON object: its page, and what must be shown with it."""
    page = {name: card[name] for name in QUESTION_PAGE_FIELDS}
    rest = {"page": page, "safety": card["safety"]}
    return b"," + encode_json(rest)[1:]  # type: ignore[arg-type]  # read from JSON
