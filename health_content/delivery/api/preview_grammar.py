"""The parameters and bodies of previews."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ..hosts import LABEL
from ..queries import PreviewQuery
from .body import Field, text
from .grammar import (
    FIELDS_PARAMETER,
    INCLUDE_PARAMETER,
    RESOLVE_PARAMETERS,
    read_detail,
    text_of,
)
from .includes import INCLUDES, include_parameter
from .query import Parameter, parse_query, read_choice, read_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .query import Value

SOURCE_MAP = "source_map"
# base64url. Ours has 43 characters; what is shorter or much longer is not looked up.
CODE_PATTERN = "[-_A-Za-z0-9]{20,200}"
MODEL_PATTERN = "[a-z0-9_]{1,100}[.][a-z0-9_]{1,100}"
CODE_KIND = text(
    200, min_length=20, pattern=CODE_PATTERN, form="A code as the preview gave it."
)

PREVIEW_INCLUDE = include_parameter(
    (*INCLUDES, SOURCE_MAP), f"`{SOURCE_MAP}` adds where each part is edited."
)
PREVIEW_PARAMETERS = (FIELDS_PARAMETER, PREVIEW_INCLUDE)
PREVIEW_RESOLVE_PARAMETERS = tuple(
    PREVIEW_INCLUDE if parameter is INCLUDE_PARAMETER else parameter
    for parameter in RESOLVE_PARAMETERS
)
PAGE_PREVIEW_PARAMETERS = (
    Parameter(
        name="content_type",
        description="Type of the page, such as `health_pages.articlepage`, from the front end's address.",
        schema={"type": "string", "pattern": f"^{MODEL_PATTERN}$"},
        read=read_text(201, lambda word: bool(re.fullmatch(MODEL_PATTERN, word))),
        is_required=True,
    ),
    Parameter(
        name="token",
        description="The `token` of the front end's address.",
        schema={"type": "string", "pattern": f"^{CODE_PATTERN}$"},
        read=read_text(200, lambda word: bool(re.fullmatch(CODE_PATTERN, word))),
        is_required=True,
    ),
    Parameter(
        name="format",
        description="`json`, the only format there is.",
        schema={"type": "string", "enum": ["json"]},
        read=read_choice(("json",)),
    ),
)
EXCHANGE_FIELDS = (
    Field(
        name="code",
        description="The `code` of the address that the editor's browser came to.",
        kind=CODE_KIND,
        is_required=True,
    ),
    Field(
        name="site",
        description="Host name of the site that you are the front end of; a code of another site is then refused.",
        kind=text(
            255, pattern=LABEL.pattern, form="A host name, with or without a port."
        ),
    ),
)


def read_preview_query(query_string: str) -> PreviewQuery:
    """Return the query of a draft."""
    return _preview_query(parse_query(query_string, PREVIEW_PARAMETERS))


def read_preview_resolve_query(query_string: str) -> PreviewQuery:
    """Return the query of a draft by its path."""
    given = parse_query(query_string, PREVIEW_RESOLVE_PARAMETERS)
    return replace(
        _preview_query(given),
        path=str(given["path"]),
        site=text_of(given, "site"),
        locale=text_of(given, "locale"),
    )


def read_page_preview_query(query_string: str) -> tuple[str, str]:
    """Return the content type and the code."""
    given = parse_query(query_string, PAGE_PREVIEW_PARAMETERS)
    return str(given["content_type"]), str(given["token"])


def _preview_query(given: Mapping[str, Value]) -> PreviewQuery:
    included = given.get("include", ())
    names = included if isinstance(included, tuple) else ()
    return PreviewQuery(detail=read_detail(given), has_source_map=SOURCE_MAP in names)
