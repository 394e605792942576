"""The report of cache purges in the admin: what waits, what failed, since when and why, and trying again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters  # type: ignore[import-untyped]
from django.contrib.auth.models import Permission
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from ..models import CachePurge
from ..purge.purgers import purger_names
from ..purge.sending import purges_retry
from ..selectors.purges import cache_states, purges_failed_first
from .logs import LogViewSet
from .policy import MANAGE_PURGES, purge_policy

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern

NAME = "health_delivery_purges"
RETRIED = "health_delivery.purge.retry"
STATES = (("failed", gettext_lazy("Failed")), ("waiting", gettext_lazy("Waiting")))


def purge_state(row: CachePurge) -> str:
    """Return where the purge stands, in a word."""
    if row.claim is not None and row.due_at > timezone.now():
        return _("Being sent")
    return _("Failed") if row.last_result else _("Waiting")


def purge_contents(row: CachePurge) -> str:
    """Return how much the cache is to drop, and whether it may show it once more."""
    tags, urls = len(row.tags), len(row.urls)
    parts = [
        ngettext("%(count)d tag", "%(count)d tags", tags) % {"count": tags},
        ngettext("%(count)d address", "%(count)d addresses", urls) % {"count": urls}
        if urls
        else "",
        _("at once") if row.is_hard else "",
    ]
    return ", ".join(part for part in parts if part)


class PurgeFilterSet(WagtailFilterSet):
    """Which cache, and where it stands."""

    purger = django_filters.ChoiceFilter(
        label=gettext_lazy("Cache"),
        choices=lambda: [(name, name) for name in purger_names()],
    )
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=STATES, method="filter_state"
    )

    class Meta:
        model = CachePurge
        fields = ["purger", "state"]

    def filter_state(
        self, rows: QuerySet[CachePurge], _name: str, value: str
    ) -> QuerySet[CachePurge]:
        """Return those of *rows* that failed, or that were not tried yet."""
        if value == "failed":
            return rows.exclude(last_result="")
        return rows.filter(last_result="")


class PurgeIndexView(IndexView):
    """What the caches were not told yet, the newest first."""

    any_permission_required = ("view",)
    page_title = gettext_lazy("Cache purges")
    filterset_class = PurgeFilterSet
    is_searchable = False
    default_ordering = "-pk"
    paginate_by = 50

    @cached_property
    def columns(self) -> list[Column]:
        """What a row shows; all of it comes with the one query of the list."""
        return [
            Column("purger", label=_("Cache")),
            StatusTagColumn("state", label=_("State"), accessor=purge_state),
            Column("contents", label=_("To drop"), accessor=purge_contents),
            DateColumn("recorded_at", label=_("Since")),
            Column("attempt_count", label=_("Attempts")),
            Column("last_result", label=_("Last result")),
            DateColumn("due_at", label=_("Next attempt")),
        ]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Lead to the page that tries again."""
        return [
            HeaderButton(_("Try again"), reverse(f"{NAME}:retry"), icon_name="rotate")
        ]


class RetryView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """How each cache stands; POST sends what waits for it, now."""

    model = CachePurge
    permission_policy = purge_policy
    permission_required = "change"
    template_name = "health_delivery/admin/purges.html"
    header_icon = "rotate"
    page_title = gettext_lazy("Try again")
    _show_breadcrumbs = True
    http_method_names = ["get", "head", "post"]

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Lead back to the list."""
        listing = {"url": reverse(f"{NAME}:index"), "label": _("Cache purges")}
        here = {"url": "", "label": str(self.page_title)}
        return [*self.breadcrumbs_items, listing, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather how each cache stands."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        states = cache_states()
        return context | {
            "states": states,
            "is_all_told": all(state.since is None for state in states),
        }

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Send it, now, and log who asked for it."""
        for row in purges_failed_first():
            log(instance=row, action=RETRIED, user=request.user)
        purges_retry(now=timezone.now())
        faults = [
            f"{state.name} ({state.last_result})"
            for state in cache_states()
            if state.last_result
        ]
        if faults:
            text = _("Not told, and tried again later: %(caches)s")
            messages.error(request, text % {"caches": ", ".join(faults)})
        else:
            messages.success(request, _("The caches were told all that waited."))
        return redirect(f"{NAME}:retry")


class PurgesMenuItem(MenuItem):
    """The way to the report, for those who may, where there is a cache to tell."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user may, and whether there is anything to look at."""
        return bool(purger_names()) and request.user.has_perm(MANAGE_PURGES)


class PurgeViewSet(LogViewSet):
    """The report."""

    model = CachePurge
    name = NAME
    url_prefix = "cache-purges"
    icon = "rotate"
    permission_policy = purge_policy
    index_view_class = PurgeIndexView

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the page that tries again."""
        return [
            *super().get_urlpatterns(),
            path("retry/", RetryView.as_view(), name="retry"),
        ]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """Return the one permission, for the form of groups."""
        return Permission.objects.filter(
            content_type__app_label="health_delivery", codename="manage_purges"
        )
