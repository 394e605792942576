"""How a page stands with its medical review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Exists, OuterRef
from django.utils import timezone

from .page_content import page_digest, page_subject_id

if TYPE_CHECKING:
    from ..abstract import HealthPageMixin
    from ..models import MedicalReview, ReviewRejection


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSummary:
    """The newest review of a page, and what became of it."""

    review: MedicalReview
    is_of_content: bool
    """False when the page was changed since."""
    is_overdue: bool


def review_rejection(page: HealthPageMixin) -> ReviewRejection | None:
    """Return why a reviewer sent *page* back last; None where nobody did, or it was reviewed since. One query."""
    rejections: type[ReviewRejection] = apps.get_model("health_content", "ReviewRejection")  # fmt: skip
    reviews: type[MedicalReview] = apps.get_model("health_content", "MedicalReview")
    subject = page_subject_id(page)
    later = reviews.objects.filter(
        page_id=subject, reviewed_at__gte=OuterRef("rejected_at")
    )
    rows = rejections.objects.filter(~Exists(later), page_id=subject)
    newest: ReviewRejection | None = rows.order_by("-rejected_at", "-pk").first()
    return newest


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
