"""What the checker says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters, the least first."""

    INFO = "info"
    WARN = "warn"
    BLOCK = "block"

    @property
    def rank(self) -> int:
        """Return 0, 1 or 2, for comparing."""
        return _RANKS[self]

    def lower(self) -> Severity:
        """Return the level below, or the lowest."""
        return _ORDER[max(self.rank - 1, 0)]

    def higher(self) -> Severity:
        """Return the level above, or the highest."""
        return _ORDER[min(self.rank + 1, len(_ORDER) - 1)]


_ORDER = tuple(Severity)
_RANKS = {each: rank for rank, each in enumerate(Severity)}


class Profile(StrEnum):
    """Who publishes, and so which severities apply."""

    EDITORIAL = "editorial"
    UK_CLINIC = "uk-clinic"
    US_COMMERCE = "us-commerce"
    EU_FOOD = "eu-food"
    AU_THERAPEUTIC = "au-therapeutic"
    REPLY = "reply"
    """A reader's reply: `block` means hold, `warn` label, `info` allow."""


class Category(StrEnum):
    """What kind of claim was found."""

    CURE_ABSOLUTE = "cure_absolute"
    SAFETY_ABSOLUTE = "safety_absolute"
    MECHANISM = "mechanism"
    DISPARAGE_CONVENTIONAL = "disparage_conventional"
    STOP_OR_REPLACE_CARE = "stop_or_replace_care"
    PRESSURE = "pressure"
    TESTIMONIAL = "testimonial"
    DISEASE_CLAIM = "disease_claim"
    DOSAGE = "dosage"
    PREGNANCY_CHILDREN = "pregnancy_children"
    CRISIS = "crisis"
    ANTI_VACCINE = "anti_vaccine"
    WEIGHT_LOSS = "weight_loss"
    PROOF_OVERCLAIM = "proof_overclaim"
    ENDORSEMENT = "endorsement"
    MIRACLE_LANGUAGE = "miracle_language"
    DENIAL = "denial"
    FOOD_CLAIM = "food_claim"


class Status(StrEnum):
    """Whether a text was looked at. There is no `passed`: a checker that finds nothing has proved nothing."""

    CHECKED = "checked"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a rule rests on."""

    body: str
    ref: str
    url: str
    checked: str
    """Day the page was last read, as an ISO date."""
    is_official: bool = True
    """False when another site's copy or summary was read, not the body's own page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One claim in a text."""

    rule: str
    category: Category
    severity: Severity
    start: int
    end: int
    """`text[start:end]` of the original block is the claim."""
    text: str
    block_id: str
    sentence: str
    sentence_sha: str
    """SHA-256 of the normalized sentence: what a decision is bound to, so that it lapses when the sentence changes."""
    message: str
    suggestion: str
    resolve: tuple[str, ...]
    """What settles the finding: `rewrite`, `evidence`, `permitted_claim`, `never` (two people may still override)."""
    sources: tuple[Source, ...]
    notes: tuple[str, ...] = ()
    """Why the severity is not the rule's own: `hedged`, `attributed`, `evidence`, …"""
    repeated_from: str = ""
    """Block in which the page made the same claim first; empty for the first one."""
    raised_from: Severity | None = None
    """What it was before a table of permitted wordings raised it, None where none did."""

    @property
    def own_severity(self) -> Severity:
        """Return how much the finding matters by itself, whatever a table of permitted wordings says."""
        return self.raised_from or self.severity

    @property
    def source(self) -> str:
        """Return the address of the first source."""
        return self.sources[0].url if self.sources else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was found in a page or a text."""

    status: Status
    rule_base: str
    """Version of the rules; store it with decisions, so that a later run can say what is new."""
    profile: Profile
    findings: tuple[Finding, ...] = ()

    @property
    def worst(self) -> Severity | None:
        """Return the highest severity, None without findings."""
        return max(
            (each.severity for each in self.findings),
            key=lambda severity: severity.rank,
            default=None,
        )
