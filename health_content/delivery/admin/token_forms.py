"""The forms of a token: what it is called, what it may do, where, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from ...compat import api_token_model, token_owners
from ..models import DeliveryScope
from ..scopes import SCOPES, Scope, known_scopes
from ..tokens import Rights

if TYPE_CHECKING:
    from datetime import datetime

LABELS = {
    Scope.WEBHOOKS_MANAGE: _("Manage webhooks"),
    Scope.PAGES_WITHDRAW: _("Withdraw pages"),
    Scope.ACKS_WRITE: _("Acknowledge withdrawals"),
    Scope.CLAIMS_CHECK: _("Check health claims"),
}


class RightsForm(WagtailAdminModelForm):
    """Changes a token."""

    name = forms.CharField(
        label=_("Name"),
        max_length=255,
        help_text=_("For people: which system this is, and who looks after it."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("Scopes"),
        choices=[(scope.value, label) for scope, label in LABELS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "The token's user needs the permissions that go with them, too. You can give only what you may do yourself."
        ),
    )

    class Meta:
        model = DeliveryScope
        fields = ("name", "scopes", "has_all_sites", "sites", "expires_at")
        widgets = {"sites": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model = api_token_model()
        if self.instance.pk is not None and model is not None:
            token = model.objects.get(pk=self.instance.token_id)
            self.fields["name"].initial = token.name
            self.initial["name"] = token.name
        # Both before the form's own cleaning writes what was sent into the instance.
        self.scopes_before = known_scopes(self.instance.scopes)
        self.expiry_before: datetime | None = self.instance.expires_at

    def clean_scopes(self) -> list[str]:
        """Refuse what the giver may not do: a token is no way to get rights.

        Raises:
            ValidationError: in words.
        """
        chosen = frozenset(Scope(word) for word in self.cleaned_data["scopes"])
        refused = [
            str(LABELS[scope])
            for scope in sorted(chosen - self.scopes_before)
            if (permission := SCOPES[scope].permission)
            and not self.for_user.has_perm(permission)
        ]
        if refused:
            raise forms.ValidationError(
                _("You may not do this yourself: %(scopes)s."),
                code="not_allowed",
                params={"scopes": ", ".join(refused)},
            )
        return sorted(chosen)

    def clean_expires_at(self) -> datetime | None:
        """Refuse a time that is over, unless it was that already.

        Raises:
            ValidationError: in words.
        """
        at: datetime | None = self.cleaned_data["expires_at"]
        if at is not None and at != self.expiry_before and at <= timezone.now():
            raise forms.ValidationError(_("This time is over."), code="past")
        return at

    def rights(self) -> Rights:
        """Return what the form says, when it is valid."""
        values = self.cleaned_data
        return Rights(
            scopes=[Scope(word) for word in values["scopes"]],
            sites=list(values["sites"]),
            has_all_sites=values["has_all_sites"],
            expires_at=values["expires_at"],
        )


class TokenForm(RightsForm):
    """Makes a token."""

    user: Any = forms.ModelChoiceField(
        queryset=None,
        label=_("User"),
        help_text=_("Who answers for it. It can do no more than they may."),
    )

    class Meta(RightsForm.Meta):
        fields = ("name", "scopes", "has_all_sites", "sites", "expires_at")

    field_order = ("name", "user", *Meta.fields[1:])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["user"]
        field.queryset = token_owners(self.for_user).filter(is_active=True)
