"""The query parameters of lists that are in one order only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..queries import PAGE_SIZE, KeysetQuery, PlaceQuery
from ..selectors.disclaimers import DISCLAIMERS_ORDER
from ..selectors.questions import QUESTIONS_ORDER
from ..selectors.redirects import REDIRECTS_ORDER
from ..selectors.routes import ROUTES_ORDER
from ..selectors.versions import VERSIONS_ORDER
from .grammar import (
    COUNT_PARAMETER,
    LOCALE_PARAMETER,
    PAGE_SIZE_PARAMETER,
    SITE_PARAMETER,
    cursor_fault,
    cursor_parameter,
    page_size_parameter,
    read_cursor,
    text_of,
)
from .query import (
    SPEAKING_PATTERN,
    Parameter,
    parse_query,
    read_text,
    text_schema,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT_MAX_LENGTH = 100
# An item is an address; whoever asks wants them all.
ROUTES_SIZE = 100
ROUTES_MAX = 1_000
CURSOR_PARAMETER = cursor_parameter("cursor", "`next` of the page before.")
QUESTION_PARAMETERS = (
    Parameter(
        name="q",
        description="Only questions that have this text, or whose answers have it, in any case.",
        schema=text_schema(TEXT_MAX_LENGTH, SPEAKING_PATTERN),
        read=read_text(TEXT_MAX_LENGTH, lambda text: bool(text.strip())),
    ),
    SITE_PARAMETER,
    LOCALE_PARAMETER,
    PAGE_SIZE_PARAMETER,
    CURSOR_PARAMETER,
)
ROUTE_PARAMETERS = (
    SITE_PARAMETER,
    LOCALE_PARAMETER,
    page_size_parameter(ROUTES_SIZE, ROUTES_MAX),
    CURSOR_PARAMETER,
)
REDIRECT_PARAMETERS = (SITE_PARAMETER, PAGE_SIZE_PARAMETER, CURSOR_PARAMETER)
DISCLAIMERS_PARAMETERS = (
    LOCALE_PARAMETER,
    PAGE_SIZE_PARAMETER,
    CURSOR_PARAMETER,
    COUNT_PARAMETER,
)
VERSION_PARAMETERS = (PAGE_SIZE_PARAMETER, CURSOR_PARAMETER)
SITE_PARAMETERS = (SITE_PARAMETER,)
NAVIGATION_PARAMETERS = (SITE_PARAMETER, LOCALE_PARAMETER)


def read_question_query(query_string: str) -> KeysetQuery:
    """Return the query of `faqs/entries/` that *query_string* makes."""
    return _read(query_string, QUESTION_PARAMETERS, QUESTIONS_ORDER)


def read_route_query(query_string: str) -> KeysetQuery:
    """Return the query of `routes/` that *query_string* makes."""
    return _read(query_string, ROUTE_PARAMETERS, ROUTES_ORDER, page_size=ROUTES_SIZE)


def read_redirect_query(query_string: str) -> KeysetQuery:
    """Return the query of `redirects/` that *query_string* makes."""
    return _read(query_string, REDIRECT_PARAMETERS, REDIRECTS_ORDER)


def read_disclaimers_query(query_string: str) -> KeysetQuery:
    """Return the query of `disclaimers/` that *query_string* makes."""
    return _read(query_string, DISCLAIMERS_PARAMETERS, DISCLAIMERS_ORDER, key=str)


def read_version_query(query_string: str) -> KeysetQuery:
    """Return the query of `versions/` that *query_string* makes."""
    return _read(query_string, VERSION_PARAMETERS, VERSIONS_ORDER)


def read_site_query(query_string: str) -> str | None:
    """Return the site that *query_string* names, or None."""
    return text_of(parse_query(query_string, SITE_PARAMETERS), "site")


def read_navigation_query(query_string: str) -> PlaceQuery:
    """Return the site and the language that *query_string* names."""
    given = parse_query(query_string, NAVIGATION_PARAMETERS)
    return PlaceQuery(site=text_of(given, "site"), locale=text_of(given, "locale"))


def _read(
    query_string: str,
    parameters: Sequence[Parameter],
    order: str,
    *,
    page_size: int = PAGE_SIZE,
    key: type[int | str] = int,
) -> KeysetQuery:
    given = parse_query(query_string, parameters)
    word = text_of(given, "cursor")
    cursor = None if word is None else read_cursor(word, order)
    if cursor is not None and not isinstance(cursor.key, key):
        raise cursor_fault()
    return KeysetQuery(
        page_size=int(str(given.get("page_size", page_size))),
        cursor=cursor,
        site=text_of(given, "site"),
        locale=text_of(given, "locale"),
        q=text_of(given, "q"),
        has_count="count" in given,
    )
