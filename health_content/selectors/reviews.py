"""The medical reviews that pages show: the newest of exactly what they say."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.apps import apps

from ..document_facts import ReviewFacts
from .gate import page_digest, page_subject_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from wagtail.models import AbstractPage

    from ..models import MedicalReview


def reviews_of(
    pages: Sequence[AbstractPage], *, now: datetime
) -> list[ReviewFacts | None]:
    """Return, for each of *pages* as it is in memory, the newest review of what it says; None without one. One query."""
    subjects = [_subject(page) for page in pages]
    found = _by_page({subject for subject in subjects if subject})
    return [
        _review(page, found[subject], now) if found.get(subject) else None
        for page, subject in zip(pages, subjects, strict=True)
    ]


def _subject(page: Any) -> int:
    # An index page says nothing about health.
    return page_subject_id(page) if hasattr(page, "review_policy_id") else 0


def _by_page(page_ids: set[int]) -> dict[int, list[MedicalReview]]:
    if not page_ids:
        return {}
    model: type[MedicalReview] = apps.get_model("health_content", "MedicalReview")
    reviews: dict[int, list[MedicalReview]] = defaultdict(list)
    rows = model.objects.filter(page_id__in=page_ids).order_by("-reviewed_at", "-pk")
    for row in rows:
        reviews[row.page_id].append(row)
    return reviews


def _review(page: Any, rows: list[MedicalReview], now: datetime) -> ReviewFacts | None:
    digest = page_digest(page)
    row = next((row for row in rows if row.content_digest == digest), None)
    if row is None:
        return None
    # The name of an account is nobody's business: only people of the library are named.
    is_named = row.profile_id is not None
    return ReviewFacts(
        reviewed_at=row.reviewed_at,
        next_review_at=row.expires_at,
        is_overdue=row.expires_at.date() <= now.date(),
        reviewer=row.reviewer_name if is_named else "",
        credentials=_credentials(row.credential) if is_named else "",
    )


def _credentials(snapshot: Any) -> str:
    given = snapshot if isinstance(snapshot, dict) else {}
    names = (given.get("title"), given.get("registration_body"))
    return ", ".join(str(name) for name in names if name)
