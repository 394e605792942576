"""The form of a webhook."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import WebhookEndpoint
from ..outbound_rules import Refusal, RefusedError
from ..webhooks.event_types import EVENT_TYPES
from ..webhooks.rules import check_address, is_one_line

REFUSALS = {
    Refusal.URL: _("Enter a whole address, without spaces and without “#”."),
    Refusal.SCHEME: _("The address must begin with https://."),
    Refusal.USERINFO: _("Leave out the name and password: messages are signed."),
    Refusal.HOST: _("This is not a usable host name."),
    Refusal.PORT: _("This is not a usable port."),
    Refusal.ADDRESS: _("Messages go to the public internet only."),
}


class EndpointForm(forms.ModelForm):
    """What a webhook is called, where it goes, and what it is told."""

    url = forms.CharField(
        label=_("Address"),
        max_length=2_000,
        widget=forms.URLInput,
        help_text=_("Gets a signed POST for each event."),
    )
    event_types = forms.MultipleChoiceField(
        label=_("Events"),
        choices=[(name, name) for name in EVENT_TYPES],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = WebhookEndpoint
        fields = ("name", "url", "event_types", "sites", "account")
        widgets = {"sites": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites: Any = self.fields["sites"]
        if self.instance.pk is None and sites.queryset.count() == 1:
            sites.initial = list(sites.queryset)

    def clean_name(self) -> str:
        """Refuse a name that is more than one line.

        Raises:
            ValidationError: in words.
        """
        name: str = self.cleaned_data["name"]
        if not is_one_line(name):
            raise forms.ValidationError(
                _("Leave out line breaks and control characters."),
                code="control_characters",
            )
        return name

    def clean_url(self) -> str:
        """Refuse what would be refused when it is sent, as far as the address alone shows it.

        Raises:
            ValidationError: in words.
        """
        url: str = self.cleaned_data["url"]
        try:
            check_address(url)
        except RefusedError as error:
            raise forms.ValidationError(
                REFUSALS[error.refusal], code=str(error.refusal)
            ) from error
        return url
