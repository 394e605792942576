"""What a medical reviewer is asked for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm

APPROVE = "approve"
CONFIRM = "confirm"


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


def form_for_action(action: str) -> type[forms.Form]:
    """Return the form that *action* of a medical review asks for."""
    return MedicalReviewForm if action == APPROVE else TaskStateCommentForm
