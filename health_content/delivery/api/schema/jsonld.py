"""The schema.org graph of a document, typed as far as we fill it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .parts import INTEGER, TEXT, TIME_OR_NULL, array, const, enum, record, ref

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
                        ]
                    }
                ),
            },
            'Ready for `<script type="application/ld+json">`.',
        ),
        "NodeRef": record({"@id": TEXT}),
        "OrganizationNode": record({"@type": const("Organization"), "name": TEXT}),
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
                            "item": TEXT,
                        }
                    )
                ),
            }
        ),
        "QuestionNode": record(
            {
                "@type": const("Question"),
                "name": TEXT,
                "acceptedAnswer": record({"@type": const("Answer"), "text": TEXT}),
            }
        ),
    }


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
        "publisher": ref("OrganizationNode"),
        "license": TEXT,
        "lastReviewed": TEXT,
        "reviewedBy": array(person),
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
        "datePublished": TIME_OR_NULL,
        "dateModified": TIME_OR_NULL,
        "citation": array(citation),
        "publisher": ref("OrganizationNode"),
        "license": TEXT,
    }
    return record({**required, **optional}, optional=optional)
