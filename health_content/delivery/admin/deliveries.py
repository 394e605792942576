"""The log of deliveries in the admin: what was sent, what waits, every attempt, and sending again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters  # type: ignore[import-untyped]
from django.contrib.auth.models import Permission
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log

from ..models import DeliveryState, WebhookDelivery
from ..webhooks.actions import REPEAT
from ..webhooks.endpoints import delivery_send_again
from ..webhooks.event_types import EVENT_TYPES, TEST_TYPE
from .endpoints import DELIVERIES, endpoint_url
from .logs import LogViewSet
from .policy import delivery_policy

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern


class DeliveryFilterSet(WagtailFilterSet):
    """Which webhook, which event, where it stands."""

    type = django_filters.ChoiceFilter(
        label=gettext_lazy("Event"),
        choices=[(name, name) for name in (*EVENT_TYPES, TEST_TYPE)],
    )

    class Meta:
        model = WebhookDelivery
        fields = ["endpoint", "type", "state"]


class DeliveryIndexView(IndexView):
    """Deliveries, the newest first."""

    any_permission_required = ("view",)
    page_title = gettext_lazy("Webhook deliveries")
    filterset_class = DeliveryFilterSet
    is_searchable = False
    default_ordering = "-pk"
    paginate_by = 50

    @cached_property
    def columns(self) -> list[Column]:
        """What a row shows; all of it comes with the one query of the list."""
        return [
            TitleColumn(
                "type",
                label=_("Event"),
                classname="w-whitespace-nowrap",
                get_url=lambda row: reverse(f"{DELIVERIES}:detail", args=[row.pk]),
            ),
            Column("subject", label=_("About")),
            Column("endpoint", label=_("Webhook"), accessor="endpoint.name"),
            StatusTagColumn(
                "state",
                label=_("State"),
                accessor="get_state_display",
                primary=lambda row: row.state == DeliveryState.DELIVERED,
            ),
            Column("attempt_count", label=_("Attempts")),
            Column("last_result", label=_("Last result")),
            DateColumn("occurred_at", label=_("Happened")),
        ]

    def get_base_queryset(self) -> QuerySet[WebhookDelivery]:
        """Fetch the names of the webhooks along."""
        rows: QuerySet[WebhookDelivery] = super().get_base_queryset()
        return rows.select_related("endpoint")


class DeliveryView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """One delivery and its attempts; POST sends it now."""

    model = WebhookDelivery
    permission_policy = delivery_policy
    permission_required = "change"
    template_name = "health_delivery/admin/delivery.html"
    header_icon = "mail"
    page_title = gettext_lazy("Delivery")
    _show_breadcrumbs = True
    http_method_names = ["get", "head", "post"]

    @cached_property
    def delivery(self) -> WebhookDelivery:
        """The delivery of the address."""
        rows = WebhookDelivery.objects.select_related("endpoint")
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def get_page_title(self) -> str:
        """Name the event."""
        return self.delivery.type

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Lead back to the list."""
        index = {"url": reverse(f"{DELIVERIES}:index"), "label": _("Deliveries")}
        here = {"url": "", "label": self.delivery.type}
        return [*self.breadcrumbs_items, index, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather the delivery and its attempts."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        delivery = self.delivery
        return context | {
            "delivery": delivery,
            "is_waiting": delivery.state == DeliveryState.WAITING,
            "endpoint_url": endpoint_url(delivery.endpoint),
            "attempts": delivery.attempts.all(),
        }

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Send it, now, and log who asked for it."""
        delivery = self.delivery
        log(instance=delivery.endpoint, action=REPEAT, user=request.user)
        is_sent = delivery_send_again(delivery)
        delivery.refresh_from_db()
        if not is_sent:
            messages.warning(request, _("It is being sent right now."))
        elif delivery.state == DeliveryState.DELIVERED:
            messages.success(request, _("It was delivered."))
        else:
            text = _("It was not delivered: %(result)s")
            messages.error(request, text % {"result": delivery.last_result})
        return redirect(f"{DELIVERIES}:detail", delivery.pk)


class DeliveryViewSet(LogViewSet):
    """The log."""

    model = WebhookDelivery
    name = DELIVERIES
    url_prefix = "webhook-deliveries"
    icon = "mail"
    permission_policy = delivery_policy
    index_view_class = DeliveryIndexView

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the page of one delivery."""
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", DeliveryView.as_view(), name="detail"),
        ]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """Return none: the webhooks' permission is for their log, too."""
        return Permission.objects.none()
