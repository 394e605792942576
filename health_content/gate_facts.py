"""What the gate decides from: facts about a page, gathered once, and the policy that they are held against."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class Check(StrEnum):
    """What is checked before a page goes live. The values are public and permanent."""

    DISCLAIMER_MISSING = "G01"
    DISCLAIMER_UNFIT = "G02"
    REVIEW_MISSING = "G03"
    REVIEW_OVERDUE = "G04"
    REVIEWER_INVOLVED = "G05"
    REVIEWER_UNQUALIFIED = "G06"
    CHANGED_SINCE_REVIEW = "G07"
    CLAIM_BLOCKING = "G08"
    CLAIM_UNDECIDED = "G09"
    REFERENCES = "G10"
    CERTAINTY = "G11"
    COVERAGE = "G12"
    CRISIS = "G13"
    URGENT_CARE = "G14"
    INTERESTS = "G15"
    ACCESSIBILITY = "G16"
    READABILITY = "G17"
    CONSENT = "G18"
    TRANSLATION = "G19"
    CONTRADICTION = "G20"
    PERMITTED_WORDING = "G21"
    AI_ASSISTANCE = "G22"


# What a new medical review of the page settles.
OF_REVIEW = frozenset(
    {
        Check.REVIEW_MISSING, Check.REVIEW_OVERDUE, Check.REVIEWER_INVOLVED, Check.REVIEWER_UNQUALIFIED,
        Check.CHANGED_SINCE_REVIEW, Check.TRANSLATION, Check.AI_ASSISTANCE,
    }
)  # fmt: skip


class Level(StrEnum):
    """What a failed check does."""

    OFF = "off"
    INFO = "info"
    WARN = "warn"
    BLOCK = "block"


class Waiver(StrEnum):
    """Who may let a page pass a check that it fails."""

    NOBODY = "nobody"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    LEAD = "lead"
    TWO_PEOPLE = "two_people"


class RiskTier(StrEnum):
    """How much harm a wrong page can do, the least first."""

    LOW = "low"
    STANDARD = "standard"
    HIGH = "high"
    CRISIS = "crisis"


class ReviewScope(StrEnum):
    """What a reviewer vouched for."""

    FULL = "full"
    SECTION = "section"
    MINOR_CHANGE = "minor_change"


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """What a page says of itself that decides how much is asked of it."""

    content_kind: str = ""
    tier: RiskTier = RiskTier.STANDARD


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclaimerState:
    """A disclaimer that the page would show, as it stands now."""

    title: str
    kind: str
    """What it is about: a value of `DisclaimerKind`."""
    is_live: bool = True
    is_in_language: bool = True
    is_in_jurisdiction: bool = True
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewState:
    """A medical review of the page that approved it."""

    digest: str
    """Of the content that was reviewed."""
    reviewed_at: datetime
    expires_at: datetime
    reviewer_user_id: int | None
    scope: ReviewScope = ReviewScope.FULL
    credential_until: datetime | None = None
    """None for a credential that does not expire."""
    is_verified: bool = True
    """Somebody checked the reviewer's credential with the body that gave it."""
    is_specialty_fit: bool = True
    has_shared_interest: bool = False
    """The reviewer declared an interest that the page shares."""
    shared_interests: tuple[str, ...] = ()
    """The names in which they meet, where they are known."""
    is_by_writer: bool = False
    """Somebody reviewed what they had written."""
    rests_on: ReviewState | None = None
    """The full review that one of a minor change confirms."""

    @property
    def vouchers(self) -> tuple[ReviewState, ...]:
        """Return the review, and what it rests on: each has to hold."""
        return (self,) if self.rests_on is None else (self, self.rests_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimState:
    """A finding of the claim engine that somebody has still to answer for."""

    rule: str
    severity: Level
    """By itself, whatever is permitted to say: two people answer for what blocks, whoever else speaks against it."""
    sentence_sha: str
    text: str
    message: str = ""
    suggestion: str = ""
    source: str = ""
    """Address of what the rule rests on."""
    block_id: str = ""
    is_about_certainty: bool = False
    is_about_permitted_wording: bool = False

    @property
    def fingerprint(self) -> str:
        """Return what a decision about the finding is bound to: it lapses when rule or sentence is another."""
        return f"{self.rule}:{self.sentence_sha}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong in one place, found by whoever gathered the facts."""

    code: str
    text: str = ""
    """What it is about: a title, a sentence, a name."""
    block_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferencesState:
    """What the page rests on."""

    count: int = 0
    dangling: tuple[str, ...] = ()
    """Citations in the text that lead to no reference."""
    retracted: tuple[str, ...] = ()
    """Titles of references that were retracted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationState:
    """A translated page beside its source."""

    is_source_reviewed: bool
    is_reviewed: bool
    """Somebody with medical knowledge reviewed the translation itself."""
    has_source_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Readability:
    """How hard the text is to read. Advice: nothing here keeps a page from being published."""

    lix: float
    long_sentences: int
    lix_max: float = 45.0
    """Wagtail's own line between a standard and a complex text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GateFacts:
    """All that the gate knows of a page. What is not known is absent, never assumed to be fine."""

    digest: str
    """Of the content that would go live."""
    risk_tier: RiskTier = RiskTier.STANDARD
    is_risk_unconfirmed: bool = False
    """It says that it can do less harm than it did when it was public, or than is usual, and no reviewer agreed."""
    is_clinic: bool = False
    """The site sells the treatment that it writes about."""
    writers: frozenset[int] = frozenset()
    """Users who wrote, or last changed, what would go live."""
    disclaimers: tuple[DisclaimerState, ...] = ()
    reviews: tuple[ReviewState, ...] = ()
    """The newest first."""
    is_change_minor: bool = False
    """What changed since the last review touches no claim, number, negation, medicine or condition."""
    claims: tuple[ClaimState, ...] = ()
    are_claims_checked: bool = True
    """False for a language without rules: nobody looked, which is not the same as finding nothing."""
    rule_base: str = ""
    """Version of the rules that claims were checked by."""
    references: ReferencesState = field(default_factory=ReferencesState)
    missing_aspects: tuple[str, ...] = ()
    overstated: tuple[Fault, ...] = ()
    """Findings of research whose verb is stronger than the certainty beside them."""
    misplaced_doses: tuple[Fault, ...] = ()
    """Medicines with a dose, on a page that is about no medicine."""
    has_benefits: bool = False
    has_risks: bool = False
    is_about_crisis: bool = False
    has_helpline: bool = False
    are_replies_open: bool = False
    """Readers may reply, and what they write is public before somebody has read it."""
    needs_urgent_care: bool = False
    """The page is about a symptom or a condition."""
    has_urgent_care: bool = False
    is_commercial: bool = False
    are_interests_declared: bool = False
    accessibility: tuple[Fault, ...] = ()
    readability: Readability | None = None
    without_consent: tuple[Fault, ...] = ()
    translation: TranslationState | None = None
    contradictions: tuple[Fault, ...] = ()
    has_ai_assistance: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How strict a site is with a page of some kind."""

    levels: Mapping[Check, Level] = field(default_factory=dict)
    """Instead of the level that a check has of itself. Not for checks that nobody may waive."""
    long_sentences_max: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Somebody's decision that a page may pass a check that it fails."""

    check: Check
    fingerprint: str
    """Of the reason it answers."""
    expires_at: datetime
    digest: str = ""
    """Of the content it was given for; empty for one that is bound to a sentence."""
    granted_by: Waiver = Waiver.EDITOR
