"""What pages show of the library: live entries, each in the language of the page, for many pages at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from django.apps import apps
from django.db.models import Q

from ..document_evidence import find_evidence
from ..document_facts import CitedReference
from ..governance_facts import (
    Citation,
    ConditionFacts,
    ConflictLine,
    Contributor,
    CredentialLine,
    PersonFacts,
    ReferenceFacts,
    TreatmentFacts,
)
from ..stored_values import walk_stream

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from datetime import datetime

    from ..document_facts import Json, JsonObject
    from ..models import Condition, PersonProfile, Reference, Treatment

Facts = TypeVar("Facts")
CODES = ("snomed", "icd10", "icd11", "mesh")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a page names in the library, by id, live or not."""

    contributors: tuple[tuple[int, str], ...] = ()
    """Person and role."""
    citations: tuple[JsonObject, ...] = ()
    """`key`, `reference`, `locator` and `note`."""
    conditions: tuple[int, ...] = ()
    treatments: tuple[int, ...] = ()

    @property
    def people(self) -> set[int]:
        """Return the ids of the people."""
        return {person for person, _role in self.contributors}

    @property
    def references(self) -> set[int]:
        """Return the ids of the references."""
        return {_number(citation["reference"]) for citation in self.citations}


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryView:
    """The live entries that some pages name."""

    people: Mapping[tuple[int, int], PersonFacts] = field(default_factory=dict)
    conditions: Mapping[tuple[int, int], ConditionFacts] = field(default_factory=dict)
    treatments: Mapping[tuple[int, int], TreatmentFacts] = field(default_factory=dict)
    references: Mapping[int, ReferenceFacts] = field(default_factory=dict)
    newer: Mapping[int, int] = field(default_factory=dict)
    """Reference to the one that replaces it, live or not."""


def named_in_streams(
    contributors: Json,
    references: Json,
    related: Mapping[str, tuple[int, ...]],
    *,
    body: Json = None,
) -> Named:
    """Return what a page names: by its stored streams, and by its relations.

    A reference that only a statement in *body* rests on comes after those that the page lists, in reading order.
    """
    listed = tuple(
        {
            "key": key,
            "reference": value["reference"],
            "locator": str(value.get("locator") or ""),
            "note": str(value.get("note") or ""),
        }
        for key, value in _values(references)
        if _number(value.get("reference"))
    )
    return Named(
        contributors=tuple(
            (person, str(value.get("role") or "author"))
            for _key, value in _values(contributors)
            if (person := _number(value.get("person")))
        ),
        citations=(*listed, *_unlisted(body, listed)),
        conditions=related.get("about_conditions", ()),
        treatments=related.get("about_treatments", ()),
    )


def library_view(
    named: Collection[Named], *, locale_ids: Collection[int], now: datetime
) -> LibraryView:
    """Return the entries of the library that pages in the languages *locale_ids* show at *now*.

    Cost: six queries at most: people with their credentials and interests, conditions, treatments, references.
    """
    people = _translated(
        "PersonProfile",
        {pk for each in named for pk in each.people},
        locale_ids,
        now,
        _person,
        prefetch=("credentials", "conflicts"),
    )
    conditions = _translated(
        "Condition",
        {pk for each in named for pk in each.conditions},
        locale_ids,
        now,
        _condition,
    )
    treatments = _translated(
        "Treatment",
        {pk for each in named for pk in each.treatments},
        locale_ids,
        now,
        _treatment,
    )
    cited = {pk for each in named for pk in each.references}
    references, newer = _references(cited, now)
    return LibraryView(
        people=people,
        conditions=conditions,
        treatments=treatments,
        references=references,
        newer=newer,
    )


def contributors_of(
    named: Named, view: LibraryView, locale_id: int
) -> tuple[Contributor, ...]:
    """Return the live contributors of a page, in their order."""
    return tuple(
        Contributor(person=view.people[person, locale_id], role=role)
        for person, role in named.contributors
        if (person, locale_id) in view.people
    )


def citations_of(named: Named, view: LibraryView) -> tuple[Citation, ...]:
    """Return the live references of a page, in their order."""
    return tuple(
        Citation(
            key=str(citation["key"]),
            reference=view.references[_number(citation["reference"])],
            locator=str(citation["locator"]),
            note=str(citation["note"]),
        )
        for citation in named.citations
        if _number(citation["reference"]) in view.references
    )


def cited_references(citations: Iterable[Citation]) -> dict[int, CitedReference]:
    """Return how statements in the body name the references of their page: by number, the first where one is listed twice."""
    found: dict[int, CitedReference] = {}
    for number, citation in enumerate(citations, start=1):
        facts = citation.reference
        found.setdefault(
            facts.id,
            CitedReference(
                number=number,
                key=citation.key,
                kind=facts.kind,
                certainty=facts.certainty,
                direction=facts.direction,
                is_retracted=facts.retracted_at is not None,
            ),
        )
    return found


def subjects_of(
    chosen: Iterable[int], found: Mapping[tuple[int, int], Any], locale_id: int
) -> tuple[Any, ...]:
    """Return the live subjects of a page, in order of name, each key once."""
    shown = {
        found[pk, locale_id].key: found[pk, locale_id]
        for pk in chosen
        if (pk, locale_id) in found
    }
    return tuple(sorted(shown.values(), key=lambda facts: (facts.name, facts.key)))


