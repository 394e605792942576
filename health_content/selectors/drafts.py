"""Drafts: what editors work on, as the documents that they would be published as."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..abstract import DocumentMixin
from ..compat import page_model
from .pages import page_document

if TYPE_CHECKING:
    from ..document_facts import JsonObject


def draft_document(page_id: int) -> JsonObject | None:
    """Return the document of a page's latest draft; None when no document page has that id."""
    base = page_model()
    page = base._default_manager.filter(pk=page_id).first()  # noqa: SLF001 - Django's documented name
    draft = page.get_latest_revision_as_object() if page else None
    return page_document(draft) if isinstance(draft, DocumentMixin) else None
