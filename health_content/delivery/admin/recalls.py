"""The report of a recall in the admin: who was told, who confirmed; on a page, and as a table for other programs."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from ...admin.withdrawals import NAME as WITHDRAWALS
from ...document import timestamp
from ...models import Withdrawal
from ...permissions import may_see_withdrawals
from ..models import NoticeState
from ..selectors.recalls import RecallCount, recall_counts, recall_report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from django.urls import URLPattern

    from ..selectors.recalls import ConsumerLine

NAME = "health_delivery_recalls"
HEAD = (
    "consumer", "kind", "state", "told_at", "attempts", "last_result", "failed_at",
    "acknowledged_at", "action", "version", "cursor",
)  # fmt: skip
# What a spreadsheet takes for a formula (OWASP, "CSV Injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class _WithdrawalMixin:
    """Finds the withdrawal of the address, for those who may see withdrawals."""

    kwargs: dict[str, Any]

    @cached_property
    def withdrawal(self) -> Withdrawal:
        """The withdrawal of the address."""
        found = Withdrawal.objects.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Let those through who may see withdrawals."""
        if not may_see_withdrawals(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a view's


class RecallView(_WithdrawalMixin, WagtailAdminTemplateMixin, TemplateView):
    """The report of one withdrawal."""

    template_name = "health_delivery/admin/recall.html"
    header_icon = "warning"
    page_title = gettext_lazy("Recall")
    _show_breadcrumbs = True

    def get_page_subtitle(self) -> str:
        """Name the page."""
        return self.withdrawal.title

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Lead back to the list."""
        listing = {"url": reverse(f"{WITHDRAWALS}:index"), "label": _("Withdrawals")}
        here = {"url": "", "label": _("Recall"), "sublabel": self.withdrawal.title}
        return [*self.breadcrumbs_items, listing, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather the withdrawal and its report."""
        report = recall_report(self.withdrawal.pk)
        count = RecallCount(
            consumers=len(report.lines), confirmed=report.confirmed_count
        )
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "withdrawal": self.withdrawal,
            "lines": report.lines,
            "summary": confirmed_words(count),
            "acknowledged": NoticeState.ACKNOWLEDGED,
            "csv_url": reverse(f"{NAME}:csv", args=[self.withdrawal.pk]),
        }


class RecallCsvView(_WithdrawalMixin, View):
    """The same as comma-separated values (RFC 4180)."""

    http_method_names = ["get", "head"]

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Return the table, to be saved."""
        name = f"recall-{self.withdrawal.pk}.csv"
        response = HttpResponse(
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
        writer = csv.writer(response)
        writer.writerow(HEAD)
        for line in recall_report(self.withdrawal.pk).lines:
            writer.writerow(_safe_cell(cell) for cell in _cells(line))
        return response


class RecallViewSet(ViewSet):
    """The page of each recall; the list of withdrawals leads to it."""

    name = NAME
    url_prefix = "recalls"
    icon = "warning"

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the report and its table."""
        return [
            path("<int:pk>/", RecallView.as_view(), name="report"),
            path("<int:pk>/csv/", RecallCsvView.as_view(), name="csv"),
        ]


class ConsumersColumn(Column):
    """How many consumers confirmed each withdrawal of the list, and the way to its report. One query for the list."""

    cell_template_name = "health_delivery/admin/consumers_cell.html"
    _counts: dict[int, RecallCount] | None = None

    def get_value(self, instance: Any) -> str:
        """Return the count in words."""
        count = (self._counts or {}).get(instance.pk, RecallCount())
        return confirmed_words(count)

    def get_cell_context_data(
        self, instance: Any, parent_context: dict[str, Any]
    ) -> dict[str, Any]:
        """Add the address of the report."""
        if self._counts is None:
            rows = parent_context["table"].data
            self._counts = recall_counts(row.pk for row in rows)
        context: dict[str, Any] = super().get_cell_context_data(
            instance, parent_context
        )
        return context | {"report_url": reverse(f"{NAME}:report", args=[instance.pk])}


def confirmed_words(count: RecallCount) -> str:
    """Return how many of a withdrawal's consumers confirmed."""
    if not count.consumers:
        return _("No consumers")
    return ngettext(
        "%(confirmed)d of %(consumers)d consumer confirmed",
        "%(confirmed)d of %(consumers)d consumers confirmed",
        count.consumers,
    ) % {"confirmed": count.confirmed, "consumers": count.consumers}


def _cells(line: ConsumerLine) -> Iterator[object]:
    yield from (line.name, "webhook" if line.is_webhook else "account", line.state)
    yield from (_moment(line.told_at), line.attempt_count, line.last_result)
    yield from (_moment(line.failed_at), _moment(line.acknowledged_at))
    yield from (str(line.action or ""), line.version or "", line.cursor or "")


def _moment(moment: datetime | None) -> str:
    return timestamp(moment) or ""


def _safe_cell(cell: object) -> str:
    """Return *cell* as text that no spreadsheet calculates with."""
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
