"""The digest of what an editor wrote: what a review, an override and a record mean by "this content"."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from .document import canonical_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .document_facts import Json, JsonObject

DIGEST_FIELDS = (
    "title", "introduction", "summary", "body", "disclaimers", "references", "conflict_statement",
    "seo_title", "search_description", "disclaimers_replace_reason",
)  # fmt: skip
"""What a review vouches for: everything that a reader reads. Of the library only which entries, not their words: those
have a life, and a review, of their own."""
FACT_FIELDS = (
    "locale_id", "content_kind", "risk_tier", "topics", "about_conditions", "about_treatments", "contributors", "sponsor",
    "is_commercial", "ai_assistance", "ai_note", "replies_mode", "review_policy_id",
)  # fmt: skip
"""What else of a page the gate decides by: who made it and paid for it, what it is about, who may reply, by what rules."""
GATED_FIELDS = frozenset(
    {"live", "locale", "review_policy", *DIGEST_FIELDS, *FACT_FIELDS}
)
"""What decides whether a page may be live. A save of other fields may hold a newer draft in memory."""
OFFER = "standalone_safe"
"""Key of a section with which an editor offers to show it alone. It says nothing: a reviewer has the word, apart from the
review of the page (`standalone`)."""
# Draftail numbers its paragraphs when it first edits them.
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
# What an editor that was opened and left empty leaves behind.
_EMPTY_PARAGRAPH = "<p></p>"
# A block of a stream, or an item of a list in it, is stored as these and nothing else.
_BLOCK_KEYS = frozenset({"type", "value", "id"})


def content_digest(content: Mapping[str, Json]) -> str:
    """Return the SHA-256, in hexadecimal, of *content*: field name to the value that the database stores.

    Equal for content that says the same: ids of blocks and keys of paragraphs, which editors never see and Wagtail
    makes anew, do not count; and a field that is empty is as one that is absent, since forms send all and programs need not.
    """
    return hashlib.sha256(canonical_json(said_content(content))).hexdigest()


def said_content(content: Mapping[str, Json]) -> JsonObject:
    """Return *content* without what does not count for its digest: equal for content that says the same."""
    return _filled({name: _said(value) for name, value in content.items()})


def _said(value: Json) -> Json:
    if isinstance(value, str):
        said = _BLOCK_KEY.sub("", value)
        return "" if said == _EMPTY_PARAGRAPH else said
    if isinstance(value, list):
        return [_said(item) for item in value]
    if isinstance(value, dict):
        is_block = value.keys() <= _BLOCK_KEYS and "value" in value
        unsaid = {OFFER, "id"} if is_block else {OFFER}
        kept = {k: v for k, v in value.items() if k not in unsaid}
        return _filled({key: _said(item) for key, item in kept.items()})
    return value


def _filled(said: JsonObject) -> JsonObject:
    return {key: item for key, item in said.items() if not _is_empty(item)}


def _is_empty(said: Json) -> bool:
    return said is None or said is False or said in ("", [], {})
