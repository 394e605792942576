"""The aspects of a health subject, as editors choose them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ChoiceBlock

HEALTH_ASPECT_CHOICES = [
    ("OverviewHealthAspect", _("Overview")),
    ("SymptomsHealthAspect", _("Symptoms")),
    ("CausesHealthAspect", _("Causes")),
    ("TypesHealthAspect", _("Types")),
    ("StagesHealthAspect", _("Stages")),
    ("ContagiousnessHealthAspect", _("Can it be passed on")),
    ("ScreeningHealthAspect", _("Screening and tests")),
    ("SeeDoctorHealthAspect", _("When to see a doctor")),
    ("TreatmentsHealthAspect", _("Treatments")),
    ("MayTreatHealthAspect", _("What it may treat")),
    ("HowItWorksHealthAspect", _("How it works")),
    ("HowOrWhereHealthAspect", _("How or where it is done")),
    ("EffectivenessHealthAspect", _("How well it works")),
    ("BenefitsHealthAspect", _("Benefits")),
    ("SideEffectsHealthAspect", _("Side effects")),
    ("RisksOrComplicationsHealthAspect", _("Risks or complications")),
    ("SafetyHealthAspect", _("Safety")),
    ("AllergiesHealthAspect", _("Allergies")),
    ("PregnancyHealthAspect", _("Pregnancy")),
    ("IngredientsHealthAspect", _("Ingredients")),
    ("UsageOrScheduleHealthAspect", _("Use and schedule")),
    ("SelfCareHealthAspect", _("Self-care")),
    ("PreventionHealthAspect", _("Prevention")),
    ("PrognosisHealthAspect", _("Outlook")),
    ("LivingWithHealthAspect", _("Living with it")),
    ("PatientExperienceHealthAspect", _("What patients say")),
    ("MisconceptionsHealthAspect", _("Misconceptions")),
    ("GettingAccessHealthAspect", _("Getting access")),
    ("RelatedTopicsHealthAspect", _("Related topics")),
]


def health_aspect_block() -> ChoiceBlock:
    """Return what a part of a page is about."""
    return ChoiceBlock(
        choices=HEALTH_ASPECT_CHOICES,
        required=False,
        label=_("What it is about"),
        help_text=_(
            "Apps and search engines find sections by this, whatever their headings say. Leave it empty when nothing fits."
        ),
    )
