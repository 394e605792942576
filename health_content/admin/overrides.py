"""Letting a page pass a check that it fails: the forms of one person, of the second person, and of an emergency."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from ..abstract import HealthPageMixin
from ..compat import page_model
from ..errors import EmergencyRefused, OverrideRefused, PublishBlocked
from ..gate_facts import Waiver
from ..gate_messages import reason_text
from ..models import GateOverride
from ..models.review import REASON_MIN_LENGTH, OverrideKind
from ..permissions import EMERGENCY, OVERRIDE, may_ask_gate
from ..policy_forms import CHECK_LABELS
from ..selectors.gate import page_decision
from ..selectors.overrides import outcome_of, override_waits
from ..services.gate import EMERGENCY_REVIEW_HOURS, page_publish_emergency
from ..services.overrides import (
    DAYS_DEFAULT,
    DAYS_MAX,
    override_approve,
    override_grant,
)
from .findings import APPROVE_URL, EMERGENCY_URL, OVERRIDE_URL, WAIVERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase
    from django.urls import URLPattern
    from wagtail.models import AbstractPage

    from ..gate import Outcome

REASON_WIDGET = forms.Textarea(attrs={"rows": 4})


class OverrideForm(forms.Form):
    """Why a finding may stand, and for how long."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of reason"),
        choices=OverrideKind.choices,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        min_length=REASON_MIN_LENGTH,
        widget=REASON_WIDGET,
        help_text=gettext_lazy(
            "Say it so that somebody else can judge it: what you know, and from where. It is kept with the page."
        ),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days"),
        initial=DAYS_DEFAULT,
        min_value=1,
        max_value=DAYS_MAX,
        help_text=gettext_lazy("Nothing is overridden for ever."),
    )


class ReasonForm(forms.Form):
    """Why a page cannot wait."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        min_length=REASON_MIN_LENGTH,
        widget=REASON_WIDGET,
        help_text=gettext_lazy("What would harm whom if it stayed as it is?"),
    )


class GateView(WagtailAdminTemplateMixin, FormView):
    """A form about a health page, as it was saved last."""

    header_icon = "warning"
    _show_breadcrumbs = True

    @property
    def user(self) -> Any:
        """Who asks; Wagtail lets nobody in who is not signed in."""
        return self.request.user

    @property
    def page_id(self) -> int:
        """The id of the page that it is about."""
        page_id: int = self.kwargs["page_id"]
        return page_id

    @cached_property
    def page(self) -> Any:
        """The newest draft of the health page."""
        page = page_model().objects.filter(pk=self.page_id).first()
        draft = page.get_latest_revision_as_object() if page else None
        if not isinstance(draft, HealthPageMixin):
            raise Http404
        return draft

    def may(self) -> bool:
        """Return whether the user may open the form."""
        raise NotImplementedError

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Let those through who may."""
        if not self.may():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """Name the page."""
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Lead back to the page."""
        editor = {"url": self.back_url, "label": self.get_page_subtitle()}
        own = {"url": "", "label": str(self.page_title)}
        return [*self.breadcrumbs_items, editor, own]

    @property
    def back_url(self) -> str:
        """The editor of the page, or the dashboard for those who may not edit it."""
        permissions = self.page.permissions_for_user(self.user)
        if permissions.can_edit():
            return reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return reverse("wagtailadmin_home")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the page."""
        return super().get_context_data(**kwargs) | {
            "page": self.page,
            "back_url": self.back_url,
        }


