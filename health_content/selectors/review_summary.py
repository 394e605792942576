"""How a page stands with its medical review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.utils import timezone

from .page_content import page_digest, page_subject_id

if TYPE_CHECKING:
    from ..abstract import HealthPageMixin
    from ..models import MedicalReview


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSummary:
    """The newest review of a page, and what became of it."""

    review: MedicalReview
    is_of_content: bool
    """False when the page was changed since."""
    is_overdue: bool


def review_summary(page: HealthPageMixin) -> ReviewSummary | None:
    """Return the newest review of *page*: of what it says in memory, else of what it said earlier; None without one."""
    model: type[MedicalReview] = apps.get_model("health_content", "MedicalReview")
    rows = model.objects.filter(page_id=page_subject_id(page))
    rows = rows.select_related("rests_on").defer("content", "rests_on__content")
    rows = rows.order_by("-reviewed_at", "-pk")
    digest = page_digest(page)
    review = rows.filter(content_digest=digest).first() or rows.first()
    if review is None:
        return None
    return ReviewSummary(
        review=review,
        is_of_content=review.content_digest == digest,
        is_overdue=review.expires_at <= timezone.now(),
    )
