"""The reply form of a page without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .sanitize import MAX_CHARACTERS
from .services import Submission
from .services.intake import MAX_EMAIL, MAX_NAME
from .tokens import make_form_token

if TYPE_CHECKING:
    from collections.abc import Mapping


class ReplyForm(forms.Form):
    """What a reader fills in.

    The services judge the values, not this form: it draws fields, keeps what was typed and shows what is wrong. Its
    token is always a fresh one, so a form that comes back can be sent again.
    """

    template_name = "health_comments/form.html"

    name = forms.CharField(
        label=_("Name"),
        max_length=MAX_NAME,
        help_text=_("Shown with your reply. It need not be your full name."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    email = forms.CharField(
        label=_("Email (optional)"),
        max_length=MAX_EMAIL,
        required=False,
        help_text=_("Never shown. We keep a code made from it, not the address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    body = forms.CharField(
        label=_("Your reply"),
        help_text=_(
            "Please share no names, addresses or phone numbers of patients. **Bold**, *emphasis*, lists and links work."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": MAX_CHARACTERS}),
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    parent = forms.CharField(required=False, widget=forms.HiddenInput)
    form_token = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, page_id: int, **kwargs: Any) -> None:
        """Draw the form for that page."""
        kwargs.setdefault("auto_id", "reply-%s")
        super().__init__(*args, **kwargs)
        self.page_id = page_id
        self.fresh_token = make_form_token(page_id, now=timezone.now())

    @property
    def parent_id(self) -> UUID | None:
        """The key of the reply that is answered, if there is one that can be a key."""
        try:
            return UUID(str(self["parent"].value() or ""))
        except ValueError:
            return None

    def submission(self) -> Submission:
        """Return what was typed, unjudged."""
        return Submission(
            page_id=self.page_id,
            form_token_raw=self._typed("form_token"),
            name_raw=self._typed("name"),
            email_raw=self._typed("email"),
            body_raw=self._typed("body"),
            parent_raw=self._typed("parent"),
            website_raw=self._typed("website"),
            origin="form",
        )

    def add_faults(self, faults: Mapping[str, tuple[str, str]]) -> None:
        """Show what the services found wrong beside the fields, the invisible ones' above the form."""
        self.errors.clear()
        if "parent" in faults:
            # The reply it answered is gone; sent again, the text stands for itself.
            self.data = {**dict(self.data.items()), "parent": ""}
        for name, (_code, message) in faults.items():
            field = name if name in {"name", "email", "body"} else None
            self.add_error(field, message)

    def full_clean(self) -> None:
        """Check nothing: an unsent form has no faults, and a sent one gets them from the services."""
        self._errors = forms.utils.ErrorDict(renderer=self.renderer)
        self.cleaned_data: dict[str, Any] = {}

    def _typed(self, name: str) -> str:
        value: str = self.data.get(name, "")
        return value
