"""The query of `as-of/`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from .filters import parameter_time
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
    at = parse_query(query_string, AS_OF_PARAMETERS)["at"]
    if isinstance(at, datetime) and at <= now:
        return at
    fault = FieldError(
        location="query",
        pointer="#/at",
        code="invalid-value",
        detail="An instant that has come: nobody knows what will be public.",
    )
    raise invalid_request([fault])
