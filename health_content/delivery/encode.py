"""A document to the bytes that requests get: made once, when something changes."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]

from ..document_hast import with_hast
from ..document_markdown import document_markdown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..document_facts import Json, JsonObject

# What a list item leaves to the whole document. Everything else, the safety envelope above all, is on the card.
NOT_ON_CARD = frozenset(
    {
        "introduction", "body", "sources", "contributors", "references", "conflicts", "organization", "aspect_coverage",
        "content_digest", "breadcrumbs", "alternates", "seo",
    }
)  # fmt: skip
# What the answer of `resolve/` begins with; the document and a brace follow.
RESOLVE_HEAD = b'{"outcome":"page","page":'
# What a section carries of its document.
SECTION_FIELDS = (
    "id", "type", "site", "locale", "title", "path", "url", "last_published_at", "version", "safety",
)  # fmt: skip
# An article of 10 kB comes to 3.1 kB in 0.13 ms. Quality 10 gives 2.6 kB in 2.8 ms, 11 gives 2.5 kB in 7.5 ms, for each of
# three forms; and the first packets that a server may send without an answer carry 14 kB in any case.
BROTLI_QUALITY = 5
GZIP_LEVEL = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation:
    """The bytes of one content coding."""

    content: bytes
    sha: str
    """Base64 of the SHA-256 of `content`: the strong validator and the Content-Digest (RFC 9530)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """One answer in every content coding that is served without further work."""

    identity: Representation
    gzip: Representation
    brotli: Representation

    def by_coding(self) -> dict[str, Representation]:
        """Return the representations by the name of their content coding."""
        return {"identity": self.identity, "gzip": self.gzip, "br": self.brotli}


def encode_bytes(content: bytes) -> Encoded:
    """Return *content* in every content coding. Equal content gives equal bytes: no time stamp enters them."""
    return Encoded(
        identity=_representation(content),
        gzip=_representation(compress_gzip(content)),
        brotli=_representation(
            brotli.compress(content, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)
        ),
    )


def resolve_json(content: bytes) -> bytes:
    """Return the answer that a path leads to the document whose JSON is *content*."""
    return RESOLVE_HEAD + content + b"}"


def encode_markdown(document: JsonObject) -> Encoded:
    """Return the bytes of *document* as Markdown."""
    return encode_bytes(document_markdown(document).encode("utf-8", "replace"))


def compress_gzip(content: bytes, level: int = GZIP_LEVEL) -> bytes:
    """Return *content* in the gzip coding, without a time stamp: equal content, equal bytes."""
    return gzip.compress(content, level, mtime=0)


def document_card(document: JsonObject) -> JsonObject:
    """Return what a list shows of *document*."""
    return {key: value for key, value in document.items() if key not in NOT_ON_CARD}


def document_section(document: JsonObject, block_id: str) -> JsonObject | None:
    """Return the section of *document* with the id *block_id*, and what must go with it; None when there is none."""
    body = document["body"]
    for block in body if isinstance(body, list) else []:
        if (
            isinstance(block, dict)
            and block["type"] == "section"
            and block["id"] == block_id
        ):
            head = {name: document[name] for name in SECTION_FIELDS}
            return {**head, "section": block}
    return None


def encode_json(value: Json) -> bytes:
    """Return *value* as compact UTF-8 JSON, keys in their order."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace")


def add_hast(content: bytes) -> bytes:
    """Return the JSON *content* with a `hast` in every rich text. Cost: 2 ms for 37 kB, so it is not stored."""
    return encode_json(with_hast(json.loads(content)))


def join_items(items: Iterable[bytes], tail: JsonObject) -> bytes:
    """Return `{"items": [...], **tail}` of *items* that are JSON already."""
    rest = encode_json(tail)[1:]  # without its opening brace
    return b'{"items":[' + b",".join(items) + b"]," + rest


def content_sha(content: bytes) -> str:
    """Return the base64 of the SHA-256 of *content*."""
    return base64.b64encode(hashlib.sha256(content).digest()).decode("ascii")


def _representation(content: bytes) -> Representation:
    return Representation(content=content, sha=content_sha(content))
