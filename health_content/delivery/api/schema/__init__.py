"""The OpenAPI 3.1 document of the content API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .blocks import block_schemas
from .documents import document_schemas
from .paths import header_components, path_items, response_components

if TYPE_CHECKING:
    from ....document_facts import Json, JsonObject

VERSION = "1.0.0"
DESCRIPTION = """\
Published health content, ready to show. Every representation carries its safety envelope (`safety`).

Reads need no key, set no cookie and write nothing. Every path answers with and without its closing slash, to GET, HEAD
and OPTIONS. Answers have strong entity tags; errors are RFC 9457 problem documents. Unknown or repeated parameters are
errors, so that one resource has one address.
"""


def openapi_document(server: str) -> JsonObject:
    """Return the document; *server* is the path, or URL, that the API is mounted at."""
    schemas: JsonObject = {**document_schemas(), **block_schemas()}
    schemas = dict(sorted(schemas.items()))
    tags: list[Json] = [
        {"name": "content", "description": "Pages as published."},
        {"name": "disclaimers", "description": "Wordings that readers must see."},
    ]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Health content API",
            "version": VERSION,
            "description": DESCRIPTION,
            "license": {"name": "BSD-3-Clause", "identifier": "BSD-3-Clause"},
        },
        "servers": [{"url": server.rstrip("/") or "/"}],
        "tags": tags,
        "paths": path_items(),
        "components": {
            "schemas": schemas,
            "responses": response_components(),
            "headers": header_components(),
        },
    }
