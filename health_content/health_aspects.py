"""What a section may be about, in the words of schema.org."""

from __future__ import annotations

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
