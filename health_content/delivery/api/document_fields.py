"""The names of a document's fields, in their order."""

from __future__ import annotations

from ...document_governance import GOVERNANCE_KEYS

# Whatever `fields` says, these stay: an answer without its safety envelope does not exist.
PERMANENT_FIELDS = ("id", "type", "safety")
DOCUMENT_FIELDS = (
    "id", "type", "model", "translation_key", "site", "locale", "title", "slug", "path", "url",
    "first_published_at", "last_published_at", "version", "summary", "topics", "safety", "introduction", "body", "sources",
    *GOVERNANCE_KEYS, "aspect_coverage", "content_digest", "breadcrumbs", "alternates", "seo", "replies",
)  # fmt: skip
