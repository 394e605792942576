"""What a document says of the page itself: its kind, its people, its references, its subjects and interests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .citations import format_ama, format_vancouver
from .csl import csl_url
from .document_media import image_json
from .web_addresses import public_url

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from .document_facts import Json, JsonObject, Resources
    from .governance_facts import (
        Citation,
        ConditionFacts,
        Contributor,
        Governance,
        PersonFacts,
        TreatmentFacts,
    )

GOVERNANCE_KEYS = (
    "content_kind", "audience_group", "about", "contributors", "references", "conflicts", "ai_assistance",
    "organization",
)  # fmt: skip


def governance_addresses(facts: Governance) -> frozenset[str]:
    """Return the addresses that somebody typed for the library and for who publishes."""
    references = [citation.reference for citation in facts.citations]
    newer = [each.superseded_by for each in references if each.superseded_by]
    organization = facts.organization
    found = [
        *(str(csl.get("URL") or "") for csl in (*(r.csl for r in references), *newer)),
        *(each.archived_url for each in references),
        organization.url,
        organization.principles_url,
        organization.corrections_url,
    ]
    return frozenset(filter(None, found))


def build_governance(
    facts: Governance, resources: Resources, publisher: str
) -> JsonObject:
    """Return the keys `GOVERNANCE_KEYS` of a document; each is there, whatever is known."""
    organization = facts.organization
    return {
        "content_kind": facts.content_kind or None,
        "audience_group": facts.audience_group,
        "about": {
            "conditions": [_condition(condition) for condition in facts.conditions],
            "treatments": [_treatment(treatment) for treatment in facts.treatments],
        },
        "contributors": [_contributor(c, resources) for c in facts.contributors],
        "references": [
            _reference(number, citation, resources)
            for number, citation in enumerate(facts.citations, start=1)
        ],
        "conflicts": {
            "statement": facts.conflict_statement or None,
            "is_commercial": facts.is_commercial,
            "sponsor": facts.sponsor or None,
            "declared": list(_declared(facts.contributors)),
        },
        "ai_assistance": {"use": facts.ai_assistance, "note": facts.ai_note or None},
        "organization": {
            "name": publisher,
            "url": public_url(organization.url, resources),
            "funding": organization.funding or None,
            "publishing_principles": public_url(organization.principles_url, resources),
            "corrections_policy": public_url(organization.corrections_url, resources),
        },
    }


def _contributor(contributor: Contributor, resources: Resources) -> JsonObject:
    person = contributor.person
    return {
        "key": person.key,
        "role": contributor.role,
        "name": person.name,
        "job_title": person.job_title or None,
        "bio": person.bio or None,
        "photo": _photo(person, resources),
        "specialties": [*person.specialties],
        "orcid": person.orcid or None,
        "credentials": [
            {
                "title": credential.title,
                "awarding_body": credential.awarding_body or None,
                "register": credential.registration_body or None,
                "registration_number": credential.registration_number or None,
                "valid_until": _day(credential.valid_until),
                "verified_at": _day(credential.verified_at),
            }
            for credential in person.credentials
        ],
    }


def _photo(person: PersonFacts, resources: Resources) -> JsonObject | None:
    if person.photo is None:
        return None
    return image_json({"image": person.photo, "alt_text": person.name}, resources)


def _declared(contributors: Iterable[Contributor]) -> Iterable[Json]:
    """Yield what the people declare, each person once, however many roles they have."""
    people = {c.person.key: c.person for c in contributors}
    for person in people.values():
        for conflict in person.conflicts:
            yield {
                "contributor": person.key,
                "text": conflict.text,
                "from": _day(conflict.starts_on),
                "until": _day(conflict.ends_on),
            }


def _reference(number: int, citation: Citation, resources: Resources) -> JsonObject:
    reference = citation.reference
    csl = _public_csl(reference.csl, resources)
    newer = reference.superseded_by
    return {
        "number": number,
        "key": citation.key,
        "locator": citation.locator or None,
        "note": citation.note or None,
        "kind": reference.kind,
        "certainty": reference.certainty or None,
        "direction": reference.direction or None,
        "population": reference.population or None,
        "checked_at": _day(reference.checked_at),
        "retracted_at": _day(reference.retracted_at),
        "superseded_by": None
        if newer is None
        else {
            "title": newer["title"],
            "url": csl_url(_public_csl(newer, resources)),
        },
        "archived_url": public_url(reference.archived_url, resources),
        "url": csl_url(csl),
        "csl": {"id": citation.key, **csl},
        "formatted": {
            "ama": format_ama(csl),
            "vancouver": format_vancouver(csl),
        },
    }


def _public_csl(csl: JsonObject, resources: Resources) -> JsonObject:
    """Return *csl* without its address where that leads to what is hidden."""
    if public_url(str(csl.get("URL") or ""), resources):
        return csl
    return {name: value for name, value in csl.items() if name != "URL"}


def _condition(condition: ConditionFacts) -> JsonObject:
    return {
        "key": condition.key,
        "name": condition.name,
        "synonyms": [*condition.synonyms],
        "body_location": condition.body_location or None,
        "codes": dict(condition.codes),
    }


def _treatment(treatment: TreatmentFacts) -> JsonObject:
    return {
        "key": treatment.key,
        "name": treatment.name,
        "synonyms": [*treatment.synonyms],
        "procedure_type": treatment.procedure_type or None,
        "medicine_system": treatment.medicine_system or None,
        "is_complementary": treatment.is_complementary,
        "licensed_title": treatment.licensed_title or None,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
