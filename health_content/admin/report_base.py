"""What every report of health content has in common: who sees it, its columns in a spreadsheet, and a small chart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from django.utils.functional import _StrPromise

# What a spreadsheet takes for a formula (OWASP, "CSV Injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def edit_url(page_id: int) -> str:
    """Return the address of the editor of the page."""
    return reverse("wagtailadmin_pages:edit", args=[page_id])


def page_name(row: Any) -> str:
    """Return the title of the row's page, or its number when it was deleted."""
    return row.page_title or f"#{row.page_id}"


def page_url(row: Any) -> str | None:
    """Return the address of the editor of the row's page, None when it was deleted."""
    return edit_url(row.page_id) if row.page_title else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of a chart."""

    label: str
    count: int
    width: int
    """Percent of the longest bar, at least one."""


def bars_of(counts: Mapping[str, int]) -> Sequence[Bar]:
    """Return a bar for each of *counts*, in their order."""
    longest = max(counts.values(), default=0) or 1
    return [
        Bar(label=label, count=count, width=max(round(100 * count / longest), 1))
        for label, count in counts.items()
    ]


class DayColumn(Column):
    """A day that may be yet to come; Wagtail's own column says "Just now" of it."""

    cell_template_name = "health_content/admin/day_cell.html"


class HealthReport(ReportView):
    """A report for those who may see it; what is exported are its columns."""

    results_template_name = "health_content/admin/report_results.html"
    header_icon = "warning"
    is_searchable = False
    chart_title: _StrPromise | str = ""

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

    def chart(self, rows: QuerySet[Any]) -> Mapping[str, int]:  # noqa: ARG002 - for subclasses
        """Return what is counted of *rows*, all pages of the list, by label; nothing for a report without a chart."""
        return {}

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the chart."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        counts = {} if self.is_export else self.chart(self.object_list)
        return context | {"bars": bars_of(counts), "chart_title": self.chart_title}

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
