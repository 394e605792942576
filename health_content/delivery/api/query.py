"""Query strings by a declared grammar: what is not declared, or comes twice, is an error.

One canonical reading of each URL keeps caches whole. The grammar is also what the OpenAPI document shows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import parse_qsl, quote, urlencode

from .problems import FieldError, Problem, invalid_request

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ...document_facts import JsonObject

# More than any client of ours needs, less than servers accept.
MAX_QUERY_LENGTH = 4_096
MAX_PARAMETERS = 30
MAX_INTEGER = 2**63 - 1
# What every text is, of queries and of bodies, and what one is that says something. Python's white space is more than
# that of the patterns in JSON schemas (ECMA 262).
READABLE_PATTERN = r"^[^\u0000]*$"
SPEAKING = r"[^\u0000]*[^\s\u0000\u001c-\u001f\u0085][^\u0000]*"
SPEAKING_FORM = "A text that is not blank."
SPEAKING_PATTERN = f"^{SPEAKING}$"
# The same without control characters and line breaks.
ONE_LINE = r"[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*[^\s\u0000-\u001f\u007f-\u009f][^\u0000-\u001f\u007f-\u009f\u2028\u2029]*"

MAX_TIME_LENGTH = 35
# RFC 3339, section 5.6, or its `full-date` alone.
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"([Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2}))?"
)

Value: TypeAlias = "str | int | datetime | tuple[str, ...]"


class ValueInvalidError(ValueError):
    """A parameter's text is not a value of its kind; the message says what is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One query parameter: how it is read, and how it is documented."""

    name: str
    description: str
    schema: JsonObject
    read: Callable[[str], Value]
    is_required: bool = False
    spell: Callable[[str], str] | None = None
    """Makes one spelling of several that mean the same."""


def parse_query(query_string: str, parameters: Sequence[Parameter]) -> dict[str, Value]:
    """Return the values of *query_string* (as WSGI gives it: bytes in Latin-1) by name; absent ones are absent.

    Raises:
        Problem: 400, which lists every fault found.
    """
    known = {parameter.name: parameter for parameter in parameters}
    values: dict[str, Value] = {}
    errors: list[FieldError] = []
    seen: set[str] = set()
    for name, text in _pairs(query_string):
        if name not in known:
            errors.append(
                _error(name, "unknown-parameter", "This parameter is unknown here.")
            )
        elif name in seen:
            errors.append(
                _error(name, "repeated-parameter", "Give this parameter once.")
            )
        else:
            seen.add(name)
            try:
                values[name] = known[name].read(text)
            except ValueInvalidError as fault:
                errors.append(_error(name, "invalid-value", str(fault)))
    errors += [
        _error(p.name, "missing-parameter", "This parameter is required.")
        for p in parameters
        if p.is_required and p.name not in seen
    ]
    if errors:
        raise invalid_request(errors)
    return values


def canonical_query(query_string: str, parameters: Sequence[Parameter]) -> str:
    """Return the one way to write *query_string*, which is valid: declared order, no defaults, names sorted, times in UTC.

    Equal canonical queries get equal bytes.
    """
    values = parse_query(query_string, parameters)
    pairs = [
        (parameter.name, _written(parameter, values[parameter.name]))
        for parameter in parameters
        if parameter.name in values
        and values[parameter.name] != parameter.schema.get("default")
    ]
    return urlencode(pairs, safe="/:,", quote_via=quote)


def query_names(query_string: str) -> frozenset[str]:
    """Return the names of the parameters, as they are read; none of a query that cannot be."""
    try:
        return frozenset(name for name, _ in _pairs(query_string))
    except Problem:
        return frozenset()


def _written(parameter: Parameter, value: Value) -> str:
    match value:
        case tuple():
            return ",".join(sorted(value))
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case str() if parameter.spell is not None:
            return parameter.spell(value)
        case _:
            return str(value)


def _pairs(query_string: str) -> list[tuple[str, str]]:
    if not query_string:
        return []
    if len(query_string) > MAX_QUERY_LENGTH:
        raise _fault("too-long", f"The query is longer than {MAX_QUERY_LENGTH} bytes.")
    try:
        if not query_string.isascii():  # Bytes that the client should have escaped.
            query_string = query_string.encode("latin-1").decode()
        pairs = parse_qsl(
            query_string,
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MAX_PARAMETERS,
        )
    except UnicodeError as error:
        raise _fault("invalid-encoding", "The query is not UTF-8.") from error
    except ValueError as error:
        raise _fault("too-long", f"More than {MAX_PARAMETERS} parameters.") from error
    if any("\x00" in text for pair in pairs for text in pair):
        raise _fault("invalid-encoding", "The query has a NUL.")
    return pairs


def _fault(code: str, detail: str) -> Problem:
    return invalid_request(
        [FieldError(location="query", pointer="#", code=code, detail=detail)]
    )


def _error(name: str, code: str, detail: str) -> FieldError:
    # RFC 6901, sections 3 and 6. A pointer is no place for a stranger's novel.
    escaped = quote(name[:64].replace("~", "~0").replace("/", "~1"), safe="~")
    return FieldError(
        location="query", pointer=f"#/{escaped}", code=code, detail=detail
    )


# Readers.


def read_integer(minimum: int, maximum: int = MAX_INTEGER) -> Callable[[str], int]:
    """Return a reader of decimal integers from *minimum* to *maximum*."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) < 20):
            raise ValueInvalidError(f"A whole number from {minimum} to {maximum}.")
        value = int(text)
        if not minimum <= value <= maximum:
            raise ValueInvalidError(f"A whole number from {minimum} to {maximum}.")
        return value

    return read


def read_choice(choices: Sequence[str]) -> Callable[[str], str]:
    """Return a reader of one of *choices*."""

    def read(text: str) -> str:
        if text not in choices:
            raise ValueInvalidError(f"One of {', '.join(choices)}.")
        return text

    return read


def read_choices(choices: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """Return a reader of some of *choices*, separated by commas, each at most once."""

    def read(text: str) -> tuple[str, ...]:
        names = tuple(text.split(","))
        if len(set(names)) != len(names) or not set(names) <= set(choices):
            raise ValueInvalidError(
                f"Some of {', '.join(choices)}, separated by commas."
            )
        return names

    return read


def read_text(max_length: int, allowed: Callable[[str], bool]) -> Callable[[str], str]:
    """Return a reader of texts that *allowed* admits."""

    def read(text: str) -> str:
        if not 0 < len(text) <= max_length or not allowed(text):
            raise ValueInvalidError(
                f"A text of at most {max_length} characters of its kind."
            )
        return text

    return read


def text_schema(max_length: int, pattern: str = READABLE_PATTERN) -> JsonObject:
    """Return the JSON schema of texts that say something, of at most *max_length* characters."""
    return {
        "type": "string",
        "minLength": 1,
        "maxLength": max_length,
        "pattern": pattern,
    }


def read_time(text: str) -> datetime:
    """Return the aware time of *text*, an RFC 3339 time or a date, which begins at midnight UTC."""
    # Python reads much of ISO 8601 besides: weeks, blanks, times without seconds.
    is_time = len(text) <= MAX_TIME_LENGTH and _TIME.fullmatch(text)
    try:
        moment = datetime.fromisoformat(text.upper() if is_time else "")
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise ValueInvalidError(
            "An RFC 3339 time with an offset, such as 2026-01-31T12:00:00Z, or a date."
        ) from error
