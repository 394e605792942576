"""Rules as data: what they are made of, and what makes one valid."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from .findings import Category, Profile, Severity, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .cues import CueBits
    from .frames import Frame
    from .lexicon import Lexicon

MIN_EXAMPLES = 5
RESOLVERS = frozenset(
    {"rewrite", "evidence", "permitted_claim", "never", "helpline", "label", "document"}
)


class RuleError(ValueError):
    """The rule base contradicts itself; the message names the rule."""


class Polarity(StrEnum):
    """What a negator in the claim does."""

    AFFIRMED = "affirmed"
    """It denies the claim: "does not cure"."""
    SELF_NEGATED = "self"
    """It belongs to the claim: "no side effects"."""


class Scope(StrEnum):
    """What a rule looks at."""

    SENTENCE = "sentence"
    PAGE = "page"
    """Its frames are sought in headings, and what it asks for (`unless`) in all of them."""
    TRADITION = "tradition"
    """Its frames are what a block marked as a traditional belief must have, in one of its sentences."""


class Treatment(StrEnum):
    """What a context does to a finding."""

    KEEP = "keep"
    LOWER = "lower"
    INFO = "info"
    SKIP = "skip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contexts:
    """What each context does to the findings of a rule."""

    refuted: Treatment = Treatment.SKIP
    """"It is a myth that …"."""
    unknown: Treatment = Treatment.SKIP
    """"It is not known whether …"."""
    advised: Treatment = Treatment.SKIP
    """"Ask your doctor before …"."""
    reported: Treatment = Treatment.SKIP
    """"In the trial, …"."""
    warned: Treatment = Treatment.SKIP
    """"It can cause …"."""
    attributed: Treatment = Treatment.LOWER
    """"… is believed to …"."""
    hedged: Treatment = Treatment.LOWER
    generalized: Treatment = Treatment.LOWER
    """"Some people …", "… usually …": how health authorities write."""
    question: Treatment = Treatment.INFO
    asked: Treatment = Treatment.INFO
    """"Can I …?": a reader's question."""
    referenced: Treatment = Treatment.KEEP
    """"… (reference 3)"."""
    heading: Treatment = Treatment.KEEP
    quote: Treatment = Treatment.KEEP
    testimonial: Treatment = Treatment.KEEP


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: how to find a claim, and what to say about it."""

    id: str
    category: Category
    severity: Mapping[Profile, Severity]
    message: str
    suggest: str
    resolve: tuple[str, ...]
    sources: tuple[Source, ...]
    scope: Scope
    polarity: Polarity
    contexts: Contexts
    frames: tuple[Frame, ...]
    unless: tuple[Frame, ...]
    """Found in the same sentence, one of these keeps the rule silent."""
    positive: tuple[str, ...]
    negative: tuple[str, ...]
    wording: str = ""
    """A whole sentence that may stand in place of the claim; empty where there is no such sentence."""
    is_attributable: bool = False
    """Whether it settles the claim to say whose belief it is."""
    triggers: int = field(init=False)
    """Bits of which a sentence has at least one, or no frame can be in it: a quick test of all frames at once."""

    def __post_init__(self) -> None:
        """Gather the triggers."""
        triggers = 0
        for frame in self.frames:
            triggers |= frame.needs[0]
        object.__setattr__(self, "triggers", triggers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The sentences of a language that stand in place of claims, or are said of them; empty where it has none."""

    permitted: str = ""
    """With `{treatment}` and `{wording}`."""
    attributed: str = ""
    """With `{tradition}` and `{claim}`."""
    traditions: Mapping[str, str] = field(default_factory=dict)
    """What begins a sentence about a tradition, by schema.org's `MedicineSystem`."""
    stances: Mapping[str, str] = field(default_factory=dict)
    """What is said of a claim that a regulator or a guideline speaks against, by their stance; with `{source}`."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RuleBase:
    """All rules of a language, and its lexicon."""

    version: str
    locale: str
    lexicon: Lexicon
    cues: CueBits
    rules: tuple[Rule, ...]
    phrases: Phrases = field(default_factory=Phrases)
    advice_against: tuple[Frame, ...] = ()
    """Of which a sentence has one that tells what a guideline advises against."""

    def replace_lexicon(self, lexicon: Lexicon) -> RuleBase:
        """Return the same rules over *lexicon*, which must have the same classes."""
        return replace(self, lexicon=lexicon)

    def rule(self, rule_id: str) -> Rule:
        """Return a rule by its id.

        Raises:
            KeyError: there is none.
        """
        return {rule.id: rule for rule in self.rules}[rule_id]


def check_rule(rule: Rule) -> None:
    """Refuse a rule that is not complete.

    Raises:
        RuleError: no source, too few examples, a missing text, or an unknown way to resolve it.
    """
    faults = {
        "has no frame": not rule.frames,
        "has no message": not rule.message,
        "has no suggestion": not rule.suggest,
        "has no source": not rule.sources,
        "does not say what resolves it": not rule.resolve,
        "is resolved in an unknown way": bool(set(rule.resolve) - RESOLVERS),
        "has too few positive examples": len(set(rule.positive)) < MIN_EXAMPLES,
        "has too few negative examples": len(set(rule.negative)) < MIN_EXAMPLES,
        "leaves out a profile": set(rule.severity) != set(Profile),
    }
    if found := [fault for fault, is_so in faults.items() if is_so]:
        raise RuleError(f"{rule.id} {', '.join(found)}")