def _translated(
    model_name: str,
    wanted: Collection[int],
    locale_ids: Collection[int],
    now: datetime,
    facts: Callable[[Any], Facts],
    *,
    prefetch: tuple[str, ...] = (),
) -> dict[tuple[int, int], Facts]:
    """Return the facts of live entries by the chosen id and the page's language, the translation where it is live.

    One query, and one for each relation to fetch with it; none when nothing is wanted.
    """
    if not wanted:
        return {}
    model = apps.get_model("health_content", model_name)
    keys = model._default_manager.filter(pk__in=wanted).values("translation_key")  # noqa: SLF001 - Django's documented name
    group = Q(pk__in=wanted) | Q(translation_key__in=keys, locale__in=locale_ids)
    entries = list(
        model._default_manager.filter(group)  # noqa: SLF001 - Django's documented name
        .order_by("pk")
        .prefetch_related(*prefetch)
    )
    live = {e.pk: e for e in entries if _is_shown(e, now)}
    local = {(e.translation_key, e.locale_id): e for e in live.values()}
    found: dict[tuple[int, int], Facts] = {}
    for chosen in entries:
        if chosen.pk not in wanted:
            continue
        for locale_id in locale_ids:
            shown = local.get((chosen.translation_key, locale_id), live.get(chosen.pk))
            if shown is not None:
                found[chosen.pk, locale_id] = facts(shown)
    return found


def _references(
    wanted: Collection[int], now: datetime
) -> tuple[dict[int, ReferenceFacts], dict[int, int]]:
    """Return the live references, and what replaces those that are wanted. One query."""
    if not wanted:
        return {}, {}
    model: type[Reference] = apps.get_model("health_content", "Reference")
    rows = model.objects.filter(pk__in=wanted).select_related("superseded_by")
    found = {row.pk: _reference(row, now) for row in rows if _is_shown(row, now)}
    newer = {row.pk: row.superseded_by_id for row in rows if row.superseded_by_id}
    return found, newer


def _is_shown(entry: Any, now: datetime) -> bool:
    return entry.live and (entry.expire_at is None or entry.expire_at > now)


def _person(person: PersonProfile) -> PersonFacts:
    return PersonFacts(
        id=person.pk,
        key=person.key,
        name=person.name,
        job_title=person.job_title,
        bio=person.bio,
        photo=person.photo_id,
        specialties=tuple(person.specialty_list),
        orcid=person.orcid,
        credentials=tuple(
            CredentialLine(
                title=row.title,
                awarding_body=row.awarding_body,
                registration_body=row.registration_body,
                registration_number=row.registration_number
                if row.is_number_public
                else "",
                valid_until=row.valid_until,
                verified_at=row.verified_at,
            )
            for row in person.credentials.all()
        ),
        conflicts=tuple(
            ConflictLine(text=row.text, starts_on=row.starts_on, ends_on=row.ends_on)
            for row in person.conflicts.all()
        ),
        expires_at=person.expire_at,
    )


def _condition(condition: Condition) -> ConditionFacts:
    return ConditionFacts(
        id=condition.pk,
        key=condition.key,
        name=condition.name,
        synonyms=tuple(condition.synonym_list),
        body_location=condition.body_location,
        codes={name: code for name in CODES if (code := getattr(condition, name))},
        expires_at=condition.expire_at,
    )


def _treatment(treatment: Treatment) -> TreatmentFacts:
    return TreatmentFacts(
        id=treatment.pk,
        key=treatment.key,
        name=treatment.name,
        synonyms=tuple(treatment.synonym_list),
        procedure_type=treatment.procedure_type,
        medicine_system=treatment.medicine_system,
        is_complementary=treatment.is_complementary,
        licensed_title=treatment.licensed_title,
        expires_at=treatment.expire_at,
    )


def _reference(reference: Reference, now: datetime) -> ReferenceFacts:
    newer = reference.superseded_by
    return ReferenceFacts(
        id=reference.pk,
        csl=reference.csl,
        kind=reference.kind,
        certainty=reference.certainty,
        direction=reference.direction,
        population=reference.population,
        checked_at=reference.checked_at,
        retracted_at=reference.retracted_at,
        archived_url=reference.archived_url,
        superseded_by=newer.csl
        if newer is not None and _is_shown(newer, now)
        else None,
        expires_at=reference.expire_at,
    )


def _unlisted(body: Json, listed: Collection[JsonObject]) -> tuple[JsonObject, ...]:
    """Return the references in *body* that are not *listed*, each once, as if the page listed them."""
    found: dict[int, JsonObject] = {}
    known = {_number(citation["reference"]) for citation in listed}
    for key, reference in find_evidence(body):
        if reference not in known:
            found.setdefault(
                reference,
                {"key": key, "reference": reference, "locator": "", "note": ""},
            )
    return tuple(found.values())


def _values(stream: Json) -> Iterator[tuple[str, JsonObject]]:
    """Yield id and value of each stored block."""
    for block in walk_stream(stream):
        value = block.get("value")
        if isinstance(value, dict):
            yield str(block.get("id") or ""), value


def _number(value: Json) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
