"""By what the reports of the gate are narrowed down."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import django_filters  # type: ignore[import-untyped]
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Locale

from ..choices import RiskTier
from ..compat import page_model
from ..gate_facts import Waiver
from ..models import EmergencyPublication, GateOverride, PageDrift, Topic
from ..models.review import OverrideKind
from ..policy_forms import CHECK_LABELS
from ..selectors.gate_reports import health_page_models

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


def _owners(_request: Any) -> QuerySet[Any]:
    owners = page_model().objects.order_by().values("owner")
    users: QuerySet[Any] = get_user_model().objects.filter(pk__in=owners)
    return users.order_by(get_user_model().USERNAME_FIELD)


def _topics(_request: Any) -> QuerySet[Topic]:
    return Topic.objects.select_related("locale").order_by("name", "pk")


def _locales(_request: Any) -> QuerySet[Locale]:
    return Locale.objects.all()


class PageFilterSet(WagtailFilterSet):
    """Rows by the page that they are about: who owns it, its topic, its risk, its language."""

    page_field = "page_id"

    owner = django_filters.ModelChoiceFilter(
        label=_("Owner of the page"), queryset=_owners, method="filter_owner"
    )
    topic = django_filters.ModelChoiceFilter(
        label=_("Topic"), queryset=_topics, method="filter_topic"
    )
    tier = django_filters.ChoiceFilter(
        label=_("Risk"), choices=RiskTier.choices, method="filter_tier"
    )
    # In place of Wagtail's own, which is about the rows.
    locale = django_filters.ModelChoiceFilter(
        label=_("Language"), queryset=_locales, method="filter_locale"
    )

    def filter_owner(
        self, rows: QuerySet[Any], _name: str, value: Any
    ) -> QuerySet[Any]:
        """Keep what is about pages of that person."""
        return self._of(rows, page_model().objects.filter(owner=value))

    def filter_topic(
        self, rows: QuerySet[Any], _name: str, value: Topic
    ) -> QuerySet[Any]:
        """Keep what is about pages that name the topic."""
        return self._of_health_pages(rows, topics=value)

    def filter_tier(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Keep what is about pages whose editor chose that risk."""
        return self._of_health_pages(rows, risk_tier=value)

    def filter_locale(
        self, rows: QuerySet[Any], _name: str, value: Locale
    ) -> QuerySet[Any]:
        """Keep what is about pages of that language."""
        return self._of(rows, page_model().objects.filter(locale=value))

    def _of(self, rows: QuerySet[Any], *pages: QuerySet[Any]) -> QuerySet[Any]:
        wanted = Q()
        for each in pages:
            wanted |= Q(**{f"{self.page_field}__in": each.order_by().values("pk")})
        return rows.filter(wanted)

    def _of_health_pages(self, rows: QuerySet[Any], **wanted: Any) -> QuerySet[Any]:
        pages = [model._base_manager.filter(**wanted) for model in health_page_models()]  # noqa: SLF001 - Django's documented name
        return self._of(rows, *pages)


class DueFilterSet(PageFilterSet):
    """Reviews by when the next one is due."""

    page_field = "pk"

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


class OverrideFilterSet(PageFilterSet):
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


class EmergencyFilterSet(PageFilterSet):
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


class DriftFilterSet(PageFilterSet):
    """Pages that would fail, by how long that has been known."""

    found_at = django_filters.DateTimeFilter(
        label=_("Found before"), lookup_expr="lte", widget=AdminDateInput
    )

    class Meta:
        model = PageDrift
        fields = ("found_at",)
