"""The endpoints and the answers of previews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..preview_grammar import (
    EXCHANGE_FIELDS,
    PAGE_PREVIEW_PARAMETERS,
    PREVIEW_PARAMETERS,
    PREVIEW_RESOLVE_PARAMETERS,
)
from .callers import PROBLEM, CallerEndpoint, caller_operation
from .parts import (
    INTEGER,
    PAGE_ID,
    PATH,
    TEXT,
    TEXT_OR_NULL,
    TIME,
    URL_OR_NULL,
    described,
    enum,
    record,
    ref,
)
from .query_parameters import query_parameter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ....document_facts import JsonObject
    from ..query import Parameter

DRAFT: JsonObject = {"anyOf": [ref("Document"), ref("PartialDocument")]}


def preview_path_items() -> JsonObject:
    """Return the path items, keyed by path below the mount point."""
    exchange = CallerEndpoint(
        operation="createPreviewSession",
        summary="Exchange a one-time code for a token that reads its page for 15 minutes",
        scope=None,
        answer=ref("PreviewSession"),
        body=EXCHANGE_FIELDS,
        other_responses=(("403", "CodeRefused"),),
        tag="previews",
    )
    refused = ("403", "PreviewOfAnotherPage")
    # The code says who asks; every token is refused here.
    post = caller_operation("post", exchange) | {"security": [{}]}
    return {
        "/preview/sessions/": {"post": post},
        "/preview/document/": _read(
            "getPreview", "The draft that the token reads", DRAFT, PREVIEW_PARAMETERS
        ),
        "/preview/pages/{id}/": _read(
            "getPreviewPage",
            "The draft, when it is of this page",
            DRAFT,
            PREVIEW_PARAMETERS,
            path=(PAGE_ID,),
            refused=refused,
        ),
        "/preview/resolve/": _read(
            "resolvePreviewPath",
            "The draft, when this is its path",
            ref("ResolvedPage"),
            PREVIEW_RESOLVE_PARAMETERS,
            refused=refused,
        ),
        "/preview/page_preview/": _page_preview("getPagePreview"),
        "/preview/page_preview/{id}/": _page_preview(
            "getPagePreviewDetail", path=(PAGE_ID,)
        ),
    }


def preview_schemas(document: Mapping[str, JsonObject]) -> dict[str, JsonObject]:
    """Return the component schemas; *document* has the properties of one."""
    place = {
        "kind": described(enum("page", "disclaimer"), "What is edited there."),
        "block_id": described(TEXT_OR_NULL, "Innermost block or list item around it."),
        "field": described(TEXT_OR_NULL, "The page's field."),
        "content_path": described(TEXT_OR_NULL, "The place in Wagtail's editor."),
        "edit_url": described(
            URL_OR_NULL, "Opens the editor there; null for what is not saved yet."
        ),
    }
    return {
        "SourceMap": {
            "type": "object",
            "description": "Where each part is edited, by JSON pointer (RFC 6901) into the document. "
            "What is not here is edited where the nearest thing around it is.",
            "propertyNames": {"pattern": "^/"},
            "additionalProperties": ref("SourcePlace"),
        },
        "SourcePlace": record(place, "Where a part of the document is edited."),
        "PreviewSession": record(
            {
                "token": described(TEXT, "For `Authorization: Bearer`. Keep it."),
                "expires_at": dict(TIME),
                "page": described(
                    {"type": ["integer", "null"]},
                    "Id of the page; null for one that was never saved.",
                ),
                "path": dict(PATH),
                "site": dict(TEXT),
                "locale": dict(TEXT),
                "version": described(INTEGER, "Rises when the editor types or saves."),
                "editor_origin": described(
                    TEXT_OR_NULL, "Origin whose messages may be trusted."
                ),
            },
            "What a code was exchanged for.",
        ),
        "PagePreview": record(
            {
                "type": enum("article", "faq", "index"),
                **document,
                "meta": ref("PagePreviewMeta"),
            },
            "A draft, with what clients of Wagtail's API v2 look for.",
            optional={"children", "more_children", "navigation", "source_map"},
        ),
        "PagePreviewMeta": record(
            {
                "type": described(TEXT, "Django model, `app.Model`."),
                "detail_url": {"type": "null"},
                "html_url": described(TEXT, "Where the page is, or will be."),
                "slug": dict(TEXT),
                "seo_title": dict(TEXT),
                "search_description": dict(TEXT),
                "first_published_at": dict(TEXT_OR_NULL),
                "locale": dict(TEXT),
            }
        ),
    }


def preview_security_schemes() -> JsonObject:
    """Return how a front end says which preview it shows."""
    return {
        "preview": {
            "type": "http",
            "scheme": "bearer",
            "description": "The token of `POST /preview/sessions/`. It is good for one page, and nowhere else.",
        }
    }


def preview_response_components() -> JsonObject:
    """Return the refusals of previews, by name."""
    return {
        "CodeRefused": {
            "description": "The code was used, is older than a minute, is of another site, or is none.",
            "content": PROBLEM,
        },
        "PreviewOfAnotherPage": {
            "description": "The token was not made for this page.",
            "content": PROBLEM,
        },
    }


def _read(
    operation: str,
    summary: str,
    answer: JsonObject,
    parameters: Sequence[Parameter],
    *,
    path: Sequence[JsonObject] = (),
    refused: tuple[str, str] | None = None,
) -> JsonObject:
    endpoint = CallerEndpoint(
        operation=operation,
        summary=summary,
        scope=None,
        answer=answer,
        parameters=(*path, *map(query_parameter, parameters)),
        other_responses=(("304", "NotModified"), *([refused] if refused else [])),
        tag="previews",
    )
    return {"get": caller_operation("get", endpoint) | {"security": [{"preview": []}]}}


def _page_preview(operation: str, *, path: Sequence[JsonObject] = ()) -> JsonObject:
    read = _read(
        operation,
        "The draft, for front ends made for wagtail-headless-preview",
        ref("PagePreview"),
        PAGE_PREVIEW_PARAMETERS,
        path=path,
        refused=("403", "CodeRefused"),
    )
    get = read["get"]
    return {"get": {**(get if isinstance(get, dict) else {}), "security": [{}]}}
