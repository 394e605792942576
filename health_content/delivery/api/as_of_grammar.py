"""The queries that name an instant of the past: of `as-of/`, and of a disclaimer's wording."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from ..queries import WordingQuery
from .filters import parameter_time
from .grammar import DISCLAIMER_PARAMETERS, text_of
from .problems import FieldError, invalid_request
from .query import parse_query

AS_OF_PARAMETERS = (
    replace(parameter_time("at", "The instant, not in the future."), is_required=True),
)


def read_as_of_query(query_string: str, now: datetime) -> datetime:
    """Return the instant that *query_string* names.

    Raises:
        Problem: 400, also for an instant after *now*.
    """
    return instant_past(parse_query(query_string, AS_OF_PARAMETERS)["at"], now)


def read_disclaimer_query(query_string: str, now: datetime) -> WordingQuery:
    """Return which wording *query_string* asks for.

    Raises:
        Problem: 400, also for an instant after *now*.
    """
    given = parse_query(query_string, DISCLAIMER_PARAMETERS)
    at = instant_past(given["at"], now) if "at" in given else None
    return WordingQuery(locale=text_of(given, "locale"), at=at)


def instant_past(at: object, now: datetime) -> datetime:
    """Return *at*, an instant that has come.

    Raises:
        Problem: 400 for every other.
    """
    if isinstance(at, datetime) and at <= now:
        return at
    fault = FieldError(
        location="query",
        pointer="#/at",
        code="invalid-value",
        detail="An instant that has come: nobody knows what will be public.",
    )
    raise invalid_request([fault])
