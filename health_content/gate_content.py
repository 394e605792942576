"""What the gate reads in a page's stored stream: sections, descriptions, words that contradict what is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .gate_facts import Fault, RiskTier

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from .document_facts import Json, JsonObject

# What readers expect of a page, in schema.org's names of health aspects (https://schema.org/HealthAspectEnumeration).
# NHS digital service manual, "Content types": https://service-manual.nhs.uk/content
REQUIRED_ASPECTS = {
    "treatment": (
        "Overview", "HowItWorks", "Effectiveness", "HowOrWhere", "Benefits", "SideEffects", "RisksOrComplications",
        "Pregnancy", "SeeDoctor", "GettingAccess", "SelfCare",
    ),
    "condition": ("Overview", "Symptoms", "Causes", "Treatments", "SeeDoctor"),
}  # fmt: skip
# Only of such pages may an editor say that a mistake would merely be awkward.
LIGHT_KINDS = frozenset({"lifestyle", "news", "opinion", "personal_story"})
_NONINVASIVE = re.compile(r"\bnon[-\s]?invasive\b", re.IGNORECASE)


def effective_tier(chosen: str, *, content_kind: str, is_crisis: bool) -> RiskTier:
    """Return the risk that a page counts as: its editor's choice, never below what its subject makes it.

    A page about a treatment or a condition is reviewed however low its editor sets the risk.
    """
    if is_crisis:
        return RiskTier.CRISIS
    tier = RiskTier(chosen) if chosen in set(RiskTier) else RiskTier.STANDARD
    if tier is RiskTier.LOW and content_kind not in LIGHT_KINDS:
        return RiskTier.STANDARD
    return tier


def missing_aspects(content_kind: str, stream: Sequence[JsonObject]) -> tuple[str, ...]:
    """Return the aspects that a page of its kind should have and has no section for, in order."""
    found = set(_aspects(stream))
    return tuple(a for a in REQUIRED_ASPECTS.get(content_kind, ()) if a not in found)


def has_aspect(stream: Sequence[JsonObject], wanted: Collection[str]) -> bool:
    """Return whether a section of *stream* is about one of the aspects."""
    return not set(_aspects(stream)).isdisjoint(wanted)


def alt_faults(stream: Sequence[JsonObject]) -> tuple[Fault, ...]:
    """Return the images that have neither a description nor a note that they need none."""
    return tuple(
        Fault(code="alt_missing", block_id=_text(block.get("id")))
        for block in stream
        if block.get("type") == "image" and not _is_described(block.get("value"))
    )


def noninvasive_faults(texts: Sequence[str]) -> tuple[Fault, ...]:
    """Return where *texts* call something non-invasive, once for each spelling."""
    found = dict.fromkeys(
        match.group() for text in texts for match in _NONINVASIVE.finditer(text)
    )
    return tuple(Fault(code="procedure_type", text=word) for word in found)


def _aspects(stream: Sequence[JsonObject]) -> Iterator[str]:
    for block in stream:
        value = block.get("value")
        if block.get("type") == "section" and isinstance(value, dict):
            yield _text(value.get("health_aspect")).removesuffix("HealthAspect")


def _is_described(value: Json) -> bool:
    image = value.get("image") if isinstance(value, dict) else None
    given = image if isinstance(image, dict) else {}
    return bool(given.get("decorative") or _text(given.get("alt_text")).strip())


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""
