"""Registration of the content part with Wagtail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .admin.disclaimers import DisclaimerViewSet, refuse_deletion
from .admin.pages import refuse_bulk_publication
from .admin.withdrawals import (
    NAME,
    WithdrawalsMenuItem,
    WithdrawalViewSet,
    withdraw_buttons,
)
from .services.disclaimers import KEPT_ACTION
from .services.publishable import UNSCHEDULED_ACTION
from .services.withdrawals import LIFT_ACTION, WITHDRAW_ACTION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse
    from wagtail.admin.menu import MenuItem
    from wagtail.admin.views.bulk_action import BulkAction
    from wagtail.admin.widgets.button import Button
    from wagtail.log_actions import LogActionRegistry
    from wagtail.models import AbstractPage

ICONS = ("approach", "benefit", "disclaimer", "faq", "mechanism", "references", "steps")

register_snippet(DisclaimerViewSet)


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    """Add the icons of our blocks to Wagtail's sprite."""
    return [*icons, *(f"health_content/icons/hp-{name}.svg" for name in ICONS)]


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    """Link the style sheet of the editing forms."""
    return format_html(
        '<link rel="stylesheet" href="{}">', static("health_content/admin.css")
    )


@hooks.register("before_delete_snippet")
def before_delete_snippet(
    request: HttpRequest, instances: Sequence[Model]
) -> HttpResponse | None:
    """Refuse to delete a disclaimer in use, before the editor is asked to confirm."""
    return refuse_deletion(request, instances)


@hooks.register("before_bulk_action")
def before_bulk_action(
    request: HttpRequest, action_type: str, objects: Sequence[Model], action: BulkAction
) -> HttpResponse | None:
    """Refuse to publish many pages at once, with the reason, when one of them cannot go live."""
    if action_type != "publish":
        return None
    return refuse_bulk_publication(request, objects, action.next_url)


@hooks.register("register_admin_viewset")
def register_withdrawals() -> WithdrawalViewSet:
    """Add the list of withdrawals and its two actions."""
    return WithdrawalViewSet()


@hooks.register("register_reports_menu_item")
def register_withdrawals_menu_item() -> MenuItem:
    """Put the list among the reports, for those who may do something there."""
    return WithdrawalsMenuItem(
        _("Withdrawals"), reverse_lazy(f"{NAME}:index"), icon_name="warning", order=900
    )


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """Offer the permissions of withdrawals in the group form."""
    return Permission.objects.filter(
        content_type__app_label="health_content", codename__endswith="_withdrawal"
    )


@hooks.register("register_page_header_buttons")
def page_header_buttons(
    page: AbstractPage, user: AbstractBaseUser, **_kwargs: object
) -> Iterator[Button]:
    """Offer to withdraw a health page."""
    yield from withdraw_buttons(page, user)


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """Name the actions of the content part in Wagtail's history."""
    actions.register_action(
        KEPT_ACTION,
        _("Keep an expired disclaimer"),
        _("Kept although its date had passed: live pages show it"),
    )
    actions.register_action(
        UNSCHEDULED_ACTION,
        _("Drop a schedule"),
        _(
            "Not published when its time had come: a disclaimer it chose cannot be shown"
        ),
    )
    actions.register_action(WITHDRAW_ACTION, _("Withdraw"), _("Withdrawn"))
    actions.register_action(LIFT_ACTION, _("Lift a withdrawal"), _("Withdrawal lifted"))
