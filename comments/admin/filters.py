"""How moderators narrow the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from ..models import ReplyStatus, ReviewItem, Severity
from .labels import REASON_LABELS

if TYPE_CHECKING:
    from django.db.models import QuerySet


class QueueFilterSet(WagtailFilterSet):
    """State of the reply, why it is here, on which page, since when, how grave."""

    status = django_filters.MultipleChoiceFilter(
        field_name="reply__status",
        label=_("Status"),
        choices=ReplyStatus.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = django_filters.ChoiceFilter(
        label=_("Why it is here"),
        choices=list(REASON_LABELS.items()),
        method="filter_reason",
    )
    severity = django_filters.ChoiceFilter(
        label=_("Severity"), choices=Severity.choices
    )
    page = django_filters.CharFilter(
        field_name="reply__thread__page__title",
        lookup_expr="icontains",
        label=_("Article's title"),
    )
    created_at = django_filters.DateFromToRangeFilter(
        label=_("Received"), widget=DateRangePickerWidget
    )

    class Meta:
        model = ReviewItem
        fields: list[str] = []

    def filter_reason(
        self,
        queryset: QuerySet[ReviewItem],
        name: str,  # noqa: ARG002 - django-filter's signature
        value: str,
    ) -> QuerySet[ReviewItem]:
        """Keep the items that have the reason among theirs."""
        return queryset.annotate(reason_text=Cast("reasons", TextField())).filter(
            reason_text__contains=f'"{value}"'
        )
