"""The reports of the gate: reviews that are due, overrides, emergencies, and public pages that would fail today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from ..gate_checks import Reason
from ..gate_facts import Level
from ..gate_messages import reason_text
from ..models import EmergencyPublication, GateOverride, PageDrift
from ..permissions import (
    may_see_drift,
    may_see_emergencies,
    may_see_overrides,
    may_see_reviews,
)
from ..policy_forms import CHECK_LABELS
from ..selectors.gate_reports import (
    emergencies_open,
    overrides_open,
    pages_adrift,
    reviewed_pages,
)
from ..selectors.overrides import override_waits
from .findings import APPROVE_URL
from .gate_filters import (
    DriftFilterSet,
    DueFilterSet,
    EmergencyFilterSet,
    OverrideFilterSet,
)
from .report_base import DayColumn, HealthReport, edit_url, page_name, page_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

# A year of columns; later reviews are in the list.
CHART_MONTHS = 12


def _check(row: GateOverride) -> str:
    return f"{row.check_id} {CHECK_LABELS[row.check_id]}"


def _due_state(moment: Any) -> str:
    return _("Overdue") if moment <= timezone.now() else _("In time")


def _override_state(row: GateOverride) -> str:
    return _("Waits for a second person") if override_waits(row) else _("Counts")


def _drift_reasons(row: PageDrift) -> str:
    reasons = (
        Reason(
            code=each["code"],
            level=Level.BLOCK,
            text=each["text"],
            message=each["message"],
            suggestion=each["suggestion"],
        )
        for each in row.outcomes
    )
    return " ".join(dict.fromkeys(reason_text(reason) for reason in reasons))


class ApprovalColumn(Column):
    """What became of an override, with the way to approve it."""

    cell_template_name = "health_content/admin/approval_cell.html"

    def get_cell_context_data(
        self, instance: Any, parent_context: dict[str, Any]
    ) -> dict[str, Any]:
        """Add the address, while it waits."""
        context: dict[str, Any] = super().get_cell_context_data(
            instance, parent_context
        )
        url = reverse(APPROVE_URL, args=[instance.pk]) if override_waits(instance) else ""  # fmt: skip
        return context | {"approve_url": url}


class ReviewsReport(HealthReport):
    """Live pages by when their next review is due."""

    page_title = gettext_lazy("Medical reviews")
    index_url_name = "health_content_report_reviews"
    index_results_url_name = "health_content_report_reviews_results"
    export_filename = "medical-reviews"
    filterset_class = DueFilterSet
    may_see = staticmethod(may_see_reviews)
    rows = staticmethod(reviewed_pages)
    chart_title = gettext_lazy("Next reviews by month")
    columns = (
        TitleColumn(
            "draft_title",
            label=gettext_lazy("Page"),
            get_url=lambda page: edit_url(page.pk),
        ),
        Column("reviewer_name", label=gettext_lazy("Reviewed by")),
        DateColumn("reviewed_at", label=gettext_lazy("Reviewed")),
        DayColumn("review_due_at", label=gettext_lazy("Next review")),
        Column(
            "state",
            label=gettext_lazy("State"),
            accessor=lambda page: _due_state(page.review_due_at),
        ),
    )

    def chart(self, rows: QuerySet[Any]) -> Mapping[str, int]:
        """Count the reviews of each month; what is overdue is one number."""
        now = timezone.now()
        months = (
            rows.order_by()
            .filter(review_due_at__gt=now)
            .values(month=TruncMonth("review_due_at"))
            .annotate(count=Count("pk"))
            .order_by("month")[:CHART_MONTHS]
        )
        counts = {date_format(each["month"], "YEAR_MONTH_FORMAT"): each["count"] for each in months}  # fmt: skip
        overdue = rows.filter(review_due_at__lte=now).count()
        return ({str(_("Overdue")): overdue} if overdue else {}) | counts


class OverridesReport(HealthReport):
    """Overrides that have not ended."""

    model = GateOverride
    page_title = gettext_lazy("Overrides of the gate")
    index_url_name = "health_content_report_overrides"
    index_results_url_name = "health_content_report_overrides_results"
    export_filename = "overrides"
    filterset_class = OverrideFilterSet
    may_see = staticmethod(may_see_overrides)
    rows = staticmethod(overrides_open)
    columns = (
        TitleColumn(
            "page", label=gettext_lazy("Page"), accessor=page_name, get_url=page_url
        ),
        Column("check", label=gettext_lazy("Check"), accessor=_check),
        Column("sentence", label=gettext_lazy("What it is about")),
        Column("reason", label=gettext_lazy("Reason")),
        Column("user_name", label=gettext_lazy("Given by")),
        DayColumn("expires_at", label=gettext_lazy("Ends")),
        ApprovalColumn("state", label=gettext_lazy("State"), accessor=_override_state),
    )


class EmergenciesReport(HealthReport):
    """What was published unchecked and was not reviewed since."""

    model = EmergencyPublication
    page_title = gettext_lazy("Emergencies to review")
    index_url_name = "health_content_report_emergencies"
    index_results_url_name = "health_content_report_emergencies_results"
    export_filename = "emergencies"
    filterset_class = EmergencyFilterSet
    may_see = staticmethod(may_see_emergencies)
    rows = staticmethod(emergencies_open)
    columns = (
        TitleColumn(
            "page", label=gettext_lazy("Page"), accessor=page_name, get_url=page_url
        ),
        Column("reason", label=gettext_lazy("Reason")),
        Column("user_name", label=gettext_lazy("Published by")),
        DateColumn("published_at", label=gettext_lazy("Published")),
        DayColumn("review_due_at", label=gettext_lazy("Review due")),
        Column(
            "state",
            label=gettext_lazy("State"),
            accessor=lambda row: _due_state(row.review_due_at),
        ),
    )


class DriftReport(HealthReport):
    """Public pages that would not go live today, as the last audit found them."""

    model = PageDrift
    page_title = gettext_lazy("Would fail today")
    index_url_name = "health_content_report_drift"
    index_results_url_name = "health_content_report_drift_results"
    export_filename = "would-fail-today"
    filterset_class = DriftFilterSet
    may_see = staticmethod(may_see_drift)
    rows = staticmethod(pages_adrift)
    columns = (
        TitleColumn(
            "page", label=gettext_lazy("Page"), accessor=page_name, get_url=page_url
        ),
        Column(
            "reasons",
            label=gettext_lazy("What speaks against it"),
            accessor=_drift_reasons,
        ),
        DateColumn("found_at", label=gettext_lazy("Found")),
        DateColumn("checked_at", label=gettext_lazy("Checked last")),
    )
