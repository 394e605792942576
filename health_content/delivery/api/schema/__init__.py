"""The OpenAPI 3.1 document of the content API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .blocks import block_schemas
from .callers import caller_schemas, security_schemes
from .claim_paths import claim_schemas
from .documents import document_schemas
from .links import link_operations
from .paths import header_components, path_items, response_components
from .previews import preview_security_schemes
from .recall_paths import recall_schemas
from .webhook_paths import webhook_schemas

if TYPE_CHECKING:
    from ....document_facts import Json, JsonObject

VERSION = "1.0.0"
DESCRIPTION = """\
Published health content, ready to show. Every representation carries its safety envelope (`safety`).

Reads need no key, set no cookie and write nothing; a token that is sent must be good, there too. Every path answers with and without its closing slash, to GET, HEAD
and OPTIONS. Answers have strong entity tags; errors are RFC 9457 problem documents. Unknown or repeated parameters are
errors, so that one resource has one address.
"""


def openapi_document(server: str) -> JsonObject:
    """Return the document; *server* is the path, or URL, that the API is mounted at."""
    schemas: JsonObject = {
        **document_schemas(),
        **block_schemas(),
        **caller_schemas(),
        **recall_schemas(),
        **webhook_schemas(),
        **claim_schemas(),
    }
    schemas = dict(sorted(schemas.items()))
    tags: list[Json] = [
        {"name": "content", "description": "Pages as published."},
        {"name": "disclaimers", "description": "Wordings that readers must see."},
        {"name": "previews", "description": "Drafts, for an editor's front end."},
        {"name": "callers", "description": "What a token, or a password, is for."},
        {"name": "changes", "description": "What became of pages, in order."},
        {"name": "recall", "description": "Withdrawals, and who confirmed them."},
        {"name": "webhooks", "description": "Who is told of what, and the log of it."},
        {"name": "claims", "description": "What texts claim about health."},
    ]
    paths = path_items()
    link_operations(paths)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Health content API",
            "version": VERSION,
            "description": DESCRIPTION,
            "license": {"name": "BSD-3-Clause", "identifier": "BSD-3-Clause"},
        },
        "servers": [{"url": server.rstrip("/") or "/"}],
        # A public read may show a token; a bad one is refused there, too.
        "security": [{}, {"bearer": []}],
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": response_components(),
            "headers": header_components(),
            "securitySchemes": security_schemes() | preview_security_schemes(),
        },
    }
