"""What the checker is told: the blocks of a page, their evidence, and the claims that are permitted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .findings import Source


class Role(StrEnum):
    """What a block is in its page; decides in which context its sentences stand."""

    BODY = "body"
    TITLE = "title"
    HEADING = "heading"
    QUESTION = "question"
    ANSWER = "answer"
    DISCLAIMER = "disclaimer"
    QUOTE = "quote"
    TESTIMONIAL = "testimonial"
    CARE_CARD = "care_card"
    STEP = "step"
    REFERENCE = "reference"


class Certainty(StrEnum):
    """GRADE's certainty of evidence, the lowest first."""

    VERY_LOW = "very_low"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """Return 0 to 3, for comparing."""
        return tuple(Certainty).index(self)


class EvidenceKind(StrEnum):
    """What kind of source a reference is."""

    SYSTEMATIC_REVIEW = "systematic_review"
    RCT = "rct"
    GUIDELINE = "guideline"
    OBSERVATIONAL = "observational"
    ANIMAL = "animal"
    IN_VITRO = "in_vitro"
    REGULATOR = "regulator"
    TEXTBOOK = "textbook"
    WEBSITE = "website"


HUMAN_EVIDENCE = frozenset(
    {
        EvidenceKind.SYSTEMATIC_REVIEW,
        EvidenceKind.RCT,
        EvidenceKind.GUIDELINE,
        EvidenceKind.REGULATOR,
    }
)
"""Kinds that can carry a claim about people. FTC's guidance of 2022: studies in animals and glass cannot."""


class Direction(StrEnum):
    """Which way the evidence points."""

    SUPPORTS = "supports"
    MIXED = "mixed"
    AGAINST = "against"


class Stance(StrEnum):
    """What a regulator or guideline says of a treatment for a condition."""

    PERMITTED = "permitted"
    NOT_PERMITTED = "not_permitted"
    GUIDELINE_AGAINST = "guideline_against"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFacts:
    """A reference that is attached to a block."""

    kind: EvidenceKind
    certainty: Certainty | None = None
    direction: Direction = Direction.SUPPORTS
    is_retracted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PermittedClaimFacts:
    """One row of the table of permitted wordings."""

    treatments: tuple[str, ...]
    """Names of the treatment, the first as a sentence says it."""
    conditions: tuple[str, ...]
    """Names of the condition; none where the wording says what it is about."""
    jurisdiction: str
    """`uk`, `us`, `eu`, `au`, … A profile looks up its own; `editorial` looks up all."""
    stance: Stance
    wording: str = ""
    """The wording that may be used, or that may not."""
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A unit of text: a paragraph, a heading, a list item with its label."""

    id: str
    text: str
    role: Role = Role.BODY
    kind: str = ""
    """Type of the block on the page, such as `benefit_list`."""
    evidence: tuple[EvidenceFacts, ...] = ()
    is_tradition: bool = False
    """Its author says that it is a traditional belief, not a finding of research."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is checked at once."""

    locale: str
    blocks: tuple[Block, ...]
    """In reading order; the title is a block of role `title`."""
    treatments: tuple[str, ...] = ()
    """Names and synonyms of what the page is about; they count as agents."""
    conditions: tuple[str, ...] = ()
    permitted: tuple[PermittedClaimFacts, ...] = ()
