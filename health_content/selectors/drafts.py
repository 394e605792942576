"""Drafts: what editors work on, as the gate would judge it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..abstract import DocumentMixin, HealthPageMixin
from ..compat import page_model
from .claims import page_claims
from .policies import site_profiles
from .related import related_objects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .claims import PageClaims


def draft_claims(page_id: int, profiles: Sequence[str] = ()) -> PageClaims | None:
    """Return what is claimed in a page's latest draft, by the gravest of *profiles*, or else of those of its site.

    None when no document page has that id.
    """
    base = page_model()
    page = base._default_manager.filter(pk=page_id).first()  # noqa: SLF001 - Django's documented name
    draft: Any = page.get_latest_revision_as_object() if page else None
    if not isinstance(draft, DocumentMixin):
        return None
    is_about = isinstance(draft, HealthPageMixin)
    return page_claims(
        draft,
        profiles=profiles or site_profiles(draft),
        conditions=related_objects(draft, "about_conditions") if is_about else [],
        treatments=related_objects(draft, "about_treatments") if is_about else [],
    )
