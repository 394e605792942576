"""The form by which a reviewer confirms that no statement of a page changed since its medical review."""

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
from ..permissions import REVIEW
from ..selectors.minor_changes import review_differences, review_to_confirm
from ..selectors.reviewers import review_fault
from ..services.reviews import review_confirm
from .findings import CONFIRM_URL
from .overrides import GateView

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.urls import URLPattern

    from ..models import MedicalReview


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


def confirm_urls() -> list[URLPattern]:
    """Return the address of the form."""
    view = ConfirmView.as_view()
    return [path("gate/page/<int:page_id>/confirm/", view, name=CONFIRM_URL)]
