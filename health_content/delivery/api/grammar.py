"""The query parameters of every endpoint, declared once: parsed by `query`, shown by the OpenAPI document."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote

from wagtail.coreutils import get_content_languages

from ..cursors import CHANGES_ORDER, Cursor, CursorInvalidError, decode_cursor
from ..cursors import MAX_LENGTH as CURSOR_MAX_LENGTH
from ..encode import NOT_ON_CARD
from ..hosts import LABEL, parse_host
from ..queries import (
    DEFAULT_ORDER,
    PAGE_SIZE,
    ChangesQuery,
    DetailQuery,
    FeedQuery,
    ListQuery,
    ResolveQuery,
)
from .document_fields import DOCUMENT_FIELDS, PERMANENT_FIELDS
from .filters import (
    FILTER_PARAMETERS,
    ID_SCHEMA,
    SLUG_SCHEMA,
    parameter_time,
    read_slug,
    take_bounds,
)
from .includes import INCLUDES, LIST_INCLUDES, include_parameter, navigation_keys
from .problems import FieldError, Problem, invalid_request
from .query import (
    Parameter,
    Value,
    parse_query,
    read_choice,
    read_choices,
    read_integer,
    read_text,
    text_schema,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


DOCUMENT_TYPES = ("article", "faq", "index")
PAGE_SIZE_MAX = 100
ORDERS = tuple(
    sign + name
    for name in (
        "last_published_at",
        "first_published_at",
        "updated_at",
        "last_reviewed",
        "next_review",
        "title",
        "id",
    )
    for sign in ("", "-")
)
LOCALE = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")


def closed_path(path: str) -> str:
    """Return *path* as documents name it: with its closing slash, composed characters and no escapes but those that it needs.

    A query is left as it is: a redirect may begin at a path with one. A fragment is the browser's own.
    """
    bare, mark, query = path.partition("#")[0].partition("?")
    plain = unicodedata.normalize("NFC", unquote(bare)).rstrip("/")
    for escaped in "%?#":
        plain = plain.replace(escaped, f"%{ord(escaped):02X}")
    return f"{plain}/{mark}{query}"


def read_language(text: str) -> str:
    """Return the language code, as this site spells it: tags say the same in upper and lower case (RFC 5646, section 2.1.1)."""
    tag: str = _read_tag(text).lower()
    return next((code for code in get_content_languages() if code.lower() == tag), tag)


_read_tag = read_text(35, lambda text: LOCALE.fullmatch(text) is not None)


def _parameter_choices(
    name: str, description: str, choices: Sequence[str]
) -> Parameter:
    return Parameter(
        name=name,
        description=description,
        schema={
            "type": "array",
            "items": {"type": "string", "enum": list(choices)},
            "uniqueItems": True,
            "minItems": 1,
        },
        read=read_choices(choices),
    )


SITE_PARAMETER = Parameter(
    name="site",
    description="Host name of the site, with the port when it is not 80 or 443.",
    schema={
        "type": "string",
        "minLength": 1,
        "maxLength": 255,
        "pattern": f"^({LABEL.pattern})$",
    },
    read=read_text(255, lambda text: LABEL.fullmatch(text) is not None),
    spell=lambda text: str(parse_host(text)),
)
LOCALE_PARAMETER = Parameter(
    name="locale",
    description="Language code of the content, such as `en` or `es`.",
    schema={
        "type": "string",
        "minLength": 1,
        "maxLength": 35,
        "pattern": f"^{LOCALE.pattern}$",
    },
    read=read_language,
)
TYPE_PARAMETER = Parameter(
    name="type",
    description="Kind of page.",
    schema={"type": "string", "enum": list(DOCUMENT_TYPES)},
    read=read_choice(DOCUMENT_TYPES),
)
FIELDS_PARAMETER = _parameter_choices(
    "fields",
    f"Top-level fields to answer with. {', '.join(PERMANENT_FIELDS)} are always there.",
    DOCUMENT_FIELDS,
)
INCLUDE_IN_LIST = _parameter_choices(
    "include", "What to add to each item.", LIST_INCLUDES
)


def page_size_parameter(default: int, most: int) -> Parameter:
    """Return the parameter that says how many items to answer with."""
    return Parameter(
        name="page_size",
        description="How many items to answer with.",
        schema={"type": "integer", "minimum": 1, "maximum": most, "default": default},
        read=read_integer(1, most),
    )


PAGE_SIZE_PARAMETER = page_size_parameter(PAGE_SIZE, PAGE_SIZE_MAX)


def cursor_parameter(name: str, description: str) -> Parameter:
    """Return the parameter that says where a list goes on."""
    return Parameter(
        name=name,
        description=description,
        schema=text_schema(CURSOR_MAX_LENGTH, "^[-_A-Za-z0-9]+$"),
        read=read_text(CURSOR_MAX_LENGTH, str.isascii),
    )


TEXT_MAX_LENGTH = 200
TEXT_PARAMETER = Parameter(
    name="q",
    description='Words that the page must have, `"phrases"` in quotation marks, and `-words` that it must not have.',
    schema=text_schema(TEXT_MAX_LENGTH),
    read=read_text(TEXT_MAX_LENGTH, lambda _text: True),
)
COUNT_PARAMETER = Parameter(
    name="count",
    description="`exact` adds `count`, the number of items in all pages.",
    schema={"type": "string", "enum": ["exact"]},
    read=read_choice(("exact",)),
)
LIST_PARAMETERS = (
    TEXT_PARAMETER,
    SITE_PARAMETER,
    LOCALE_PARAMETER,
    Parameter(
        name="ancestor",
        description="Only pages below the page with this id, at any depth.",
        schema=ID_SCHEMA,
        read=read_integer(1),
    ),
    Parameter(
        name="parent",
        description="Only children of the page with this id.",
        schema=ID_SCHEMA,
        read=read_integer(1),
    ),
    Parameter(
        name="slug",
        description="Only pages with this slug.",
        schema=dict(SLUG_SCHEMA),
        read=read_slug,
    ),
    parameter_time(
        "updated_since", "Only documents whose bytes changed at this time or later."
    ),
    *FILTER_PARAMETERS,
    Parameter(
        name="order",
        description="Order of the list; ties go by id, and pages without a value come last.",
        schema={"type": "string", "enum": list(ORDERS), "default": DEFAULT_ORDER},
        read=read_choice(ORDERS),
    ),
    PAGE_SIZE_PARAMETER,
    cursor_parameter(
        "cursor", "`next` of the page before; good for the same order only."
    ),
    COUNT_PARAMETER,
    FIELDS_PARAMETER,
    INCLUDE_IN_LIST,
)
UNION_LIST_PARAMETERS = (TYPE_PARAMETER, *LIST_PARAMETERS)
INCLUDE_PARAMETER = include_parameter(INCLUDES)
DETAIL_PARAMETERS = (FIELDS_PARAMETER, INCLUDE_PARAMETER)
RESOLVE_PARAMETERS = (
    Parameter(
        name="path",
        description="Site-relative path, starting with a slash; the closing slash may be missing.",
        schema=text_schema(2_000, r"^/[^\u0000]*$"),
        read=read_text(2_000, lambda text: text.startswith("/")),
        is_required=True,
        spell=closed_path,
    ),
    SITE_PARAMETER,
    LOCALE_PARAMETER,
    INCLUDE_PARAMETER,
)
SECTION_PARAMETERS = (
    _parameter_choices(
        "include", "`hast` adds a syntax tree to every rich text.", ("hast",)
    ),
)
DISCLAIMER_PARAMETERS = (
    LOCALE_PARAMETER,
    parameter_time(
        "at", "The wording that was live at this moment, not in the future."
    ),
)
CHANGES_PARAMETERS = (
    cursor_parameter(
        "since",
        "The last `cursor` that you have; without it, the feed starts at the beginning.",
    ),
    PAGE_SIZE_PARAMETER,
    FIELDS_PARAMETER,
    INCLUDE_IN_LIST,
)
FEED_PARAMETERS = (
    cursor_parameter("cursor", "From the `next` link of the page before."),
    PAGE_SIZE_PARAMETER,
)


def read_list_query(query_string: str, *, document_type: str | None) -> ListQuery:
    """Return the list query of *query_string*; a typed collection has no `type` parameter."""
    parameters = LIST_PARAMETERS if document_type else UNION_LIST_PARAMETERS
    given: dict[str, Value] = {"type": document_type} if document_type else {}
    given |= parse_query(query_string, parameters)
    order = str(given.get("order", DEFAULT_ORDER))
    cursor = given.pop("cursor", None)
    has_count = given.pop("count", None) is not None
    fields = _list_fields(given.pop("fields", ()), given.pop("include", ()))
    bounds = tuple(take_bounds(given))
    return ListQuery(
        bounds=bounds,
        cursor=read_cursor(str(cursor), order) if cursor is not None else None,
        has_count=has_count,
        fields=fields,
        **given,  # type: ignore[arg-type]  # the grammar's readers give the fields' types
    )


def read_detail_query(query_string: str) -> DetailQuery:
    """Return the detail query of *query_string*."""
    if not query_string:
        return DetailQuery()
    return read_detail(parse_query(query_string, DETAIL_PARAMETERS))


def read_detail(given: Mapping[str, Value]) -> DetailQuery:
    """Return the detail query of the values *given*."""
    fields, added = _names(given.get("fields", ())), _names(given.get("include", ()))
    included = {field for name in added for field in INCLUDES.get(name, ())}
    return DetailQuery(
        fields=_ordered({*fields, *included, *PERMANENT_FIELDS}) if fields else (),
        has_children="children" in added,
        has_hast="hast" in added,
        navigation=navigation_keys(added),
    )


def read_resolve_query(query_string: str) -> ResolveQuery:
    """Return the resolve query of *query_string*."""
    given = parse_query(query_string, RESOLVE_PARAMETERS)
    return ResolveQuery(
        path=str(given["path"]),
        detail=read_detail(given),
        site=text_of(given, "site"),
        locale=text_of(given, "locale"),
    )


def read_section_query(query_string: str) -> bool:
    """Return whether *query_string* asks for syntax trees."""
    return "include" in parse_query(query_string, SECTION_PARAMETERS)


def read_changes_query(query_string: str) -> ChangesQuery:
    """Return the query of the change feed that *query_string* makes."""
    given = parse_query(query_string, CHANGES_PARAMETERS)
    return ChangesQuery(
        since=_number(given, "since") or 0,
        page_size=int(str(given.get("page_size", PAGE_SIZE))),
        fields=_list_fields(given.get("fields", ()), given.get("include", ())),
    )


def read_feed_query(query_string: str) -> FeedQuery:
    """Return the query of the Atom feed that *query_string* makes."""
    given = parse_query(query_string, FEED_PARAMETERS)
    return FeedQuery(
        before=_number(given, "cursor"),
        page_size=int(str(given.get("page_size", PAGE_SIZE))),
    )


def read_no_query(query_string: str) -> None:
    """Refuse every parameter."""
    parse_query(query_string, ())


def text_of(given: Mapping[str, Value], name: str) -> str | None:
    """Return the text given for *name*, or None."""
    value = given.get(name)
    return None if value is None else str(value)


def _names(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _list_fields(fields: Value, include: Value) -> tuple[str, ...]:
    chosen = set(_names(fields))
    added = {field for name in _names(include) for field in INCLUDES[name]}
    if not chosen and not added - (set(DOCUMENT_FIELDS) - NOT_ON_CARD):
        return ()
    base = chosen or set(DOCUMENT_FIELDS) - NOT_ON_CARD
    return _ordered(base | added | set(PERMANENT_FIELDS))


def _ordered(names: set[str]) -> tuple[str, ...]:
    return tuple(name for name in DOCUMENT_FIELDS if name in names)


def _number(given: Mapping[str, Value], name: str) -> int | None:
    word = given.get(name)
    if word is None:
        return None
    key = read_cursor(str(word), CHANGES_ORDER, name).key
    if isinstance(key, int):
        return key
    raise cursor_fault(name)


def read_cursor(word_raw: str, order: str, name: str = "cursor") -> Cursor:
    """Return the cursor *word_raw* of a list in *order*.

    Raises:
        Problem: 400, which names the parameter *name*.
    """
    try:
        return decode_cursor(word_raw, order=order)
    except CursorInvalidError as error:
        raise cursor_fault(name) from error


def cursor_fault(name: str = "cursor") -> Problem:
    """Return the 400 for a cursor, given as *name*, that is not of this list."""
    fault = FieldError(
        location="query",
        pointer=f"#/{name}",
        code="invalid-value",
        detail="A cursor of this list, for the same order.",
    )
    return invalid_request([fault])
