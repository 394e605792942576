"""The endpoints of the OpenAPI document, from the same grammar that parses their queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...negotiation import MARKDOWN
from ..as_of_grammar import AS_OF_PARAMETERS
from ..grammar import (
    CHANGES_PARAMETERS,
    DETAIL_PARAMETERS,
    DISCLAIMER_PARAMETERS,
    FEED_PARAMETERS,
    LIST_PARAMETERS,
    RESOLVE_PARAMETERS,
    SECTION_PARAMETERS,
    UNION_LIST_PARAMETERS,
)
from ..list_grammar import (
    DISCLAIMERS_PARAMETERS,
    NAVIGATION_PARAMETERS,
    QUESTION_PARAMETERS,
    REDIRECT_PARAMETERS,
    ROUTE_PARAMETERS,
    SITE_PARAMETERS,
    VERSION_PARAMETERS,
)
from ..search_grammar import SEARCH_PARAMETERS
from .callers import (
    CALLER_RESPONSES,
    caller_header_components,
    caller_path_items,
    caller_response_components,
    path_items_of,
)
from .claim_paths import claim_endpoints
from .parts import PAGE_ID, TEXT, ref
from .previews import (
    preview_path_items,
    preview_response_components,
)
from .query_parameters import query_parameter
from .recall_paths import recall_endpoints
from .webhook_paths import webhook_endpoints

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ....document_facts import Json, JsonObject
    from ..query import Parameter

CACHED_HEADERS = (
    "ETag", "Cache-Control", "Vary", "Content-Digest", "Content-Location", "Cache-Tag",
)  # fmt: skip
STORED_HEADERS = (*CACHED_HEADERS, "Last-Modified", "Content-Language", "Link")
WITHDRAWN = (("410", "Withdrawn"),)
SEARCHED = (("503", "SearchUnavailable"),)
BLOCK_ID: JsonObject = {
    "name": "block_id",
    "in": "path",
    "required": True,
    "description": "Id of the section in the body.",
    "schema": {"type": "string", "pattern": "^[-0-9a-fA-F]{36}$"},
}
VERSION_NUMBER: JsonObject = {
    "name": "number",
    "in": "path",
    "required": True,
    "description": "Number of the version.",
    "schema": {"type": "integer", "minimum": 1, "maximum": 2**31 - 1},
}
KEY: JsonObject = {
    "name": "key",
    "in": "path",
    "required": True,
    "description": "Key of the disclaimer.",
    "schema": {"type": "string", "pattern": "^[-a-zA-Z0-9_]{1,80}$"},
}


MENU_KEY: JsonObject = {**KEY, "description": "Key of the menu; `site/` names them."}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Endpoint:
    operation: str
    summary: str
    answer: JsonObject
    parameters: Sequence[Parameter] = ()
    path_parameters: Sequence[JsonObject] = ()
    headers: Sequence[str] = CACHED_HEADERS
    tag: str = "content"
    media_type: str = "application/json"
    other_media_types: Sequence[str] = ()
    """Of the same content, as text."""
    other_responses: Sequence[tuple[str, str]] = ()
    """Status and the name of the response component."""


def path_items() -> JsonObject:
    """Return the path items, keyed by path below the mount point."""
    items: JsonObject = {
        path: {"get": _operation(endpoint)} for path, endpoint in _endpoints().items()
    }
    return (
        items
        | caller_path_items()
        | preview_path_items()
        | path_items_of(recall_endpoints())
        | path_items_of(webhook_endpoints())
        | path_items_of(claim_endpoints())
    )


def _endpoints() -> dict[str, _Endpoint]:
    endpoints = {
        "/": _Endpoint(
            operation="getRoot", summary="What there is", answer=ref("Root")
        ),
        "/resolve/": _Endpoint(
            operation="resolvePath",
            summary="What lives at a path: a page, or a redirect",
            answer=ref("Resolution"),
            parameters=RESOLVE_PARAMETERS,
            headers=STORED_HEADERS,
            other_responses=WITHDRAWN,
        ),
        "/search/": _Endpoint(
            operation="search",
            summary="Pages by what they say, the best first",
            answer=ref("SearchResults"),
            parameters=SEARCH_PARAMETERS,
            other_responses=SEARCHED,
        ),
        **_disclaimer_endpoints(),
        **_part_endpoints(),
        **_version_endpoints(),
        **_place_endpoints(),
        **_change_endpoints(),
    }
    collections = (
        ("pages", "Page", "Document", UNION_LIST_PARAMETERS),
        ("articles", "Article", "ArticleDocument", LIST_PARAMETERS),
        ("faqs", "Faq", "FaqDocument", LIST_PARAMETERS),
    )
    for name, noun, component, parameters in collections:
        endpoints[f"/{name}/"] = _Endpoint(
            operation=f"list{noun}s",
            summary=f"The public {name}, as cards",
            answer=ref("DocumentList"),
            parameters=parameters,
            other_responses=SEARCHED,
        )
        endpoints[f"/{name}/{{id}}/"] = _Endpoint(
            operation=f"get{noun}",
            summary="One document",
            answer={"anyOf": [ref(component), ref("PartialDocument")]},
            other_media_types=(MARKDOWN,),
            parameters=DETAIL_PARAMETERS,
            path_parameters=(PAGE_ID,),
            headers=STORED_HEADERS,
            other_responses=WITHDRAWN,
        )
        endpoints[f"/{name}/{{id}}.md"] = _Endpoint(
            operation=f"get{noun}Markdown",
            summary="One document as Markdown, with its safety envelope",
            answer=dict(TEXT),
            path_parameters=(PAGE_ID,),
            headers=STORED_HEADERS,
            media_type=MARKDOWN,
            other_responses=WITHDRAWN,
        )
    return endpoints


def _part_endpoints() -> dict[str, _Endpoint]:
    return {
        "/articles/{id}/sections/{block_id}/": _Endpoint(
            operation="getSection",
            summary="One section that may be shown alone, with its safety envelope",
            answer=ref("SectionDocument"),
            parameters=SECTION_PARAMETERS,
            path_parameters=(PAGE_ID, BLOCK_ID),
            headers=STORED_HEADERS,
            other_responses=(("403", "NotStandalone"), *WITHDRAWN),
        ),
        "/faqs/entries/": _Endpoint(
            operation="listQuestions",
            summary="Questions and answers of all pages, by page",
            answer=ref("QuestionList"),
            parameters=QUESTION_PARAMETERS,
        ),
    }


def _version_endpoints() -> dict[str, _Endpoint]:
    endpoints: dict[str, _Endpoint] = {}
    for collection, noun, component in (
        ("articles", "Article", "ArticleVersion"),
        ("faqs", "Faq", "FaqVersion"),
    ):
        prefix = "" if noun == "Article" else noun
        endpoints[f"/{collection}/{{id}}/as-of/"] = _Endpoint(
            operation=f"get{prefix}AsOf",
            summary="What was public on a page at an instant, disclaimers included",
            answer=ref(f"{noun}AsOf"),
            parameters=AS_OF_PARAMETERS,
            path_parameters=(PAGE_ID,),
            headers=(*CACHED_HEADERS, "Content-Language", "Link"),
            other_responses=WITHDRAWN,
        )
        endpoints[f"/{collection}/{{id}}/versions/"] = _Endpoint(
            operation=f"list{prefix}Versions",
            summary="The publications of a page, the newest first",
            answer=ref("VersionList"),
            parameters=VERSION_PARAMETERS,
            path_parameters=(PAGE_ID,),
            other_responses=WITHDRAWN,
        )
        endpoints[f"/{collection}/{{id}}/versions/{{number}}/"] = _Endpoint(
            operation=f"get{prefix}Version",
            summary="What a version said, as it may be shown today; where the site shows that",
            answer=ref(component),
            path_parameters=(PAGE_ID, VERSION_NUMBER),
            headers=(*CACHED_HEADERS, "Content-Language", "Link"),
            other_responses=WITHDRAWN,
        )
    return endpoints


def _place_endpoints() -> dict[str, _Endpoint]:
    return {
        "/routes/": _Endpoint(
            operation="listRoutes",
            summary="Where every page lives, for static builds and site maps",
            answer=ref("RouteList"),
            parameters=ROUTE_PARAMETERS,
        ),
        "/redirects/": _Endpoint(
            operation="listRedirects",
            summary="Redirects of a site that lead somewhere public",
            answer=ref("RedirectList"),
            parameters=REDIRECT_PARAMETERS,
        ),
        "/navigation/{key}/": _Endpoint(
            operation="getNavigation",
            summary="A menu of a site: the pages that the public may see",
            answer=ref("Navigation"),
            parameters=NAVIGATION_PARAMETERS,
            path_parameters=(MENU_KEY,),
            headers=(*CACHED_HEADERS, "Content-Language"),
        ),
        "/site/": _Endpoint(
            operation="getSite",
            summary="A site, its home pages, and who publishes it",
            answer=ref("Site"),
            parameters=SITE_PARAMETERS,
        ),
    }


def _disclaimer_endpoints() -> dict[str, _Endpoint]:
    return {
        "/disclaimers/": _Endpoint(
            operation="listDisclaimers",
            summary="The disclaimers of the library",
            answer=ref("DisclaimerList"),
            parameters=DISCLAIMERS_PARAMETERS,
            tag="disclaimers",
        ),
        "/disclaimers/{key}/": _Endpoint(
            operation="getDisclaimer",
            summary="One disclaimer, and where it is shown",
            answer=ref("Disclaimer"),
            parameters=DISCLAIMER_PARAMETERS,
            path_parameters=(KEY,),
            tag="disclaimers",
        ),
    }


def _change_endpoints() -> dict[str, _Endpoint]:
    return {
        "/changes/": _Endpoint(
            operation="listChanges",
            summary="What changed since a cursor, oldest first; each page once",
            answer=ref("ChangeList"),
            parameters=CHANGES_PARAMETERS,
            tag="changes",
            other_responses=(("410", "CursorGone"),),
        ),
        "/changes.atom": _Endpoint(
            operation="getFeed",
            summary="What changed, newest first, as Atom (RFC 4287)",
            answer={"type": "string"},
            parameters=FEED_PARAMETERS,
            tag="changes",
            media_type="application/atom+xml",
        ),
    }


def header_components() -> JsonObject:
    """Return the response headers by name."""
    described = {
        "ETag": "Strong validator of the bytes sent; another for each content coding.",
        "Last-Modified": "When the document's bytes changed.",
        "Cache-Control": "`s-maxage` never reaches beyond the next scheduled change.",
        "Vary": "`Accept-Encoding`; also `Accept` where Markdown may be asked for.",
        "Content-Digest": "SHA-256 of the bytes sent (RFC 9530).",
        "Content-Language": "Language of the content.",
        "Cache-Tag": "What the answer is made of. The name is a setting (Surrogate-Key, xkey).",
        "Content-Location": "The canonical address of the answer, where it was asked for by another.",
        "Link": "`rel=canonical`, `rel=license`, `rel=alternate`; `rel=next` on lists.",
    }
    components: JsonObject = {
        name: {"description": text, "schema": {"type": "string"}}
        for name, text in described.items()
    }
    return components | caller_header_components()


def response_components() -> JsonObject:
    """Return the answers that every endpoint may give."""
    problem: JsonObject = {"application/problem+json": {"schema": ref("Problem")}}
    return {
        "NotModified": {
            "description": "The client has these bytes.",
            "headers": _headers(("ETag", "Cache-Control", "Vary")),
        },
        "BadRequest": {"description": "`errors` names each fault.", "content": problem},
        "NotFound": {"description": "Nothing public is here.", "content": problem},
        "Withdrawn": {
            "description": "It was withdrawn: `detail` says why, `replacement` where to go instead.",
            "content": problem,
        },
        "NotStandalone": {
            "description": "No reviewer has said that the section may be shown alone.",
            "content": problem,
        },
        "CursorGone": {
            "description": "The cursor is of changes that are not here: begin again.",
            "content": problem,
        },
        "MethodNotAllowed": {
            "description": "Not a method of this address: `Allow` names them.",
            "content": problem,
        },
        "SearchUnavailable": {
            "description": "The search back end is away; everything else answers.",
            "headers": _headers(("Retry-After",)),
            "content": problem,
        },
        "Failure": {"description": "Our fault.", "content": problem},
        **caller_response_components(),
        **preview_response_components(),
    }


def _operation(endpoint: _Endpoint) -> JsonObject:
    parameters: list[Json] = [dict(p) for p in endpoint.path_parameters]
    parameters += [query_parameter(p) for p in endpoint.parameters]
    responses: JsonObject = {
        "200": {
            "description": endpoint.summary,
            "headers": _headers(endpoint.headers),
            "content": {
                endpoint.media_type: {"schema": endpoint.answer},
                **{name: {"schema": dict(TEXT)} for name in endpoint.other_media_types},
            },
        },
        "304": {"$ref": "#/components/responses/NotModified"},
        "400": {"$ref": "#/components/responses/BadRequest"},
        "401": {"$ref": f"#/components/responses/{CALLER_RESPONSES['401']}"},
        "404": {"$ref": "#/components/responses/NotFound"},
        "405": {"$ref": "#/components/responses/MethodNotAllowed"},
        "429": {"$ref": f"#/components/responses/{CALLER_RESPONSES['429']}"},
        "500": {"$ref": "#/components/responses/Failure"},
    }
    responses |= {
        status: {"$ref": f"#/components/responses/{name}"}
        for status, name in endpoint.other_responses
    }
    return {
        "operationId": endpoint.operation,
        "summary": endpoint.summary,
        "tags": [endpoint.tag],
        "parameters": parameters,
        "responses": responses,
    }


def _headers(names: Sequence[str]) -> JsonObject:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
