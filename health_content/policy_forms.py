"""The forms of policies and of the publisher's settings: choices instead of JSON."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from .choices import CheckLevel, JurisdictionProfile
from .review_rules import DEFAULT_LEVELS, FIXED_CHECKS

CHECK_LABELS = {
    "G01": _("No medical disclaimer"),
    "G02": _("The disclaimer is a draft, has expired or is for another country"),
    "G03": _("No medical review of this content"),
    "G04": _("The review is too old"),
    "G05": _("Reviewed by somebody who wrote or edited it, or has an interest in it"),
    "G06": _("The reviewer's credential has expired or was never looked up"),
    "G07": _("Changed since the review"),
    "G08": _("A claim that must not stand, unresolved"),
    "G09": _("A doubtful claim without evidence or decision"),
    "G10": _("Claims without references, or a retracted reference"),
    "G11": _("Wording stronger than the certainty of its evidence"),
    "G12": _("Parts that such a page needs are missing"),
    "G13": _("A crisis is mentioned without a helpline"),
    "G14": _("No advice on when to get urgent care"),
    "G15": _("Commercial, and nothing is said of sponsor or interests"),
    "G16": _("Not accessible: pictures, videos, headings, tables"),
    "G17": _("Hard to read"),
    "G18": _("A patient's picture, video or story without consent"),
    "G19": _("A translation that nobody reviewed"),
    "G20": _("The text contradicts what is known of its subject"),
    "G21": _("A claim that a regulator does not accept"),
    "G22": _("Made with artificial intelligence, and no person reviewed it"),
}


def level_choices(check: str) -> list[tuple[str, Any]]:
    """Return the levels that *check* may have; one that nobody may weaken has its own only."""
    return [
        (level, label)
        for level, label in CheckLevel.choices
        if check not in FIXED_CHECKS or level == DEFAULT_LEVELS[check]
    ]


class CheckLevelsWidget(forms.MultiWidget):
    """One list of levels for each check, with its name."""

    template_name = "health_content/admin/check_levels.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        selects: dict[str, forms.Widget | type[forms.Widget]] = {
            check: forms.Select(choices=level_choices(check)) for check in CHECK_LABELS
        }
        super().__init__(selects, attrs)

    def decompress(self, value: Any) -> list[str]:
        """Return the level of each check, in their order."""
        given = value if isinstance(value, dict) else {}
        return [given.get(check) or DEFAULT_LEVELS[check] for check in CHECK_LABELS]

    def get_context(
        self, name: str, value: Any, attrs: dict[str, Any] | None
    ) -> dict[str, Any]:
        """Return the context with each check's label beside its list."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        subwidgets = context["widget"]["subwidgets"]
        context["rows"] = [
            {"check": check, "label": label, "widget": subwidget}
            for (check, label), subwidget in zip(
                CHECK_LABELS.items(), subwidgets, strict=True
            )
        ]
        return context


class CheckLevelsField(forms.MultiValueField):
    """The levels of all checks; those that nobody may weaken cannot be changed."""

    widget = CheckLevelsWidget

    def __init__(self, **kwargs: Any) -> None:
        fields = [
            forms.ChoiceField(required=False, choices=level_choices(check))
            for check in CHECK_LABELS
        ]
        super().__init__(fields, require_all_fields=False, required=False, **kwargs)

    def compress(self, data_list: list[str]) -> dict[str, str]:
        """Return the levels that differ from those of the product, so that its own may change."""
        given = dict(zip(CHECK_LABELS, data_list, strict=False))
        return {
            check: level
            for check, level in given.items()
            if level and level != DEFAULT_LEVELS[check]
        }

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether any level differs."""
        levels = CheckLevelsWidget().decompress(initial)
        return bool(super().has_changed(levels, data))


class ReviewPolicyForm(WagtailAdminModelForm):
    """A policy with a list of checks."""

    check_levels = CheckLevelsField(
        label=_("Checks before publication"),
        help_text=_("Those with one level only are never weakened."),
    )


class OrganizationForm(WagtailAdminModelForm):
    """The publisher's settings, with boxes for the profiles."""

    jurisdiction_profiles = forms.MultipleChoiceField(
        label=_("Claims are judged as those of a"),
        choices=JurisdictionProfile.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "Choose all that fit: the strictest rule counts. With none, as those of a publisher."
        ),
    )
