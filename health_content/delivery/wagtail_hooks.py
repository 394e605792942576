"""Registration of the delivery part with Wagtail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .admin import policy
from .admin.deliveries import REPEAT_ACTION, DeliveryViewSet
from .admin.endpoints import (
    DELIVERIES,
    LOG_ACTIONS,
    EndpointViewSet,
    WebhooksMenuItem,
)

if TYPE_CHECKING:
    from wagtail.admin.menu import MenuItem
    from wagtail.log_actions import LogActionRegistry

policy.register()


@hooks.register("register_admin_viewset")
def register_webhooks() -> list[EndpointViewSet | DeliveryViewSet]:
    """Add webhooks and the log of their deliveries."""
    return [EndpointViewSet(), DeliveryViewSet()]


@hooks.register("register_reports_menu_item")
def register_deliveries_menu_item() -> MenuItem:
    """Put the log among the reports."""
    return WebhooksMenuItem(
        _("Webhook deliveries"),
        reverse_lazy(f"{DELIVERIES}:index"),
        name="webhook-deliveries",
        icon_name="mail",
        order=910,
    )


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Name what people do with webhooks in Wagtail's history."""
    rotate, test, enable, disable = LOG_ACTIONS.values()
    actions.register_action(rotate, _("Rotate a webhook's secret"), _("Secret rotated"))
    actions.register_action(test, _("Test a webhook"), _("Test event sent"))
    actions.register_action(enable, _("Enable a webhook"), _("Enabled"))
    actions.register_action(disable, _("Disable a webhook"), _("Disabled"))
    actions.register_action(REPEAT_ACTION, _("Send a delivery again"), _("Sent again"))
