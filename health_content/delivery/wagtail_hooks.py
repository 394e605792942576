"""Registration of the delivery part with Wagtail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from ..admin.withdrawals import COLUMNS_HOOK
from ..compat import api_token_model
from .admin import policy
from .admin.deliveries import DeliveryViewSet
from .admin.endpoints import (
    DELIVERIES,
    LOG_ACTIONS,
    EndpointViewSet,
    WebhooksMenuItem,
)
from .admin.previews import end_buttons, end_urls, panel_script
from .admin.purges import NAME as PURGES
from .admin.purges import RETRIED, PurgesMenuItem, PurgeViewSet
from .admin.recalls import ConsumersColumn, RecallViewSet
from .admin.tokens import TokenViewSet
from .webhooks.actions import REPEAT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.urls import URLPattern
    from wagtail.admin.menu import MenuItem
    from wagtail.admin.ui.tables import Column
    from wagtail.admin.viewsets.base import ViewSet
    from wagtail.admin.widgets.button import Button
    from wagtail.log_actions import LogActionRegistry
    from wagtail.models import AbstractPage

policy.register()


@hooks.register("register_admin_viewset")
def register_webhooks() -> list[ViewSet]:
    """Add webhooks, the log of their deliveries, and the reports of recalls and of cache purges."""
    return [EndpointViewSet(), DeliveryViewSet(), RecallViewSet(), PurgeViewSet()]


@hooks.register("register_admin_viewset")
def register_tokens() -> list[ViewSet]:
    """Add API access, where Wagtail has tokens."""
    return [TokenViewSet()] if api_token_model() is not None else []


@hooks.register(COLUMNS_HOOK)
def consumers_column() -> Column:
    """Show in the list of withdrawals how many consumers confirmed."""
    return ConsumersColumn("consumers", label=_("Consumers"))


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


@hooks.register("register_reports_menu_item")
def register_purges_menu_item() -> MenuItem:
    """Put cache purges among the reports."""
    return PurgesMenuItem(
        _("Cache purges"),
        reverse_lazy(f"{PURGES}:index"),
        name="cache-purges",
        icon_name="rotate",
        order=920,
    )


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Name what people do with webhooks in Wagtail's history."""
    rotate, test, enable, disable = LOG_ACTIONS.values()
    actions.register_action(rotate, _("Rotate a webhook's secret"), _("Secret rotated"))
    actions.register_action(test, _("Test a webhook"), _("Test event sent"))
    actions.register_action(enable, _("Enable a webhook"), _("Enabled"))
    actions.register_action(disable, _("Disable a webhook"), _("Disabled"))
    actions.register_action(RETRIED, _("Purge a cache again"), _("Purged again"))
    actions.register_action(REPEAT, _("Send a delivery again"), _("Sent again"))


@hooks.register("insert_editor_js")
def editor_js() -> str:
    """Let the preview panel talk with front ends."""
    return panel_script()


@hooks.register("register_admin_urls")
def register_preview_urls() -> list[URLPattern]:
    """Add the way to end previews."""
    return end_urls()


@hooks.register("register_page_header_buttons")
def page_header_buttons(
    page: AbstractPage, user: AbstractBaseUser, **_kwargs: object
) -> Iterator[Button]:
    """Offer to end a page's previews."""
    yield from end_buttons(page, user)
