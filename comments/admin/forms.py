"""What a moderator fills in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Action
from ..reasons import Reason
from ..services import Order
from ..services.decisions import NEEDS_REASON

MAX_TEXT = 2_000


class ReasonForm(forms.Form):
    """Why a reply is kept from the public."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose a reason")), *Reason.choices],
        required=False,
        help_text=_("Needed to reject or hide. The author is told."),
    )
    public_reason = forms.CharField(
        label=_("Words for the author"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("If empty, the author reads the reason's standard words."),
    )
    internal_note = forms.CharField(
        label=_("Note for moderators"),
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Never shown to readers."),
    )

    def __init__(self, *args: Any, action: str = "", **kwargs: Any) -> None:
        """Bind the form to an action, which says whether a reason is needed."""
        super().__init__(*args, **kwargs)
        self.action = action

    def clean_reason(self) -> Reason | None:
        """Return the reason, which some actions cannot do without."""
        code = self.cleaned_data["reason"]
        if not code and self.action in NEEDS_REASON:
            raise forms.ValidationError(_("Say why: the author has a right to know."))
        return Reason(code) if code else None

    def order(self, action: Action, *, version: int | None = None) -> Order:
        """Return what the valid form orders."""
        return Order(
            action=action,
            reason=self.cleaned_data["reason"],
            public_reason=self.cleaned_data["public_reason"],
            internal_note=self.cleaned_data["internal_note"],
            version=version,
        )


class DecisionForm(ReasonForm):
    """One decision on one item."""

    decision = forms.ChoiceField(choices=Action.choices, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    """What the moderator saw, so that nobody decides on what changed meanwhile."""
