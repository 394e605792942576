"""Whether a reviewer is the right one for a page: what they know, and what they have an interest in. Pure.

Names are compared, not meanings: case, accents, punctuation and white space do not count, parts of words do not match.
What only people can tell (that a firm belongs to another) is for the declaration to name.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_APART = re.compile(r"[\W_]+")
# A shorter name is an initial, and stands in every text.
NAME_MIN_LENGTH = 3
# They say how a subject is dealt with, not which one it is.
_FILLERS = frozenset(
    {
        "and", "of", "the", "in", "for", "medicine", "medical", "care", "health", "disease", "diseases", "disorder",
        "disorders", "therapy", "treatment", "y", "e", "de", "del", "la", "el", "los", "las", "en", "medicina",
        "medico", "medica", "salud", "enfermedad", "enfermedades", "trastornos", "terapia", "tratamiento",
    }
)  # fmt: skip
# Whoever has one of these knows something of every subject.
GENERALISTS = frozenset(
    {
        "general practice", "general practitioner", "family medicine", "general medicine", "primary care",
        "medicina de familia", "medicina general", "atencion primaria",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """An interest that somebody declares."""

    text: str
    parties: tuple[str, ...] = ()
    """Whom or what it is about: organizations, products, treatments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakes:
    """What somebody could have an interest in, on a page."""

    sponsor: str = ""
    treatments: tuple[str, ...] = ()
    """Names and synonyms of the treatments that it is about."""
    declared: tuple[Declaration, ...] = ()
    """What its authors and editors declare."""


def shared_interests(
    declarations: Iterable[Declaration], stakes: Stakes
) -> tuple[str, ...]:
    """Return the names in which a reviewer's *declarations* meet the *stakes* of a page, as they were written, once each.

    They meet where a declaration names the page's sponsor, one of its treatments, or a party that an author's declaration
    names too. An interest in anything else is shown to readers, and bars nobody.
    """
    named = [stakes.sponsor, *stakes.treatments]
    named += [party for each in stakes.declared for party in each.parties]
    at_stake = [stakes.sponsor, *(_said(each) for each in stakes.declared)]
    found: dict[str, str] = {}
    for own in declarations:
        said = _said(own)
        meeting = [name for name in named if _names(said, name)]
        meeting += [
            party
            for party in own.parties
            if any(_names(text, party) for text in at_stake)
        ]
        for name in meeting:
            found.setdefault(_plain(name), name.strip())
    return tuple(found.values())


def is_specialty_fit(specialties: Sequence[str], subjects: Sequence[str]) -> bool:
    """Return whether one of *specialties* is about one of the *subjects* of a page; of no subject everybody knows enough.

    The words of one of the two are among the words of the other: "Back pain" fits "Chronic low back pain". A general
    practitioner fits every page.
    """
    if not subjects or GENERALISTS & {_plain(each) for each in specialties}:
        return True
    wanted = [words for each in subjects if (words := _words(each))]
    known = [words for each in specialties if (words := _words(each))]
    return any(one <= other or other <= one for one in known for other in wanted)


def _said(declaration: Declaration) -> str:
    return " . ".join((declaration.text, *declaration.parties))


def _names(text: str, name: str) -> bool:
    """Return whether *text* names *name*, as whole words."""
    plain = _plain(name)
    return len(plain) >= NAME_MIN_LENGTH and f" {plain} " in f" {_plain(text)} "


def _words(name: str) -> frozenset[str]:
    return frozenset(_plain(name).split()) - _FILLERS


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in folded if not unicodedata.combining(c))
    return _APART.sub(" ", kept).strip()
