"""Webhooks in the admin: the list, the form, and the page of one with its secret, its health and its buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Permission
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from ..models import DeliveryState, WebhookEndpoint
from ..webhooks import actions
from ..webhooks.endpoints import (
    endpoint_disable,
    endpoint_enable,
    endpoint_rotate,
    endpoint_test,
)
from ..webhooks.keys import endpoint_secret
from .forms import EndpointForm
from .policy import MANAGE, endpoint_policy

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern

NAME = "health_delivery_webhooks"
DELIVERIES = "health_delivery_deliveries"
# Holds the id of the webhook whose secret the next page shows, never the secret.
SESSION_KEY = "health_delivery.show_secret_of"
SHOWN_DELIVERIES = 10

LOG_ACTIONS = {
    "rotate": actions.ROTATE,
    "test": actions.TEST,
    "enable": actions.ENABLE,
    "disable": actions.DISABLE,
}


def endpoint_url(endpoint: WebhookEndpoint) -> str:
    """Return the address of the webhook's page."""
    return reverse(f"{NAME}:detail", args=[endpoint.pk])


def endpoint_status(endpoint: WebhookEndpoint) -> str:
    """Return how the webhook is, in a word or a sentence."""
    if not endpoint.is_enabled:
        return str(endpoint.get_disabled_reason_display())
    return _("Failing") if endpoint.failure_count else _("Enabled")


class EndpointIndexView(IndexView):
    """All webhooks and how they are."""

    any_permission_required = ("view",)
    is_searchable = False
    default_ordering = "name"

    @cached_property
    def columns(self) -> list[Column]:
        """What a row shows; all of it comes with the one query of the list."""
        return [
            TitleColumn("name", label=_("Name"), get_url=endpoint_url, sort_key="name"),
            Column("url", label=_("Address")),
            StatusTagColumn(
                "status",
                label=_("Status"),
                accessor=endpoint_status,
                primary=lambda endpoint: (
                    endpoint.is_enabled and not endpoint.failure_count
                ),
            ),
            DateColumn("last_success_at", label=_("Last success")),
            DateColumn("last_failure_at", label=_("Last failure")),
        ]


class EndpointCreateView(CreateView):
    """Adds a webhook and goes to its page, which shows the secret."""

    def form_valid(self, form: Any) -> Any:
        """Save, and let the next page show the secret."""
        response = super().form_valid(form)
        self.request.session[SESSION_KEY] = self.object.pk
        return response

    def get_success_url(self) -> str:
        """Go to the webhook's page."""
        return endpoint_url(self.object)


class EndpointEditView(EditView):
    """Changes a webhook and goes back to its page."""

    def get_success_url(self) -> str:
        """Go to the webhook's page."""
        return endpoint_url(self.object)


class EndpointView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Reads with GET; each button is a POST."""

    model = WebhookEndpoint
    permission_policy = endpoint_policy
    permission_required = "change"
    template_name = "health_delivery/admin/webhook.html"
    header_icon = "link-external"
    page_title = gettext_lazy("Webhook")
    _show_breadcrumbs = True
    http_method_names = ["get", "head", "post"]

    @cached_property
    def endpoint(self) -> WebhookEndpoint:
        """The webhook of the address."""
        found = WebhookEndpoint.objects.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def get_page_title(self) -> str:
        """Name the webhook."""
        return self.endpoint.name

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Lead back to the list."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{NAME}:index"), "label": _("Webhooks")},
            {"url": "", "label": self.endpoint.name},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather the webhook, its newest deliveries, and its secret when it is to be shown."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        endpoint = self.endpoint
        is_secret_due = self.request.session.get(SESSION_KEY) == endpoint.pk
        if is_secret_due and self.request.method == "GET":
            del self.request.session[SESSION_KEY]
        deliveries = reverse(f"{DELIVERIES}:index")
        return context | {
            "endpoint": endpoint,
            "status": endpoint_status(endpoint),
            "sites": endpoint.sites.all(),
            "secret": endpoint_secret(endpoint) if is_secret_due else "",
            "now": timezone.now(),
            "edit_url": reverse(f"{NAME}:edit", args=[endpoint.pk]),
            "waiting": endpoint.deliveries.filter(state=DeliveryState.WAITING).count(),
            "deliveries": endpoint.deliveries.all()[:SHOWN_DELIVERIES],
            "deliveries_url": f"{deliveries}?endpoint={endpoint.pk}",
        }

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Do what the button says, and log who pressed it."""
        action = request.POST.get("action", "")
        if action not in LOG_ACTIONS:
            return HttpResponseBadRequest()
        log(instance=self.endpoint, action=LOG_ACTIONS[action], user=request.user)
        return getattr(self, f"_{action}")(request)

    def _rotate(self, request: HttpRequest) -> HttpResponse:
        endpoint_rotate(self.endpoint, now=timezone.now())
        request.session[SESSION_KEY] = self.endpoint.pk
        return redirect(endpoint_url(self.endpoint))

    def _test(self, request: HttpRequest) -> HttpResponse:
        delivery = endpoint_test(self.endpoint)
        delivery.refresh_from_db()
        text = _("The answer to the test was: %(result)s") % {
            "result": delivery.last_result
        }
        is_delivered = delivery.state == DeliveryState.DELIVERED
        (messages.success if is_delivered else messages.error)(request, text)
        return redirect(f"{DELIVERIES}:detail", delivery.pk)

    def _enable(self, request: HttpRequest) -> HttpResponse:
        endpoint_enable(self.endpoint)
        messages.success(request, _("The webhook is enabled."))
        return redirect(endpoint_url(self.endpoint))

    def _disable(self, request: HttpRequest) -> HttpResponse:
        endpoint_disable(self.endpoint, now=timezone.now())
        messages.success(request, _("The webhook is disabled."))
        return redirect(endpoint_url(self.endpoint))


class WebhooksMenuItem(MenuItem):
    """The way to webhooks or their log, for those who may manage them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user may."""
        return request.user.has_perm(MANAGE)


class EndpointViewSet(ModelViewSet):
    """Webhooks, among the settings."""

    model = WebhookEndpoint
    name = NAME
    url_prefix = "webhooks"
    icon = "link-external"
    permission_policy = endpoint_policy
    add_to_settings_menu = True
    add_to_reference_index = False
    menu_label = gettext_lazy("Webhooks")
    menu_name = "webhooks"
    menu_item_class = WebhooksMenuItem
    copy_view_enabled = False
    index_view_class = EndpointIndexView
    index_results_template_name = "health_content/admin/listing_results.html"
    add_view_class = EndpointCreateView
    edit_view_class = EndpointEditView

    def get_form_class(self, for_update: bool = False) -> type[EndpointForm]:  # noqa: ARG002 - Wagtail's signature
        """Return the one form of both views."""
        return EndpointForm

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the page of one webhook."""
        detail = path("<int:pk>/", EndpointView.as_view(), name="detail")
        return [*super().get_urlpatterns(), detail]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """Return the one permission, for the form of groups."""
        return Permission.objects.filter(
            content_type__app_label="health_delivery", codename="manage_webhooks"
        )
