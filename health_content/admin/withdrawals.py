"""Recall in the admin: the form that withdraws a page, the list of withdrawals, and lifting one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn, UserColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.models import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminPageChooser
from wagtail.admin.widgets.button import Button

from ..abstract import HealthPageMixin
from ..actors import actor_active
from ..compat import page_model
from ..errors import ReplacementRefused, WithdrawalRefused
from ..models import Withdrawal
from ..permissions import LIFT, may_see_withdrawals, may_withdraw
from ..selectors.withdrawals import withdrawal_of_page
from ..services.withdrawals import page_withdraw, withdrawal_lift

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase
    from django.urls import URLPattern
    from wagtail.models import AbstractPage

NAME = "health_content_withdrawals"
# Wagtail hook: functions without arguments, each of which returns one more column of the list.
COLUMNS_HOOK = "construct_withdrawal_listing_column"


class WithdrawalForm(forms.ModelForm):
    """Why, how grave, and what to read instead."""

    class Meta:
        model = Withdrawal
        fields = ("reason", "severity", "replacement")
        widgets = {
            "reason": forms.Textarea(attrs={"rows": 4}),
            "severity": forms.RadioSelect,
            "replacement": AdminPageChooser,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Nobody should have the gravest class, or the mildest, chosen for them.
        severity: Any = self.fields["severity"]
        severity.choices = [choice for choice in severity.choices if choice[0]]


class _ActionView(WagtailAdminTemplateMixin, FormView):
    """A form of its own under the list of withdrawals."""

    header_icon = "warning"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Lead back to the list."""
        listing = {"url": reverse(f"{NAME}:index"), "label": _("Withdrawals")}
        own = {
            "url": "",
            "label": self.page_title,
            "sublabel": self.get_page_subtitle(),
        }
        return [*self.breadcrumbs_items, listing, own]


class WithdrawView(_ActionView):
    """Asks for the reason, and withdraws the page."""

    template_name = "health_content/admin/withdraw.html"
    page_title = gettext_lazy("Withdraw")
    form_class = WithdrawalForm

    @cached_property
    def page(self) -> AbstractPage:
        """The health page of the address."""
        page = page_model().objects.filter(pk=self.kwargs["page_id"]).first()
        specific = page.specific if page else None
        if not isinstance(specific, HealthPageMixin):
            raise Http404
        return specific

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Let those through who may withdraw this page."""
        if not may_withdraw(self.page, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """Name the page."""
        return str(self.page.get_admin_display_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the page."""
        back = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return super().get_context_data(**kwargs) | {
            "page": self.page,
            "back_url": back,
        }

    def form_valid(self, form: WithdrawalForm) -> HttpResponse:
        """Withdraw, or say why not."""
        given = form.cleaned_data
        try:
            page_withdraw(
                self.page,
                actor=actor_active("withdraw"),
                reason=given["reason"],
                severity=given["severity"],
                replacement=given["replacement"],
            )
        except WithdrawalRefused as error:
            is_replacement = isinstance(error, ReplacementRefused)
            form.add_error("replacement" if is_replacement else None, str(error))
            return self.form_invalid(form)
        title = self.page.get_admin_display_title()
        messages.success(self.request, _("“%s” was withdrawn.") % title)
        return redirect(f"{NAME}:index")


