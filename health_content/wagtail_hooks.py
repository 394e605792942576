"""Registration of the content part with Wagtail."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.contrib.settings.registry import register_setting
from wagtail.snippets.models import register_snippet

from .admin.confirm import confirm_urls
from .admin.disclaimers import DisclaimerViewSet, refuse_deletion
from .admin.evidence import evidence_buttons, evidence_urls
from .admin.gate_panel import gate_viewsets, relabel_publication
from .admin.group import LibraryViewSetGroup
from .admin.library import refuse_deletion_in_use
from .admin.log_messages import MendingFormatter, RejectionFormatter
from .admin.menus import MenuViewSet
from .admin.overrides import emergency_buttons, gate_urls
from .admin.pages import refuse_bulk_publication
from .admin.reports import REPORTS, GateSummary, ReportMenuItem, report_urls
from .admin.topics import TopicViewSet
from .admin.withdrawals import (
    NAME,
    WithdrawalsMenuItem,
    WithdrawalViewSet,
    withdraw_buttons,
)
from .models import OrganizationSettings
from .services.disclaimers import KEPT_ACTION
from .services.gate import EMERGENCY_ACTION
from .services.mending import MEND_ACTION
from .services.overdue import OVERDUE_ACTION
from .services.overrides import APPROVE_ACTION, OVERRIDE_ACTION
from .services.reviews import REJECT_ACTION, REVIEW_ACTION, RISK_ACTION
from .services.schedules import UNSCHEDULED_ACTION
from .services.withdrawals import LIFT_ACTION, WITHDRAW_ACTION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern
    from wagtail.admin.action_menu import ActionMenuItem
    from wagtail.admin.menu import MenuItem
    from wagtail.admin.ui.components import Component
    from wagtail.admin.views.bulk_action import BulkAction
    from wagtail.admin.viewsets.base import ViewSet
    from wagtail.admin.widgets.button import Button
    from wagtail.log_actions import LogActionRegistry
    from wagtail.models import AbstractPage

ICONS = (
    "approach", "benefit", "care", "disclaimer", "faq", "mechanism", "medicine", "references", "stat", "steps",
)  # fmt: skip
GATE_PERMISSIONS = (
    "override_gate",
    "publish_emergency",
    "review_medically",
    "view_medicalreview",
    "view_gateoverride",
    "view_overrideapproval",
    "view_emergencypublication",
    "view_pagedrift",
    "view_pagefinding",
)

register_snippet(DisclaimerViewSet)
register_snippet(TopicViewSet)
register_snippet(MenuViewSet)
register_snippet(LibraryViewSetGroup)
if apps.is_installed("wagtail.contrib.settings"):
    register_setting(OrganizationSettings, icon="home", name="health-organization")


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
    """Refuse to delete what is in use, before the editor is asked to confirm."""
    return refuse_deletion(request, instances) or refuse_deletion_in_use(
        request, instances
    )


@hooks.register("before_bulk_action")
def before_bulk_action(
    request: HttpRequest, action_type: str, objects: Sequence[Model], action: BulkAction
) -> HttpResponse | None:
    """Refuse to publish many pages at once, with the reason, when one of them cannot go live."""
    if action_type != "publish":
        return None
    given = action.cleaned_form.cleaned_data
    with_drafts_below = given.get("include_descendants", False)
    return refuse_bulk_publication(
        request, objects, action.next_url, with_drafts_below=with_drafts_below
    )


@hooks.register("register_admin_viewset")
def register_withdrawals() -> WithdrawalViewSet:
    """Add the list of withdrawals and its two actions."""
    return WithdrawalViewSet()


@hooks.register("register_admin_viewset")
def register_gate_panel() -> list[ViewSet]:
    """Give the editor of health pages its side panel, where Wagtail can."""
    return gate_viewsets()


@hooks.register("construct_page_action_menu")
def construct_page_action_menu(
    menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    """Say on the button that publishes how much keeps the page from going live."""
    relabel_publication(menu_items, request, context)


@hooks.register("register_reports_menu_item")
def register_withdrawals_menu_item() -> MenuItem:
    """Put the list among the reports, for those who may do something there."""
    return WithdrawalsMenuItem(
        _("Withdrawals"), reverse_lazy(f"{NAME}:index"), icon_name="warning", order=900
    )


for _order, _report in enumerate(REPORTS, start=901):
    hooks.register(
        "register_reports_menu_item", partial(ReportMenuItem, _report, order=_order)
    )


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """Offer the permissions of withdrawals and of the gate in the group form."""
    return Permission.objects.filter(
        Q(codename__endswith="_withdrawal") | Q(codename__in=GATE_PERMISSIONS),
        content_type__app_label="health_content",
    )


@hooks.register("register_admin_urls")
def register_gate_urls() -> list[URLPattern]:
    """Add the forms that let a page pass the gate, its evidence packs, and its reports."""
    return [*gate_urls(), *confirm_urls(), *evidence_urls(), *report_urls()]


@hooks.register("construct_homepage_panels")
def construct_homepage_panels(_request: HttpRequest, panels: list[Component]) -> None:
    """Say on the dashboard what waits for somebody."""
    panels.append(GateSummary())


@hooks.register("register_page_header_buttons")
def page_header_buttons(
    page: AbstractPage, user: AbstractBaseUser, **_kwargs: object
) -> Iterator[Button]:
    """Offer to publish a health page in an emergency, to show what is on record of it, and to withdraw it."""
    yield from emergency_buttons(page, user)
    yield from evidence_buttons(page, user)
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
        _("Not published when its time had come: a check speaks against it"),
    )
    actions.register_action(
        REVIEW_ACTION, _("Review medically"), _("Reviewed medically")
    )
    actions.register_action(REJECT_ACTION)(RejectionFormatter)
    actions.register_action(
        RISK_ACTION, _("Confirm the risk"), _("A lower risk was confirmed")
    )
    actions.register_action(MEND_ACTION)(MendingFormatter)
    actions.register_action(
        OVERRIDE_ACTION, _("Override a check"), _("Let pass a check that it fails")
    )
    actions.register_action(
        APPROVE_ACTION, _("Approve an override"), _("Override approved")
    )
    actions.register_action(
        EMERGENCY_ACTION,
        _("Publish in an emergency"),
        _("Published in an emergency, unchecked"),
    )
    actions.register_action(
        OVERDUE_ACTION,
        _("Take offline, its review is overdue"),
        _("Taken offline: its review was overdue"),
    )
    actions.register_action(WITHDRAW_ACTION, _("Withdraw"), _("Withdrawn"))
    actions.register_action(LIFT_ACTION, _("Lift a withdrawal"), _("Withdrawal lifted"))
