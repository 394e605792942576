"""What the reports of the gate list: each a queryset of its own, with the title of the page along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import get_page_models

from ..compat import page_model
from ..gate_facts import Waiver

if TYPE_CHECKING:
    from ..models import EmergencyPublication, GateOverride, PageDrift


def health_page_models() -> list[type[Any]]:
    """Return the page classes of the site that the gate knows."""
    # Models of a site import that module, which selectors must not need.
    from ..abstract import HealthPageMixin

    return [m for m in get_page_models() if issubclass(m, HealthPageMixin)]


def health_page_types() -> list[int]:
    """Return the ids of the content types of those classes."""
    types = ContentType.objects.get_for_models(*health_page_models()).values()
    return [each.pk for each in types]


def reviewed_pages() -> QuerySet[Any]:
    """Return the live health pages that somebody reviewed, the ones that are due first.

    With `reviewed_at`, `review_due_at` and `reviewer_name` of the newest review of the page, or of an alias's source.
    """
    reviews = apps.get_model("health_content", "MedicalReview").objects
    subject = Coalesce(OuterRef("alias_of_id"), OuterRef("pk"))
    newest = reviews.filter(page_id=subject).order_by("-reviewed_at", "-pk")
    pages: QuerySet[Any] = page_model().objects.filter(
        live=True, content_type__in=health_page_types()
    )
    annotated = pages.annotate(
        reviewed_at=Subquery(newest.values("reviewed_at")[:1]),
        review_due_at=Subquery(newest.values("expires_at")[:1]),
        reviewer_name=Subquery(newest.values("reviewer_name")[:1]),
    )
    found: QuerySet[Any] = annotated.exclude(review_due_at=None)
    return found.order_by("review_due_at", "pk")


def overrides_open() -> QuerySet[GateOverride]:
    """Return the overrides that have not ended, the ones that end first before the others."""
    model: type[GateOverride] = apps.get_model("health_content", "GateOverride")
    rows = model.objects.filter(expires_at__gt=timezone.now())
    return with_title(rows.select_related("approval")).order_by("expires_at", "pk")


def overrides_waiting() -> QuerySet[GateOverride]:
    """Return the overrides that a second person has still to approve."""
    return overrides_open().filter(standing=Waiver.TWO_PEOPLE, approval=None)


def emergencies_open() -> QuerySet[EmergencyPublication]:
    """Return the emergency publications whose page nobody reviewed since, the oldest first."""
    reviews = apps.get_model("health_content", "MedicalReview").objects
    later = reviews.filter(
        page_id=OuterRef("page_id"), reviewed_at__gt=OuterRef("published_at")
    )
    model: type[EmergencyPublication] = apps.get_model(
        "health_content", "EmergencyPublication"
    )
    rows = model.objects.filter(~Exists(later))
    return with_title(rows).order_by("review_due_at", "pk")


def pages_adrift() -> QuerySet[PageDrift]:
    """Return the public pages that would not go live today, as the last audit found them."""
    model: type[PageDrift] = apps.get_model("health_content", "PageDrift")
    return with_title(model.objects.all()).order_by("found_at", "pk")


def with_title(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return *rows* with `page_title`, "" where the page is gone. They have `page_id`."""
    titles = page_model().objects.filter(pk=OuterRef("page_id"))
    titled: QuerySet[Any] = rows.annotate(
        page_title=Coalesce(Subquery(titles.values("draft_title")[:1]), Value(""))
    )
    return titled
