"""The reports of the gate: reviews that are due, overrides, emergencies, and public pages that would fail today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.urls import path, reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

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
    overrides_waiting,
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

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from django.urls import URLPattern

# What a spreadsheet takes for a formula (OWASP, "CSV Injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def _edit_url(page_id: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id])


def _named(row: Any) -> str:
    """Return the title of the row's page, or its number when it was deleted."""
    return row.page_title or f"#{row.page_id}"


def _row_url(row: Any) -> str | None:
    return _edit_url(row.page_id) if row.page_title else None


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


class DayColumn(Column):
    """A day that may be yet to come; Wagtail's own column says "Just now" of it."""

    cell_template_name = "health_content/admin/day_cell.html"


class _GateReport(ReportView):
    """A report for those who may see it; what is exported are its columns."""

    results_template_name = "health_content/admin/report_results.html"
    header_icon = "warning"
    is_searchable = False

    @staticmethod
    def may_see(user: Any) -> bool:
        """Return whether *user* may see the report."""
        raise NotImplementedError

    @staticmethod
    def rows() -> QuerySet[Any]:
        """Return what the report lists."""
        raise NotImplementedError

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Let those through who may see it."""
        if not self.may_see(request.user):
            raise PermissionDenied
        self.list_export = [column.name for column in self.columns]
        self.export_headings = {c.name: c.label for c in self.columns}
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_queryset(self) -> Any:
        """Return what the report lists, in its own order."""
        return self.rows()

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        """Return what the columns show; nothing of it is taken for a formula."""
        return {column.name: _cell(column.get_value(item)) for column in self.columns}


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


class ReviewsReport(_GateReport):
    """Live pages by when their next review is due."""

    page_title = gettext_lazy("Medical reviews")
    index_url_name = "health_content_report_reviews"
    index_results_url_name = "health_content_report_reviews_results"
    export_filename = "medical-reviews"
    filterset_class = DueFilterSet
    may_see = staticmethod(may_see_reviews)
    rows = staticmethod(reviewed_pages)
    columns = (
        TitleColumn(
            "draft_title",
            label=gettext_lazy("Page"),
            get_url=lambda page: _edit_url(page.pk),
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


class OverridesReport(_GateReport):
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
            "page", label=gettext_lazy("Page"), accessor=_named, get_url=_row_url
        ),
        Column("check", label=gettext_lazy("Check"), accessor=_check),
        Column("sentence", label=gettext_lazy("What it is about")),
        Column("reason", label=gettext_lazy("Reason")),
        Column("user_name", label=gettext_lazy("Given by")),
        DayColumn("expires_at", label=gettext_lazy("Ends")),
        ApprovalColumn("state", label=gettext_lazy("State"), accessor=_override_state),
    )


class EmergenciesReport(_GateReport):
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
            "page", label=gettext_lazy("Page"), accessor=_named, get_url=_row_url
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


class DriftReport(_GateReport):
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
            "page", label=gettext_lazy("Page"), accessor=_named, get_url=_row_url
        ),
        Column(
            "reasons",
            label=gettext_lazy("What speaks against it"),
            accessor=_drift_reasons,
        ),
        DateColumn("found_at", label=gettext_lazy("Found")),
        DateColumn("checked_at", label=gettext_lazy("Checked last")),
    )


REPORTS: tuple[type[_GateReport], ...] = (
    ReviewsReport,
    OverridesReport,
    EmergenciesReport,
    DriftReport,
)


class ReportMenuItem(MenuItem):
    """The way to a report, for those who may see it."""

    def __init__(self, report: type[_GateReport], *, order: int) -> None:
        self.report = report
        super().__init__(
            report.page_title,
            reverse_lazy(report.index_url_name),
            name=report.index_url_name.replace("_", "-"),
            icon_name=report.header_icon,
            order=order,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user may see the report."""
        return self.report.may_see(request.user)


class GateSummary(Component):
    """The counts of the reports on the dashboard, for those who may see them; nothing while all is well."""

    name = "health"
    template_name = "health_content/admin/gate_summary.html"
    order = 150

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Count what each report that the user may see would ask them to do."""
        user = parent_context["request"].user
        now = timezone.now()
        tasks: tuple[tuple[type[_GateReport], str, Callable[[], int]], ...] = (
            (ReviewsReport, _("Reviews overdue"), reviewed_pages().filter(review_due_at__lte=now).count),
            (OverridesReport, _("Overrides that wait for a second person"), overrides_waiting().count),
            (EmergenciesReport, _("Emergencies to review"), emergencies_open().count),
            (DriftReport, _("Pages that would fail today"), pages_adrift().count),
        )  # fmt: skip
        lines = [
            {"label": label, "count": count(), "url": reverse(report.index_url_name)}
            for report, label, count in tasks
            if report.may_see(user)
        ]
        return {"lines": [line for line in lines if line["count"]]}


def report_urls() -> list[URLPattern]:
    """Return the addresses of the reports, and of what their filters fetch."""
    urls: list[URLPattern] = []
    for report in REPORTS:
        name = report.index_url_name
        slug = name.rpartition("_")[2]
        urls += [
            path(f"gate/reports/{slug}/", report.as_view(), name=name),
            path(
                f"gate/reports/{slug}/results/",
                report.as_view(results_only=True),
                name=report.index_results_url_name,
            ),
        ]
    return urls
