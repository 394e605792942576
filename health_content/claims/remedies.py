"""What may stand in place of a claim: a sentence in which the checker itself finds nothing but hints."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .engine import check_page
from .facts import Block, Stance
from .findings import Category, Severity
from .gazetteer import folded_words
from .permitted import BY_PERMISSION, JURISDICTIONS, has_name

if TYPE_CHECKING:
    from .facts import Page, PermittedClaimFacts
    from .findings import Profile
    from .rules import Phrases, Rule

BY_SOURCE = frozenset({"document", "evidence", BY_PERMISSION})
# Claims of an effect on something, for which a table of permitted effects has an answer.
EFFECTS = frozenset(
    {Category.CURE_ABSOLUTE, Category.DISEASE_CLAIM, Category.PROOF_OVERCLAIM}
)
# Words that keep their capital within a sentence; the treatments of the library are named in lower case there.
NAMES = frozenset(
    {"American", "Asian", "British", "Chinese", "Eastern", "European", "I", "Indian", "Japanese", "Korean", "Tibetan", "Western"}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PermittedWording:
    """A regulator's wording for a treatment."""

    facts: PermittedClaimFacts
    is_of_page: bool = False
    """The page says that it is about the condition."""
    qualifier: str = ""
    """What must be said with it, or whom it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a page is about, as far as it decides what may be said."""

    page: Page
    """Of which names and permitted claims count, not the blocks."""
    profiles: tuple[Profile, ...]
    wordings: tuple[PermittedWording, ...] = ()
    traditions: frozenset[str] = frozenset()
    """Those that the treatments of the page belong to, by schema.org's `MedicineSystem`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedies:
    """Sentences that an editor may put in place of a claim; "" where there is none."""

    wording: str = ""
    qualifier: str = ""
    """What the regulator asks for besides; "" for a wording of the rule's own."""
    is_permitted: bool = False
    """The wording is a regulator's, not the rule's own."""
    attributed: str = ""
    takes_reference: bool = False
    """A source beside the claim may settle it."""


def find_remedies(
    sentence: str, rule: Rule, subject: Subject, phrases: Phrases
) -> Remedies:
    """Return what may stand in place of *sentence*, in which *rule* found a claim.

    Nothing is offered that the checker would warn of, by any profile. Cost: that of checking three sentences at most.
    """
    remedies = Remedies(
        attributed=_fine(_attributed(sentence, rule, subject, phrases), subject),
        takes_reference=not BY_SOURCE.isdisjoint(rule.resolve),
    )
    permitted = _permitted(sentence, rule, subject)
    if permitted is not None:
        wording = _fine(_sentence(permitted.facts, phrases), subject)
        if wording:
            return replace(
                remedies,
                wording=wording,
                qualifier=permitted.qualifier,
                is_permitted=True,
            )
    return replace(remedies, wording=_fine(rule.wording, subject))


def _permitted(sentence: str, rule: Rule, subject: Subject) -> PermittedWording | None:
    """Return the wording for what *sentence* is about: the condition that it names, or else the page's."""
    if rule.category not in EFFECTS and BY_PERMISSION not in rule.resolve:
        return None
    words = folded_words(sentence)
    places = {JURISDICTIONS.get(profile) for profile in subject.profiles}
    usable = [
        each
        for each in subject.wordings
        if each.facts.stance is Stance.PERMITTED
        and (None in places or each.facts.jurisdiction in places)
    ]
    named = [each for each in usable if has_name(words, each.facts.conditions)]
    found = named or [
        each for each in usable if each.is_of_page or not each.facts.conditions
    ]
    # Of several nobody knows which is meant.
    return found[0] if len(found) == 1 else None


def _sentence(facts: PermittedClaimFacts, phrases: Phrases) -> str:
    return phrases.permitted.format(
        treatment=facts.treatments[0], wording=facts.wording
    )


def _attributed(sentence: str, rule: Rule, subject: Subject, phrases: Phrases) -> str:
    traditions = [phrases.traditions.get(each, "") for each in subject.traditions]
    if not rule.is_attributable or len(traditions) != 1 or not traditions[0]:
        return ""
    claim = _uncapitalized(sentence)
    return phrases.attributed.format(tradition=traditions[0], claim=claim)


def _uncapitalized(sentence: str) -> str:
    word = sentence.partition(" ")[0].rstrip(",;:")
    is_plain = word not in NAMES and word[1:] == word[1:].lower()
    return sentence[:1].lower() + sentence[1:] if is_plain else sentence


def _fine(sentence: str, subject: Subject) -> str:
    """Return *sentence*, or "" where the checker has more than a hint to say of it."""
    page = replace(subject.page, blocks=(Block(id="", text=sentence),))
    worst = {check_page(page, profile=profile).worst for profile in subject.profiles}
    return sentence if worst <= {None, Severity.INFO} else ""