class OverrideView(GateView):
    """Asks for a reason, and lets the page pass one finding."""

    template_name = "health_content/admin/override.html"
    page_title = gettext_lazy("Override a finding")
    form_class = OverrideForm

    def may(self) -> bool:
        """Return whether the user edits the page, or may answer for it."""
        return may_ask_gate(self.page, self.user)

    @cached_property
    def outcome(self) -> Outcome | None:
        """The finding of the address, where the saved draft has it."""
        return outcome_of(self.page, self.request.GET.get("finding", ""))

    def get_initial(self) -> dict[str, Any]:
        """Choose the kind of reason that the address names."""
        kind = self.request.GET.get("kind", "")
        return super().get_initial() | ({"kind": kind} if kind in set(OverrideKind) else {})  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the finding, and who may override it."""
        outcome = self.outcome
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if outcome is None:
            return context
        return context | {
            "label": CHECK_LABELS[outcome.check],
            "sentence": reason_text(outcome.reason),
            "waiver": WAIVERS[outcome.waiver],
            "needs_two": outcome.waiver is Waiver.TWO_PEOPLE,
            "is_of_sentence": outcome.reason.is_bound_to_sentence,
        }

    def form_valid(self, form: OverrideForm) -> HttpResponse:
        """Override, or say why not."""
        given = form.cleaned_data
        try:
            override = override_grant(
                self.page,
                actor=self.user,
                fingerprint=self.request.GET.get("finding", ""),
                kind=OverrideKind(given["kind"]),
                reason=given["reason"],
                days=given["days"],
            )
        except OverrideRefused as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))  # fmt: skip
            return self.form_invalid(form)
        if override_waits(override):
            text = _("It counts as soon as a second person has approved it.")
            messages.warning(self.request, text)
        else:
            messages.success(self.request, _("The page passes this finding now."))
        return redirect(self.back_url)


class ApproveView(GateView):
    """Shows what somebody overrode, and asks for a second person's consent."""

    template_name = "health_content/admin/override_approve.html"
    page_title = gettext_lazy("Approve an override")
    form_class = forms.Form

    @cached_property
    def override(self) -> GateOverride:
        """The override of the address."""
        rows = GateOverride.objects.select_related("approval")
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    @property
    def page_id(self) -> int:
        """The id of the page that it is about."""
        return self.override.page_id

    def may(self) -> bool:
        """Return whether the user is a health lead."""
        return bool(self.user.has_perm(OVERRIDE))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the override, and whether it still waits."""
        override = self.override
        return super().get_context_data(**kwargs) | {
            "override": override,
            "label": CHECK_LABELS[override.check_id],
            "is_own": override.user_id == self.user.pk,
            "is_waiting": override_waits(override),
            "is_current": outcome_of(self.page, override.fingerprint) is not None,
        }

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Approve, or say why not."""
        try:
            override_approve(self.page, self.override, actor=self.user)
        except OverrideRefused as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("The page passes this finding now."))
        return redirect(self.back_url)


class EmergencyView(GateView):
    """Asks for a reason, and publishes the newest draft although it fails checks."""

    template_name = "health_content/admin/emergency.html"
    page_title = gettext_lazy("Publish in an emergency")
    form_class = ReasonForm

    def may(self) -> bool:
        """Return whether the user may publish unchecked."""
        return bool(self.user.has_perm(EMERGENCY))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what speaks against it."""
        return super().get_context_data(**kwargs) | {
            "reasons": self.reasons,
            "hours": EMERGENCY_REVIEW_HOURS,
        }

    @cached_property
    def reasons(self) -> list[str]:
        """What keeps the newest draft from going live."""
        blockers = page_decision(self.page).blockers
        return list(dict.fromkeys(reason_text(o.reason) for o in blockers))

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        """Publish, or say why not."""
        user = self.user
        if not self.reasons:
            form.add_error(None, _("Nothing speaks against this page. Publish it as usual."))  # fmt: skip
            return self.form_invalid(form)
        revision = self.page.get_latest_revision() or self.page.save_revision(user=user)
        reason = form.cleaned_data["reason"]
        try:
            page_publish_emergency(self.page, revision, actor=user, reason=reason)
        except EmergencyRefused as error:
            form.add_error("reason", str(error))
            return self.form_invalid(form)
        except (PublishBlocked, ValidationError) as error:
            found = (
                error.reasons if isinstance(error, PublishBlocked) else error.messages
            )
            for each in found:
                form.add_error(None, each)
            return self.form_invalid(form)
        text = _("“%(title)s” is public. Have it reviewed within %(hours)d hours.")
        facts = {"title": self.page.get_admin_display_title(), "hours": EMERGENCY_REVIEW_HOURS}  # fmt: skip
        messages.warning(self.request, text % facts)
        return redirect(self.back_url)


def gate_urls() -> list[URLPattern]:
    """Return the addresses of the three forms."""
    return [
        path("gate/page/<int:page_id>/override/", OverrideView.as_view(), name=OVERRIDE_URL),
        path("gate/overrides/<int:pk>/approve/", ApproveView.as_view(), name=APPROVE_URL),
        path("gate/page/<int:page_id>/emergency/", EmergencyView.as_view(), name=EMERGENCY_URL),
    ]  # fmt: skip


def emergency_buttons(page: AbstractPage, user: Any) -> Iterator[Button]:
    """Yield the button that publishes *page* in an emergency, for those who may."""
    is_health = issubclass(page.specific_class or object, HealthPageMixin)
    if is_health and user.has_perm(EMERGENCY):
        url = reverse(EMERGENCY_URL, args=[page.pk])
        label = _("Publish in an emergency")
        yield Button(label, url, icon_name="warning", priority=64)