class LiftView(_ActionView):
    """Asks once more, and lifts a withdrawal."""

    template_name = "health_content/admin/lift_withdrawal.html"
    page_title = gettext_lazy("Lift the withdrawal")
    form_class = forms.Form

    @cached_property
    def withdrawal(self) -> Withdrawal:
        """The withdrawal of the address."""
        found = Withdrawal.objects.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Let those through who may lift withdrawals."""
        if not request.user.has_perm(LIFT):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """Name the page."""
        return self.withdrawal.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the withdrawal."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "withdrawal": self.withdrawal,
            "back_url": reverse(f"{NAME}:index"),
        }

    def form_valid(self, _form: forms.Form) -> HttpResponse:
        """Lift, or say why not."""
        try:
            withdrawal_lift(self.withdrawal, actor=actor_active("withdraw"))
        except WithdrawalRefused as error:
            messages.error(self.request, str(error))
        else:
            messages.success(
                self.request,
                _("“%s” may be published again.") % self.withdrawal.title,
            )
        return redirect(f"{NAME}:index")


class LiftColumn(Column):
    """The way to lift the row's withdrawal, or when it was lifted."""

    cell_template_name = "health_content/admin/lift_cell.html"

    def get_cell_context_data(
        self, instance: Any, parent_context: dict[str, Any]
    ) -> dict[str, Any]:
        """Add the address, for those who may."""
        context: dict[str, Any] = super().get_cell_context_data(
            instance, parent_context
        )
        may_lift = parent_context["request"].user.has_perm(LIFT)
        url = reverse(f"{NAME}:lift", args=[instance.pk]) if may_lift else ""
        return context | {"lift_url": url}


class WithdrawalIndexView(IndexView):
    """All withdrawals, those in force and those lifted."""

    page_title = gettext_lazy("Withdrawals")
    any_permission_required = ("add", "change", "view")
    default_ordering = "-withdrawn_at"
    is_searchable = False

    @cached_property
    def columns(self) -> list[Column]:
        """Add what other parts of the site know of each withdrawal."""
        more = [make() for make in hooks.get_hooks(COLUMNS_HOOK)]
        return [*super().columns, *more]

    def get_queryset(self) -> Any:
        """Fetch who did what along."""
        return super().get_queryset().select_related("withdrawn_by", "lifted_by")


class WithdrawalViewSet(ModelViewSet):
    """The list, and the two things that can be done; a withdrawal is never edited or deleted."""

    model = Withdrawal
    name = NAME
    url_prefix = "withdrawals"
    icon = "warning"
    menu_label = gettext_lazy("Withdrawals")
    menu_name = "withdrawals"
    add_to_settings_menu = False
    index_view_class = WithdrawalIndexView
    index_results_template_name = "health_content/admin/listing_results.html"
    exclude_form_fields = ()
    copy_view_enabled = False
    list_filter = ("severity",)
    list_display = (
        TitleColumn("title", label=gettext_lazy("Page")),
        Column(
            "severity", label=gettext_lazy("Severity"), accessor="get_severity_display"
        ),
        Column("reason", label=gettext_lazy("Reason")),
        DateColumn(
            "withdrawn_at", label=gettext_lazy("Withdrawn"), sort_key="withdrawn_at"
        ),
        UserColumn("withdrawn_by", label=gettext_lazy("By")),
        LiftColumn("lifted_at", label=gettext_lazy("Lifted")),
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return the list, its refresh, and the two actions."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("page/<int:page_id>/", WithdrawView.as_view(), name="withdraw"),
            path("<int:pk>/lift/", LiftView.as_view(), name="lift"),
        ]

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Offer no addresses that do not exist."""
        return super().get_index_view_kwargs(**kwargs) | {
            "add_url_name": None,
            "edit_url_name": None,
            "delete_url_name": None,
        }

    def register_admin_url_finder(self) -> None:
        """Register none: withdrawals have no edit page."""


class WithdrawalsMenuItem(MenuItem):
    """The way to the list, for those who may withdraw, lift or see."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether the user has any of the permissions."""
        return may_see_withdrawals(request.user)


def withdraw_buttons(page: AbstractPage, user: Any) -> Iterator[Button]:
    """Yield the button that withdraws *page*, for pages that were public and are not withdrawn."""
    if not issubclass(page.specific_class or object, HealthPageMixin):
        return
    if not may_withdraw(page, user) or page.first_published_at is None:
        return
    if withdrawal_of_page(page.pk) is None:
        url = reverse(f"{NAME}:withdraw", args=[page.pk])
        yield Button(_("Withdraw"), url, icon_name="warning", priority=65)
