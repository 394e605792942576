"""What a page says, as it is in memory: its stored content, and the digest that reviews and records are bound to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..content_digest import DIGEST_FIELDS, FACT_FIELDS, content_digest
from .related import related_ids

if TYPE_CHECKING:
    from ..abstract import DocumentMixin, HealthPageMixin
    from ..document_facts import Json, JsonObject


def page_subject_id(page: HealthPageMixin) -> int:
    """Return the id of the page whose content *page* shows: its source, for an alias."""
    base: Any = page
    subject: int = base.alias_of_id or base.pk or 0
    return subject


def page_content(page: DocumentMixin) -> JsonObject:
    """Return what *page*, as it is in memory, says: field name to the value that the database stores."""
    return {name: stored_value(page, name) for name in DIGEST_FIELDS}


def page_digest(page: HealthPageMixin) -> str:
    """Return the digest of what *page*, as it is in memory, says."""
    return content_digest(page_content(page))


def page_facts_digest(page: HealthPageMixin) -> str:
    """Return the digest of what else the gate decides by, of *page* as it is in memory. One query at most."""
    base: Any = page
    (named,) = related_ids([base])
    related: JsonObject = {name: [*sorted(ids)] for name, ids in named.items()}
    fields = {
        name: stored_value(page, name) for name in FACT_FIELDS if name not in related
    }
    return content_digest(fields | related)


def stored_value(page: DocumentMixin, name: str) -> Json:
    """Return the field *name* of *page* as the database stores it."""
    value = getattr(page, name, "")
    prepared: Json = (
        value.get_prep_value() if hasattr(value, "get_prep_value") else value
    )
    return prepared


def page_as_draft(page: HealthPageMixin) -> HealthPageMixin:
    """Return *page*, or its newest revision where a view loaded it without its own fields."""
    if hasattr(page, "review_policy_id"):
        return page
    base: Any = page
    draft: HealthPageMixin = base.get_latest_revision_as_object()
    return draft
