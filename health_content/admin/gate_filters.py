"""By what the reports of the gate are narrowed down."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import django_filters  # type: ignore[import-untyped]
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import AdminDateInput

from ..compat import page_model
from ..gate_facts import Waiver
from ..models import EmergencyPublication, GateOverride, PageDrift
from ..models.review import OverrideKind
from ..policy_forms import CHECK_LABELS

if TYPE_CHECKING:
    from django.db.models import QuerySet

ENDING_DAYS = 7
DUE = (
    ("overdue", _("Overdue")),
    ("30", _("Due in 30 days")),
    ("60", _("Due in 60 days")),
    ("90", _("Due in 90 days")),
)
STATES = (
    ("waiting", _("Waits for a second person")),
    ("counts", _("Counts")),
    ("ending", _("Ends within 7 days")),
)
LATE = (("late", _("Overdue")), ("open", _("Still in time")))


class DueFilterSet(WagtailFilterSet):
    """Reviews by when the next one is due."""

    due = django_filters.ChoiceFilter(
        label=_("Next review"), choices=DUE, method="filter_due"
    )

    class Meta:
        model = page_model()
        fields = ("due",)

    def filter_due(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Keep what is due by then; what is overdue is due, too."""
        days = 0 if value == "overdue" else int(value)
        return rows.filter(review_due_at__lte=timezone.now() + timedelta(days=days))


class OverrideFilterSet(WagtailFilterSet):
    """Overrides by whether they count, and by what they are about."""

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATES, method="filter_state"
    )
    check_id = django_filters.ChoiceFilter(
        label=_("Check"), choices=tuple(CHECK_LABELS.items())
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind of reason"), choices=OverrideKind.choices
    )

    class Meta:
        model = GateOverride
        fields = ("state", "check_id", "kind")

    def filter_state(
        self, rows: QuerySet[GateOverride], _name: str, value: str
    ) -> QuerySet[GateOverride]:
        """Keep what is in that state."""
        if value == "ending":
            soon = timezone.now() + timedelta(days=ENDING_DAYS)
            return rows.filter(expires_at__lte=soon)
        waiting = {"standing": Waiver.TWO_PEOPLE, "approval": None}
        is_waiting = value == "waiting"
        return rows.filter(**waiting) if is_waiting else rows.exclude(**waiting)


class EmergencyFilterSet(WagtailFilterSet):
    """Emergency publications by whether the review is late."""

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=LATE, method="filter_state"
    )

    class Meta:
        model = EmergencyPublication
        fields = ("state",)

    def filter_state(
        self, rows: QuerySet[EmergencyPublication], _name: str, value: str
    ) -> QuerySet[EmergencyPublication]:
        """Keep what is late, or what is not."""
        now = timezone.now()
        if value == "late":
            return rows.filter(review_due_at__lte=now)
        return rows.filter(review_due_at__gt=now)


class DriftFilterSet(WagtailFilterSet):
    """Pages that would fail, by how long that has been known."""

    found_at = django_filters.DateTimeFilter(
        label=_("Found before"), lookup_expr="lte", widget=AdminDateInput
    )

    class Meta:
        model = PageDrift
        fields = ("found_at",)
