"""The forms by which a reviewer confirms that no statement of a page changed, or that its risk is as low as it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.shortcuts import redirect
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from ..errors import ConfirmationRefused
from ..models.review import REASON_MIN_LENGTH
from ..permissions import REVIEW
from ..selectors.gate import needs_risk_confirmed
from ..selectors.minor_changes import review_differences, review_to_confirm
from ..selectors.reviewers import review_fault
from ..services.reviews import review_confirm, risk_confirm
from .findings import CONFIRM_URL, RISK_URL
from .overrides import REASON_WIDGET, GateView

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.urls import URLPattern

    from ..models import MedicalReview


class RiskForm(forms.Form):
    """Why a page can do no more harm than it says."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        min_length=REASON_MIN_LENGTH,
        widget=REASON_WIDGET,
        help_text=gettext_lazy("What could a reader do wrong after a mistake here?"),
    )


class ConfirmView(GateView):
    """Shows what differs, sentence beside sentence, and asks for one click."""

    template_name = "health_content/admin/confirm.html"
    page_title = gettext_lazy("Confirm that no statement changed")
    form_class = forms.Form

    def may(self) -> bool:
        """Return whether the user reviews pages."""
        return bool(self.user.has_perm(REVIEW))

    @cached_property
    def review(self) -> MedicalReview | None:
        """The full review that may be confirmed."""
        return review_to_confirm(self.page)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the review, what differs, and why the user may not confirm it."""
        review = self.review
        return super().get_context_data(**kwargs) | {
            "review": review,
            "fault": review_fault(self.page, self.user) if review else "",
            "differences": review_differences(self.page, review) if review else (),
        }

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Confirm, or say why not."""
        try:
            review_confirm(self.page, reviewer=self.user)
        except ConfirmationRefused as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("Confirmed. The next review stays due when it was."))  # fmt: skip
        return redirect(self.back_url)


class ConfirmRiskView(GateView):
    """Asks a reviewer why the page can do no more harm than it says."""

    template_name = "health_content/admin/confirm_risk.html"
    page_title = gettext_lazy("Confirm the risk")
    form_class = RiskForm

    def may(self) -> bool:
        """Return whether the user reviews pages."""
        return bool(self.user.has_perm(REVIEW))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the page says of itself, and why the user may not confirm it."""
        is_waiting = needs_risk_confirmed(self.page)
        return super().get_context_data(**kwargs) | {
            "risk": self.page.get_risk_tier_display(),
            "kind": self.page.get_content_kind_display(),
            "is_waiting": is_waiting,
            "fault": review_fault(self.page, self.user) if is_waiting else "",
        }

    def form_valid(self, form: RiskForm) -> HttpResponse:
        """Confirm, or say why not."""
        reason = form.cleaned_data["reason"]
        try:
            risk_confirm(self.page, reviewer=self.user, reason=reason)
        except ConfirmationRefused as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("The risk is confirmed."))
        return redirect(self.back_url)


def confirm_urls() -> list[URLPattern]:
    """Return the addresses of the two forms."""
    return [
        path("gate/page/<int:page_id>/confirm/", ConfirmView.as_view(), name=CONFIRM_URL),
        path("gate/page/<int:page_id>/risk/", ConfirmRiskView.as_view(), name=RISK_URL),
    ]  # fmt: skip
