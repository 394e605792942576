"""What a medical reviewer is asked for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm

APPROVE = "approve"
CONFIRM = "confirm"
OVERRIDE = "override"
REJECT = "reject"
# Shorter than this nobody gives a reason that another person can judge: `models.review.REASON_MIN_LENGTH`.
REASON_MIN_LENGTH = 20


class MedicalReviewForm(TaskStateCommentForm):
    """What a reviewer says on approval."""

    is_evidence_checked = forms.BooleanField(
        label=_("I checked every statement about health against its sources"),
        help_text=_(
            "Your name, your credential and the day are recorded with exactly this content. A later change needs a new review."
        ),
    )
    clears_sections = forms.BooleanField(
        label=_("The sections offered on their own may be shown without the rest"),
        help_text=_(
            "These are the sections whose “Offer on its own” is ticked: other sites and apps may then show each alone, with "
            "the disclaimers. Read each as if there were nothing else. When one is not safe, leave this empty, or request "
            "changes."
        ),
        required=False,
    )


class OverrideReviewForm(MedicalReviewForm):
    """What a reviewer says who lets the page pass what else blocks."""

    reason = forms.CharField(
        label=_("Reason"),
        min_length=REASON_MIN_LENGTH,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Why the page may pass all that blocks it. It is kept with the page, for 30 days at most."),
    )  # fmt: skip


class RejectionForm(TaskStateCommentForm):
    """What a reviewer says who asks for changes: it is kept, and shown to whoever edits the page."""

    comment = forms.CharField(
        label=_("What has to change"),
        min_length=REASON_MIN_LENGTH,
        widget=forms.Textarea({"rows": 3}),
    )


FORMS: dict[str, type[forms.Form]] = {
    APPROVE: MedicalReviewForm,
    OVERRIDE: OverrideReviewForm,
    REJECT: RejectionForm,
}


def form_for_action(action: str) -> type[forms.Form]:
    """Return the form that *action* of a medical review asks for."""
    return FORMS.get(action, TaskStateCommentForm)
