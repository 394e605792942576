"""What lists of documents are filtered by, besides where pages are: subjects, reviews, and ranges."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from ...health_aspects import HEALTH_ASPECTS
from ..queries import Bound
from ..selectors.lists import RANGES, TIMES
from .query import (
    MAX_INTEGER,
    Parameter,
    Value,
    read_choice,
    read_integer,
    read_text,
    read_time,
    text_schema,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...document_facts import JsonObject

REVIEW_STATUSES = ("current", "due", "overdue", "none")
# Letters, digits, `-` and `_`, and all that is not ASCII: `\w` in a JSON schema would be ASCII only, in Python it is not.
SLUG = re.compile(r"[^\u0000-,./:-@\[-^`{-\u007f]+")
SLUG_SCHEMA = text_schema(255, f"^{SLUG.pattern}$")
read_slug = read_text(255, lambda text: SLUG.fullmatch(text) is not None)
ID_SCHEMA: JsonObject = {"type": "integer", "minimum": 1, "maximum": MAX_INTEGER}


def parameter_time(name: str, description: str) -> Parameter:
    """Return a parameter that is a time."""
    return Parameter(
        name=name,
        description=f"{description} An RFC 3339 time, or a date, which begins at midnight UTC.",
        schema={"type": "string", "format": "date-time"},
        read=read_time,
    )


def _range_parameters() -> tuple[Parameter, ...]:
    """Return both ends of every range."""
    parameters: list[Parameter] = []
    for name in RANGES:
        for end, words in (("gte", "At least this"), ("lte", "At most this")):
            parameters.append(
                parameter_time(f"{name}_{end}", f"{words} `{name}`.")
                if name in TIMES
                else Parameter(
                    name=f"{name}_{end}",
                    description=f"{words} `{name}`.",
                    schema=dict(ID_SCHEMA),
                    read=read_integer(1),
                )
            )
    return tuple(parameters)


FILTER_PARAMETERS = (
    Parameter(
        name="topic",
        description="Only pages about the topic with this slug, or about one below it.",
        schema=dict(SLUG_SCHEMA),
        read=read_slug,
    ),
    Parameter(
        name="health_aspect",
        description="Only pages with a section about this aspect of health.",
        schema={"type": "string", "enum": list(HEALTH_ASPECTS)},
        read=read_choice(HEALTH_ASPECTS),
    ),
    Parameter(
        name="review_status",
        description="Only pages whose medical review is in this state.",
        schema={"type": "string", "enum": list(REVIEW_STATUSES)},
        read=read_choice(REVIEW_STATUSES),
    ),
    parameter_time(
        "reviewed_before",
        "Only pages that were reviewed, the last time before this. `review_status=none` finds those that never were.",
    ),
    *_range_parameters(),
)


def take_bounds(given: dict[str, Value]) -> Iterator[Bound]:
    """Take the ends of ranges out of *given*."""
    for name in RANGES:
        for end in ("gte", "lte"):
            value = given.pop(f"{name}_{end}", None)
            if isinstance(value, int | datetime):
                yield Bound(field=name, is_lower=end == "gte", value=value)
