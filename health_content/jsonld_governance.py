"""The people, the subjects and the publisher of a document as nodes of its schema.org graph.

Properties stand where schema.org gives them a domain: `reviewedBy` on a web page, `procedureType` on a medical procedure,
`ownershipFundingInfo` and `correctionsPolicy` on an organization. Certainty is not among them: `evidenceLevel` belongs to
guidelines. Identifiers of people are the same on all pages of a site. A document that was built before there were such keys
has none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .document_facts import Json, JsonObject

SCHEMA = "https://schema.org/"
# What a role is called on the node of the text; who reviewed is a matter of the page, and of its record.
ROLES = {"author": "author", "editor": "editor", "translator": "translator"}
CONTRIBUTING = frozenset({"fact_checker", "lived_experience"})
REVIEWER = "medical_reviewer"
# A review in another state vouches for nothing.
VALID_REVIEWS = frozenset({"current", "due"})
PROCEDURES = {
    "noninvasive": f"{SCHEMA}NoninvasiveProcedure",
    "percutaneous": f"{SCHEMA}PercutaneousProcedure",
}
CODE_SYSTEMS = {
    "snomed": "SNOMED-CT",
    "icd10": "ICD-10",
    "icd11": "ICD-11",
    "mesh": "MeSH",
}


def person_nodes(document: JsonObject) -> list[Json]:
    """Return a node for each person whom the document names, once each, in their order."""
    people = {str(person["key"]): person for person in _people(document)}
    return [_person(document, person) for person in people.values()]


def text_terms(document: JsonObject) -> JsonObject:
    """Return what the node of the text says: who made it, and who paid."""
    terms: dict[str, list[Json]] = {}
    for person in _people(document):
        role = str(person["role"])
        is_contributing = role in CONTRIBUTING or (
            role == REVIEWER and person["key"] not in reviewer_keys(document)
        )
        name = "contributor" if is_contributing else ROLES.get(role)
        reference: Json = {"@id": _person_id(document, person)}
        if name and reference not in terms.setdefault(name, []):
            terms[name].append(reference)
    sponsor = _object(document.get("conflicts")).get("sponsor")
    found: JsonObject = {name: [*people] for name, people in terms.items()}
    if sponsor:
        found["sponsor"] = {"@type": "Organization", "name": sponsor}
    return found


def page_terms(document: JsonObject) -> JsonObject:
    """Return what the node of the page says: whom it is for, who reviewed it, and by which principles it was made."""
    reviewers = [_reviewer(document, each) for each in _valid_reviewers(document)]
    audience = document.get("audience_group", "public")
    principles = _object(document.get("organization")).get("publishing_principles")
    return _optional(
        reviewedBy=[*reviewers] or None,
        audience=None
        if audience == "public"
        else {"@type": "Audience", "audienceType": audience},
        publishingPrinciples=principles,
    )


def subject_nodes(document: JsonObject) -> list[Json]:
    """Return the conditions and treatments that the document is about."""
    about = _object(document.get("about"))
    conditions = [_condition(c) for c in _objects(about.get("conditions"))]
    return [*conditions, *(_treatment(t) for t in _objects(about.get("treatments")))]


def publisher_node(document: JsonObject) -> JsonObject | None:
    """Return the publisher, None when nobody is named."""
    attribution = _object(_object(document["safety"])["attribution"])
    if not attribution["publisher"]:
        return None
    organization = _object(document.get("organization"))
    node: JsonObject = {"@type": "Organization", "name": attribution["publisher"]}
    return node | _optional(
        url=organization.get("url"),
        ownershipFundingInfo=organization.get("funding"),
        correctionsPolicy=organization.get("corrections_policy"),
    )


def citation_nodes(document: JsonObject) -> list[Json]:
    """Return the references of the page; one that was retracted is not cited to machines."""
    return [
        _citation(reference)
        for reference in _objects(document.get("references"))
        if reference["retracted_at"] is None
    ]


def reviewer_keys(document: JsonObject) -> frozenset[Json]:
    """Return the keys of those whose recorded review of the document is valid: whom a page names as reviewer is its word."""
    return frozenset(person.get("key") for person in _valid_reviewers(document)) - {
        None
    }


def _valid_reviewers(document: JsonObject) -> list[JsonObject]:
    review = _object(_object(document["safety"]).get("review"))
    if review.get("status") not in VALID_REVIEWS:
        return []
    return _objects(review.get("reviewed_by"))


def _reviewer(document: JsonObject, reviewer: JsonObject) -> JsonObject:
    """Return the recorded *reviewer*: a reference, where the page names that person too."""
    key = reviewer.get("key")
    for person in _people(document):
        if key is not None and person["key"] == key:
            return {"@id": _person_id(document, person)}
    node: JsonObject = {"@type": "Person", "name": reviewer["name"]}
    return node | _optional(jobTitle=reviewer.get("role"))


def _citation(reference: JsonObject) -> JsonObject:
    csl = _object(reference["csl"])
    is_article = csl["type"] in {"article-journal", "review"}
    node: JsonObject = {
        "@type": "ScholarlyArticle" if is_article else "CreativeWork",
        "name": csl["title"],
    }
    return node | _optional(url=reference["url"])


def _person(document: JsonObject, person: JsonObject) -> JsonObject:
    credentials: list[Json] = [
        _credential(credential) for credential in _objects(person["credentials"])
    ]
    specialties = person["specialties"]
    node: JsonObject = {
        "@type": "Person",
        "@id": _person_id(document, person),
        "name": person["name"],
    }
    return node | _optional(
        jobTitle=person["job_title"],
        description=person["bio"],
        sameAs=f"https://orcid.org/{person['orcid']}" if person["orcid"] else None,
        knowsAbout=specialties or None,
        hasCredential=credentials or None,
    )


def _credential(credential: JsonObject) -> JsonObject:
    node: JsonObject = {
        "@type": "EducationalOccupationalCredential",
        "name": credential["title"],
    }
    body = credential["awarding_body"] or credential["register"]
    return node | _optional(
        recognizedBy={"@type": "Organization", "name": body} if body else None,
        expires=credential["valid_until"],
    )


def _condition(condition: JsonObject) -> JsonObject:
    node: JsonObject = {"@type": "MedicalCondition", "name": condition["name"]}
    codes: list[Json] = [
        {"@type": "MedicalCode", "codeValue": code, "codingSystem": CODE_SYSTEMS[name]}
        for name, code in _object(condition["codes"]).items()
    ]
    where = condition["body_location"]
    return node | _optional(
        alternateName=condition["synonyms"] or None,
        code=codes or None,
        associatedAnatomy={"@type": "AnatomicalStructure", "name": where}
        if where
        else None,
    )


def _treatment(treatment: JsonObject) -> JsonObject:
    node: JsonObject = {"@type": "MedicalTherapy", "name": treatment["name"]}
    system = treatment["medicine_system"]
    return node | _optional(
        alternateName=treatment["synonyms"] or None,
        procedureType=PROCEDURES.get(str(treatment["procedure_type"])),
        medicineSystem=f"{SCHEMA}{system}" if system else None,
    )


def _person_id(document: JsonObject, person: JsonObject) -> str:
    """Return the identifier of *person*: the same on every page of the site."""
    url, path = str(document["url"]), str(document["path"])
    return f"{url.removesuffix(path)}/#person-{person['key']}"


def _people(document: JsonObject) -> Iterator[JsonObject]:
    yield from _objects(document.get("contributors"))


def _optional(**values: Json) -> JsonObject:
    return {key: value for key, value in values.items() if value is not None}


def _object(value: Json) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _objects(value: Json) -> list[JsonObject]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []
