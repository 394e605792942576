"""The query parameters of lists that are in one order only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..queries import PAGE_SIZE, KeysetQuery
from ..selectors.questions import QUESTIONS_ORDER
from .grammar import (
    LOCALE_PARAMETER,
    PAGE_SIZE_PARAMETER,
    SITE_PARAMETER,
    cursor_fault,
    cursor_parameter,
    read_cursor,
    text_of,
)
from .query import Parameter, parse_query, read_text

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT_MAX_LENGTH = 100
CURSOR_PARAMETER = cursor_parameter("cursor", "`next` of the page before.")
QUESTION_PARAMETERS = (
    Parameter(
        name="q",
        description="Only questions that have this text, or whose answers have it, in any case.",
        schema={"type": "string", "minLength": 1, "maxLength": TEXT_MAX_LENGTH},
        read=read_text(TEXT_MAX_LENGTH, lambda text: bool(text.strip())),
    ),
    SITE_PARAMETER,
    LOCALE_PARAMETER,
    PAGE_SIZE_PARAMETER,
    CURSOR_PARAMETER,
)


def read_question_query(query_string: str) -> KeysetQuery:
    """Return the query of `faqs/entries/` that *query_string* makes."""
    return _read(query_string, QUESTION_PARAMETERS, QUESTIONS_ORDER)


def _read(
    query_string: str, parameters: Sequence[Parameter], order: str
) -> KeysetQuery:
    given = parse_query(query_string, parameters)
    word = text_of(given, "cursor")
    cursor = None if word is None else read_cursor(word, order)
    if cursor is not None and not isinstance(cursor.key, int):
        raise cursor_fault()
    return KeysetQuery(
        page_size=int(str(given.get("page_size", PAGE_SIZE))),
        cursor=cursor,
        site=text_of(given, "site"),
        locale=text_of(given, "locale"),
        q=text_of(given, "q"),
    )
