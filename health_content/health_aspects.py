"""What a section may be about, in the words of schema.org."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

SUFFIX = "HealthAspect"
# What readers expect of a page, by its kind, without the suffix.
# NHS digital service manual, "Content types": https://service-manual.nhs.uk/content
REQUIRED_ASPECTS = {
    "treatment": (
        "Overview", "HowItWorks", "Effectiveness", "HowOrWhere", "Benefits", "SideEffects", "RisksOrComplications",
        "Pregnancy", "SeeDoctor", "GettingAccess", "SelfCare",
    ),
    "condition": ("Overview", "Symptoms", "Causes", "Treatments", "SeeDoctor"),
}  # fmt: skip
# Every member of https://schema.org/HealthAspectEnumeration (schema.org 29.2).
HEALTH_ASPECTS = (
    "AllergiesHealthAspect",
    "BenefitsHealthAspect",
    "CausesHealthAspect",
    "ContagiousnessHealthAspect",
    "EffectivenessHealthAspect",
    "GettingAccessHealthAspect",
    "HowItWorksHealthAspect",
    "HowOrWhereHealthAspect",
    "IngredientsHealthAspect",
    "LivingWithHealthAspect",
    "MayTreatHealthAspect",
    "MisconceptionsHealthAspect",
    "OverviewHealthAspect",
    "PatientExperienceHealthAspect",
    "PregnancyHealthAspect",
    "PreventionHealthAspect",
    "PrognosisHealthAspect",
    "RelatedTopicsHealthAspect",
    "RisksOrComplicationsHealthAspect",
    "SafetyHealthAspect",
    "ScreeningHealthAspect",
    "SeeDoctorHealthAspect",
    "SelfCareHealthAspect",
    "SideEffectsHealthAspect",
    "StagesHealthAspect",
    "SymptomsHealthAspect",
    "TreatmentsHealthAspect",
    "TypesHealthAspect",
    "UsageOrScheduleHealthAspect",
)


def health_aspect_url(name: str) -> str:
    """Return the identifier of the member *name*."""
    return f"https://schema.org/{name}"


def missing_aspects(content_kind: str, found: Collection[str]) -> tuple[str, ...]:
    """Return the aspects that readers expect of a page of its kind and that are not *found*, in order; without suffix."""
    return tuple(a for a in REQUIRED_ASPECTS.get(content_kind, ()) if a not in found)
