"""What a document says of the page itself: its kind, people, references, subjects and interests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....choices import AiAssistance, AudienceGroup, ContentKind, ContributorRole
from ....csl import DATES, IDENTIFIERS, NAME_PARTS, NAMES, TEXTS, TYPES
from ....models import (
    Certainty,
    Direction,
    MedicineSystem,
    ProcedureType,
    ReferenceKind,
)
from .parts import (
    BOOLEAN,
    DATE_OR_NULL,
    INTEGER,
    TEXT,
    TEXT_OR_NULL,
    URL_OR_NULL,
    array,
    described,
    enum,
    nullable,
    record,
    ref,
)

if TYPE_CHECKING:
    from ....document_facts import JsonObject


def governance_properties() -> dict[str, JsonObject]:
    """Return the schemas of a document's fields, in their order."""
    return {
        "content_kind": described(
            nullable(enum(*ContentKind.values)),
            "What the page is about; null when nobody said.",
        ),
        "audience_group": described(
            enum(*AudienceGroup.values), "Whom it is written for. It restricts nobody."
        ),
        "about": ref("About"),
        "contributors": array(ref("Contributor")),
        "references": described(
            array(ref("Reference")),
            "The references of the page, numbered; `sources` are those of the body.",
        ),
        "conflicts": ref("Conflicts"),
        "ai_assistance": ref("AiAssistance"),
        "organization": ref("Organization"),
    }


def governance_schemas() -> dict[str, JsonObject]:
    """Return the component schemas that those fields refer to."""
    return {
        "About": record(
            {
                "conditions": array(ref("Condition")),
                "treatments": array(ref("Treatment")),
            },
            "Conditions and treatments of the library, in the language of the page where they have that.",
        ),
        "Condition": record(
            {
                "key": described(TEXT, "The same in every language."),
                "name": TEXT,
                "synonyms": array(TEXT),
                "body_location": TEXT_OR_NULL,
                "codes": record(
                    {"snomed": TEXT, "icd10": TEXT, "icd11": TEXT, "mesh": TEXT},
                    optional={"snomed", "icd10", "icd11", "mesh"},
                ),
            }
        ),
        "Treatment": record(
            {
                "key": described(TEXT, "The same in every language."),
                "name": TEXT,
                "synonyms": array(TEXT),
                "procedure_type": nullable(enum(*ProcedureType.values)),
                "medicine_system": nullable(enum(*MedicineSystem.values)),
                "is_complementary": BOOLEAN,
                "licensed_title": TEXT_OR_NULL,
            }
        ),
        **_people(),
        **_references(),
        "Organization": record(
            {
                "name": TEXT,
                "url": URL_OR_NULL,
                "funding": described(TEXT_OR_NULL, "Who pays for the site."),
                "publishing_principles": URL_OR_NULL,
                "corrections_policy": URL_OR_NULL,
            },
            "Who publishes the site.",
        ),
        "AiAssistance": record(
            {"use": enum(*AiAssistance.values), "note": TEXT_OR_NULL},
            "What artificial intelligence did for the page.",
        ),
    }


def _people() -> dict[str, JsonObject]:
    return {
        "Contributor": record(
            {
                "key": described(TEXT, "Names the person, the same in every language."),
                "role": enum(*ContributorRole.values),
                "name": TEXT,
                "job_title": TEXT_OR_NULL,
                "bio": TEXT_OR_NULL,
                "photo": nullable(ref("Image")),
                "specialties": array(TEXT),
                "orcid": TEXT_OR_NULL,
                "credentials": array(ref("Credential")),
            },
            "A person, and what they did for the page.",
        ),
        "Credential": record(
            {
                "title": TEXT,
                "awarding_body": TEXT_OR_NULL,
                "register": TEXT_OR_NULL,
                "registration_number": described(
                    TEXT_OR_NULL, "Where the person agreed to show it."
                ),
                "valid_until": DATE_OR_NULL,
                "verified_at": described(
                    DATE_OR_NULL, "When an editor looked it up in the register."
                ),
            }
        ),
        "Conflicts": record(
            {
                "statement": TEXT_OR_NULL,
                "is_commercial": BOOLEAN,
                "sponsor": TEXT_OR_NULL,
                "declared": array(
                    record(
                        {
                            "contributor": described(TEXT, "Key of the person."),
                            "text": TEXT,
                            "from": DATE_OR_NULL,
                            "until": DATE_OR_NULL,
                        }
                    )
                ),
            },
            "Who paid, and what the people behind the page declare.",
        ),
    }


def _references() -> dict[str, JsonObject]:
    name = record(dict.fromkeys(NAME_PARTS, TEXT), optional=set(NAME_PARTS))
    texts: dict[str, JsonObject] = dict.fromkeys(TEXTS, TEXT)
    csl: dict[str, JsonObject] = {
        "id": TEXT,
        "type": enum(*TYPES),
        **texts,
        **{names: array(name) for names in NAMES},
        **{date: record({"date-parts": array(array(INTEGER))}) for date in DATES},
        **dict.fromkeys(IDENTIFIERS, TEXT),
    }
    return {
        "Reference": record(
            {
                "number": INTEGER,
                "key": described(TEXT, "Id of the citation on the page."),
                "locator": TEXT_OR_NULL,
                "note": described(TEXT_OR_NULL, "What the page takes from it."),
                "kind": enum(*ReferenceKind.values),
                "certainty": described(
                    nullable(enum(*Certainty.values)), "By GRADE, where it was graded."
                ),
                "direction": nullable(enum(*Direction.values)),
                "population": TEXT_OR_NULL,
                "checked_at": DATE_OR_NULL,
                "retracted_at": described(
                    DATE_OR_NULL, "Say so where you show a reference with this."
                ),
                "superseded_by": nullable(record({"title": TEXT, "url": URL_OR_NULL})),
                "archived_url": URL_OR_NULL,
                "url": URL_OR_NULL,
                "csl": ref("ReferenceCsl"),
                "formatted": record(
                    {"ama": TEXT, "vancouver": TEXT},
                    "Plain text in the styles of the AMA (11th edition) and of ICMJE.",
                ),
            },
            "A reference of the library, cited by the page.",
        ),
        "ReferenceCsl": record(
            csl, "CSL-JSON 1.0.2.", optional=set(csl) - {"id", "type", "title"}
        ),
    }
