"""Who made a page, on what sources, about what, and for whose money: plain facts for `document_governance`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from .document_facts import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialLine:
    """A credential as readers may see it: without a number that is not for them, and without who looked it up."""

    title: str
    awarding_body: str
    registration_body: str
    registration_number: str
    """"" unless the person agreed to show it."""
    valid_until: date | None
    verified_at: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictLine:
    """An interest that a person declared."""

    text: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """A live person, in the language of the page where they are live in it."""

    id: int
    key: str
    name: str
    job_title: str
    bio: str
    photo: int | None
    specialties: tuple[str, ...]
    orcid: str
    credentials: tuple[CredentialLine, ...]
    conflicts: tuple[ConflictLine, ...]
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor:
    """A person and what they did for the page."""

    person: PersonFacts
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceFacts:
    """A live reference."""

    id: int
    csl: JsonObject
    kind: str
    certainty: str
    direction: str
    population: str
    checked_at: date | None
    retracted_at: date | None
    archived_url: str
    superseded_by: JsonObject | None
    """The CSL-JSON of the live reference that replaces it."""
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A reference and what the page takes from it."""

    key: str
    """Id of the block that cites it."""
    reference: ReferenceFacts
    locator: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionFacts:
    """A live condition that the page is about, in the page's language where it is live in it."""

    id: int
    key: str
    name: str
    synonyms: tuple[str, ...]
    body_location: str
    codes: Mapping[str, str]
    """The code by its system (`snomed`, `icd10`, `icd11`, `mesh`); those that are known."""
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentFacts:
    """A live treatment that the page is about, in the page's language where it is live in it."""

    id: int
    key: str
    name: str
    synonyms: tuple[str, ...]
    procedure_type: str
    medicine_system: str
    is_complementary: bool
    licensed_title: str
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """Who publishes the site; what is not known is ""."""

    publisher: str = ""
    url: str = ""
    funding: str = ""
    principles_url: str = ""
    corrections_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Governance:
    """What a page says of itself; an index page says nothing."""

    content_kind: str = ""
    audience_group: str = "public"
    contributors: tuple[Contributor, ...] = ()
    citations: tuple[Citation, ...] = ()
    conditions: tuple[ConditionFacts, ...] = ()
    treatments: tuple[TreatmentFacts, ...] = ()
    conflict_statement: str = ""
    sponsor: str = ""
    is_commercial: bool = False
    ai_assistance: str = "none"
    ai_note: str = ""
    organization: Organization = field(default_factory=Organization)
