"""By what the reports on content are narrowed down."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import django_filters  # type: ignore[import-untyped]
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import AdminDateInput

from ..compat import page_model
from ..models import (
    DisclaimerVersion,
    PageFinding,
    PersonProfile,
    PublicationRecord,
    Reference,
)
from ..policy_forms import CHECK_LABELS
from ..selectors.content_reports import records_showing
from .gate_filters import PageFilterSet

if TYPE_CHECKING:
    from django.db.models import QuerySet

LEVELS = (("block", _("Blocking")), ("warn", _("Warning")))
SOURCE_STATES = (
    ("retracted", _("Retracted")),
    ("superseded", _("Superseded")),
    ("unchecked", _("Never checked")),
)
CREDENTIAL_STATES = (
    ("expired", _("Expired")),
    ("30", _("Ends in 30 days")),
    ("90", _("Ends in 90 days")),
    ("unverified", _("Never looked up")),
)
CLAIM_CHECKS = ("G08", "G09", "G11", "G21")


def _disclaimer_keys() -> list[tuple[str, str]]:
    rows = DisclaimerVersion.objects.order_by("key", "title")
    return list(dict(rows.values_list("key", "title").distinct()).items())


class FindingFilterSet(PageFilterSet):
    """Findings by how much they matter, and by how long they have been known."""

    level = django_filters.ChoiceFilter(label=_("Level"), choices=LEVELS)
    found_at = django_filters.DateTimeFilter(
        label=_("Found before"), lookup_expr="lte", widget=AdminDateInput
    )

    class Meta:
        model = PageFinding
        fields = ("level", "found_at")


class ClaimFilterSet(FindingFilterSet):
    """Claims by check and rule, too."""

    check_id = django_filters.ChoiceFilter(
        label=_("Check"), choices=[(c, CHECK_LABELS[c]) for c in CLAIM_CHECKS]
    )
    rule = django_filters.CharFilter(
        label=_("Rule"), lookup_expr="istartswith", widget=forms.TextInput
    )

    class Meta:
        model = PageFinding
        fields = ("level", "check_id", "rule", "found_at")


class ShownDisclaimerFilterSet(PageFilterSet):
    """Public pages by the disclaimer that they show, and in which wording."""

    disclaimer = django_filters.ChoiceFilter(
        label=_("Disclaimer"), choices=_disclaimer_keys, method="filter_disclaimer"
    )
    version = django_filters.NumberFilter(
        label=_("Number of the wording"), method="filter_version", min_value=1
    )

    class Meta:
        model = PublicationRecord
        fields = ("disclaimer", "version")

    def filter_disclaimer(
        self, rows: QuerySet[Any], _name: str, value: str
    ) -> QuerySet[Any]:
        """Keep the pages that show it, in the wording of the other field if one is given there."""
        version = self.form.cleaned_data.get("version")
        number = None if version is None else int(version)
        return rows.filter(pk__in=records_showing(rows, key=value, version=number))

    def filter_version(
        self, rows: QuerySet[Any], _name: str, _value: Any
    ) -> QuerySet[Any]:
        """Keep all: a number means something with a disclaimer only, which looks at it."""
        return rows


class SourceFilterSet(WagtailFilterSet):
    """Sources by what became of them, and by age."""

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=SOURCE_STATES, method="filter_state"
    )
    years = django_filters.NumberFilter(
        label=_("Older than (years)"), method="filter_years", min_value=1, max_value=200
    )

    class Meta:
        model = Reference
        fields = ("state", "years", "kind")

    def filter_state(
        self, rows: QuerySet[Any], _name: str, value: str
    ) -> QuerySet[Any]:
        """Keep what is in that state."""
        if value == "retracted":
            return rows.filter(retracted_at__isnull=False)
        if value == "superseded":
            return rows.filter(superseded_by__isnull=False)
        return rows.filter(checked_at=None)

    def filter_years(
        self, rows: QuerySet[Any], _name: str, value: Any
    ) -> QuerySet[Any]:
        """Keep what appeared longer ago; what has no year is of no known age."""
        return rows.filter(year__lt=timezone.localdate().year - int(value))


class ReviewerFilterSet(WagtailFilterSet):
    """Reviewers by what is wrong with their credential."""

    credential = django_filters.ChoiceFilter(
        label=_("Credential"), choices=CREDENTIAL_STATES, method="filter_credential"
    )

    class Meta:
        model = PersonProfile
        fields = ("credential", "is_active")

    def filter_credential(
        self, rows: QuerySet[Any], _name: str, value: str
    ) -> QuerySet[Any]:
        """Keep those whose best credential is so."""
        today = timezone.localdate()
        if value == "unverified":
            return rows.filter(credential_title__isnull=False, verified_at=None)
        if value == "expired":
            return rows.filter(credential_until__lt=today)
        last = today + timedelta(days=int(value))
        return rows.filter(credential_until__gte=today, credential_until__lte=last)


class TranslationFilterSet(PageFilterSet):
    """Translations by their page."""

    page_field = "pk"

    class Meta:
        model = page_model()
        fields = ()
