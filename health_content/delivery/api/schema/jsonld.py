"""The schema.org graph of a document, typed as far as we fill it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....health_aspects import HEALTH_ASPECTS, health_aspect_url
from ....jsonld_governance import PROCEDURES
from .parts import (
    INTEGER,
    TEXT,
    TIME_OR_NULL,
    array,
    const,
    described,
    enum,
    record,
    ref,
)

if TYPE_CHECKING:
    from ....document_facts import JsonObject


def jsonld_schemas() -> dict[str, JsonObject]:
    """Return the component schemas of the JSON-LD graph."""
    return {
        "JsonLd": record(
            {
                "@context": const("https://schema.org"),
                "@graph": array(
                    {
                        "anyOf": [
                            ref("WebPageNode"),
                            ref("ArticleNode"),
                            ref("BreadcrumbNode"),
                            ref("PersonNode"),
                        ]
                    }
                ),
            },
            "Ready for a script element of the type `application/ld+json`.",
        ),
        "NodeRef": record({"@id": TEXT}),
        **_governance(),
        "WebPageNode": _web_page(),
        "ArticleNode": _article(),
        "BreadcrumbNode": record(
            {
                "@type": const("BreadcrumbList"),
                "@id": TEXT,
                "itemListElement": array(
                    record(
                        {
                            "@type": const("ListItem"),
                            "position": INTEGER,
                            "name": TEXT,
                            "item": record({"@type": const("WebPage"), "@id": TEXT}),
                        }
                    )
                ),
            }
        ),
        "HealthTopicNode": record(
            {
                "@type": const("HealthTopicContent"),
                "@id": TEXT,
                "name": TEXT,
                "hasHealthAspect": enum(*map(health_aspect_url, HEALTH_ASPECTS)),
            }
        ),
        "WordingNode": _wording(),
        "QuestionNode": _question(),
        "VideoNode": _video(),
    }


def _question() -> JsonObject:
    place = described(TEXT, "Of one that another page answers: its place there.")
    return record(
        {
            "@type": const("Question"),
            "@id": place,
            "url": TEXT,
            "name": TEXT,
            "acceptedAnswer": record({"@type": const("Answer"), "text": TEXT}),
        },
        optional={"@id", "url"},
    )


def _video() -> JsonObject:
    optional: dict[str, JsonObject] = {
        "description": TEXT,
        "thumbnailUrl": TEXT,
        "transcript": TEXT,
        "accessibilityFeature": array(enum("captions", "transcript")),
    }
    required: dict[str, JsonObject] = {
        "@type": const("VideoObject"),
        "@id": TEXT,
        "name": TEXT,
        "url": TEXT,
    }
    return record({**required, **optional}, optional=optional)


def _wording() -> JsonObject:
    return record(
        {
            "@type": const("CreativeWork"),
            "@id": TEXT,
            "name": TEXT,
            "text": TEXT,
            "version": INTEGER,
        },
        "A disclaimer, in the wording that the page shows.",
    )


def _web_page() -> JsonObject:
    kind = enum("MedicalWebPage", "CollectionPage", "FAQPage")
    person = record(
        {"@type": const("Person"), "name": TEXT, "jobTitle": TEXT},
        optional={"jobTitle"},
    )
    required: dict[str, JsonObject] = {
        "@type": {"anyOf": [kind, array(kind)]},
        "@id": TEXT,
        "url": TEXT,
        "name": TEXT,
        "inLanguage": TEXT,
    }
    optional: dict[str, JsonObject] = {
        "description": TEXT,
        "datePublished": TIME_OR_NULL,
        "dateModified": TIME_OR_NULL,
        "breadcrumb": ref("NodeRef"),
        "mainEntity": array(ref("QuestionNode")),
        "about": array(
            {
                "anyOf": [
                    record({"@type": const("Thing"), "name": TEXT}),
                    ref("ConditionNode"),
                    ref("TherapyNode"),
                ]
            }
        ),
        "audience": record({"@type": const("Audience"), "audienceType": TEXT}),
        "publishingPrinciples": TEXT,
        **_text_terms(),
        "hasPart": array(ref("HealthTopicNode")),
        "video": array(ref("VideoNode")),
        "usageInfo": array(ref("WordingNode")),
        "version": described(TEXT, "The `content_digest` of the document."),
        "publisher": ref("OrganizationNode"),
        "license": TEXT,
        "lastReviewed": TEXT,
        "expires": TEXT,
        "reviewedBy": array({"anyOf": [ref("NodeRef"), person]}),
    }
    return record({**required, **optional}, optional=optional)


def _article() -> JsonObject:
    citation = record(
        {"@type": enum("ScholarlyArticle", "CreativeWork"), "name": TEXT, "url": TEXT},
        optional={"url"},
    )
    required: dict[str, JsonObject] = {
        "@type": const("Article"),
        "@id": TEXT,
        "headline": TEXT,
        "inLanguage": TEXT,
        "isPartOf": ref("NodeRef"),
        "mainEntityOfPage": ref("NodeRef"),
    }
    optional: dict[str, JsonObject] = {
        "abstract": TEXT,
        **_text_terms(),
        "datePublished": TIME_OR_NULL,
        "dateModified": TIME_OR_NULL,
        "citation": array(citation),
        "publisher": ref("OrganizationNode"),
        "license": TEXT,
    }
    return record({**required, **optional}, optional=optional)


def _text_terms() -> dict[str, JsonObject]:
    """Return who made the text and who paid."""
    people = {
        name: array(ref("NodeRef"))
        for name in ("author", "editor", "translator", "contributor")
    }
    return {**people, "sponsor": ref("OrganizationNode")}


def _governance() -> dict[str, JsonObject]:
    credential = record(
        {
            "@type": const("EducationalOccupationalCredential"),
            "name": TEXT,
            "recognizedBy": ref("OrganizationNode"),
            "expires": TEXT,
        },
        optional={"recognizedBy", "expires"},
    )
    person: dict[str, JsonObject] = {
        "jobTitle": TEXT,
        "description": TEXT,
        "sameAs": TEXT,
        "knowsAbout": array(TEXT),
        "hasCredential": array(credential),
    }
    code = {"@type": const("MedicalCode"), "codeValue": TEXT, "codingSystem": TEXT}
    anatomy = record({"@type": const("AnatomicalStructure"), "name": TEXT})
    condition: dict[str, JsonObject] = {
        "alternateName": array(TEXT),
        "code": array(record(code)),
        "associatedAnatomy": anatomy,
    }
    therapy: dict[str, JsonObject] = {
        "alternateName": array(TEXT),
        "procedureType": enum(*PROCEDURES.values()),
        "medicineSystem": TEXT,
    }
    funded = {"url", "ownershipFundingInfo", "correctionsPolicy"}
    organization: dict[str, JsonObject] = {
        "@type": const("Organization"),
        "name": TEXT,
        **dict.fromkeys(sorted(funded), TEXT),
    }
    return {
        "OrganizationNode": record(organization, optional=funded),
        "PersonNode": record(
            {"@type": const("Person"), "@id": TEXT, "name": TEXT, **person},
            optional=set(person),
        ),
        "ConditionNode": record(
            {"@type": const("MedicalCondition"), "name": TEXT, **condition},
            optional=set(condition),
        ),
        "TherapyNode": record(
            {"@type": const("MedicalTherapy"), "name": TEXT, **therapy},
            optional=set(therapy),
        ),
    }
