"""The reports of health content: their entries in the menu, their addresses, and what they count on the dashboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import path, reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from ..selectors.content_reports import claims_open, translations_behind
from ..selectors.gate_reports import (
    emergencies_open,
    overrides_waiting,
    pages_adrift,
    reviewed_pages,
)
from .content_reports import (
    ClaimsReport,
    DisclaimersReport,
    GapsReport,
    NoiseReport,
    ReferencesReport,
    ReviewersReport,
    TranslationsReport,
)
from .gate_reports import (
    DriftReport,
    EmergenciesReport,
    OverridesReport,
    ReviewsReport,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.urls import URLPattern

    from .report_base import HealthReport

REPORTS: tuple[type[HealthReport], ...] = (
    ReviewsReport,
    OverridesReport,
    EmergenciesReport,
    DriftReport,
    ClaimsReport,
    GapsReport,
    TranslationsReport,
    DisclaimersReport,
    ReferencesReport,
    ReviewersReport,
    NoiseReport,
)


class ReportMenuItem(MenuItem):
    """The way to a report, for those who may see it."""

    def __init__(self, report: type[HealthReport], *, order: int) -> None:
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
        tasks: tuple[tuple[type[HealthReport], str, Callable[[], int]], ...] = (
            (ReviewsReport, _("Reviews overdue"), reviewed_pages().filter(review_due_at__lte=now).count),
            (OverridesReport, _("Overrides that wait for a second person"), overrides_waiting().count),
            (EmergenciesReport, _("Emergencies to review"), emergencies_open().count),
            (DriftReport, _("Pages that would fail today"), pages_adrift().count),
            (ClaimsReport, _("Claims without evidence"), claims_open().count),
            (TranslationsReport, _("Translations behind their source"), translations_behind().count),
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
