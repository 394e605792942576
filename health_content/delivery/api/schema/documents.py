"""Documents, cards and the other answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....health_aspects import HEALTH_ASPECTS
from ...encode import NOT_ON_CARD, SECTION_FIELDS
from ...selectors.questions import QUESTION_PAGE_FIELDS
from ..document_fields import DOCUMENT_FIELDS, PERMANENT_FIELDS
from ..includes import KEY
from .as_of import as_of_schemas, safety_disclaimer_schemas
from .blocks import aspect_schema
from .changes import change_schemas
from .disclaimers import disclaimer_schemas
from .fact_blocks import EVIDENCE
from .governance import governance_properties, governance_schemas
from .jsonld import jsonld_schemas
from .parts import (
    BOOLEAN,
    DATE_OR_NULL,
    GATE_STATUS,
    INTEGER,
    PATH,
    TEXT,
    TEXT_OR_NULL,
    TIME_OR_NULL,
    URL,
    URL_OR_NULL,
    array,
    const,
    described,
    enum,
    nullable,
    record,
    ref,
    some,
    union,
)
from .places import place_schemas
from .previews import preview_schemas
from .problem import problem_schema
from .search import search_schemas

if TYPE_CHECKING:
    from ....document_facts import JsonObject

DOCUMENTS = {
    "article": "ArticleDocument",
    "faq": "FaqDocument",
    "index": "IndexDocument",
}
CARDS = {"article": "ArticleCard", "faq": "FaqCard", "index": "IndexCard"}
# What `include` adds, and is not there without.
ADDED_FIELDS = {"children", "more_children", "navigation", "source_map"}
CARD_FIELDS = [name for name in DOCUMENT_FIELDS if name not in NOT_ON_CARD]


def document_schemas() -> dict[str, JsonObject]:
    """Return the component schemas of everything that is answered, blocks aside."""
    return {
        "Document": union(DOCUMENTS, "A page as published."),
        **{name: _document(value) for value, name in DOCUMENTS.items()},
        "Card": union(CARDS, "A page as lists show it; `include` adds to it."),
        **{name: _card(value) for value, name in CARDS.items()},
        "PartialDocument": record(
            {"type": enum(*DOCUMENTS), **_properties()},
            "What `fields` asked for.",
            optional=set(DOCUMENT_FIELDS) - set(PERMANENT_FIELDS) | ADDED_FIELDS,
        ),
        "SectionDocument": _section(),
        "ArticleVersion": _version("article"),
        "FaqVersion": _version("faq"),
        **as_of_schemas(),
        "Question": record(
            {
                "id": TEXT,
                "question": TEXT,
                "answer": ref("RichText"),
                "health_aspect": aspect_schema("What the answer is about"),
                "evidence": EVIDENCE,
                "page": ref("QuestionPage"),
                "safety": ref("Safety"),
            },
            "A question, its answer, the page it is on, and that page's safety envelope.",
        ),
        "QuestionPage": record(
            {"type": enum(*DOCUMENTS), **some(QUESTION_PAGE_FIELDS, _properties())}
        ),
        "QuestionList": _page(ref("Question")),
        **place_schemas(_page),
        **search_schemas(),
        "AspectCoverage": record(
            {
                "covered": array(ref("HealthAspect")),
                "missing": array(ref("HealthAspect")),
            },
            "What the sections are about, and what readers of such a page expect besides.",
        ),
        "HealthAspect": enum(*HEALTH_ASPECTS),
        **_safety_schemas(),
        **safety_disclaimer_schemas(),
        **_reference_schemas(),
        **governance_schemas(),
        **_seo_schemas(),
        **disclaimer_schemas(),
        **_answer_schemas(),
        **preview_schemas(_properties()),
        "Problem": problem_schema(),
    }


def _properties() -> dict[str, JsonObject]:
    """Return the schemas of a document's fields but `type`, in their order."""
    fields: dict[str, JsonObject] = {
        "id": described(
            {"type": "integer", "minimum": 0},
            "0 for the draft of a page that was never saved, in previews only.",
        ),
        "model": described(TEXT, "Django model, `app.Model`."),
        "translation_key": {"type": "string", "format": "uuid"},
        "site": described(TEXT, "Host name, with the port when it is not 80 or 443."),
        "locale": TEXT,
        "title": TEXT,
        "slug": TEXT,
        "path": PATH,
        "url": URL,
        "first_published_at": TIME_OR_NULL,
        "last_published_at": TIME_OR_NULL,
        "version": described(INTEGER, "Number of the publication."),
        "summary": TEXT,
        "topics": array(ref("DocumentTopic")),
        "safety": ref("Safety"),
        "introduction": nullable(ref("RichText")),
        "body": array(ref("Block")),
        "sources": array(ref("Source")),
        **governance_properties(),
        "aspect_coverage": ref("AspectCoverage"),
        "content_digest": described(
            TEXT_OR_NULL,
            "SHA-256 of what the editors wrote, in hexadecimal: reviews and overrides are bound to it.",
        ),
        "breadcrumbs": array(ref("PageLink")),
        "alternates": array(ref("AlternateLink")),
        "seo": ref("Seo"),
        "replies": nullable(ref("RepliesSummary")),
        "children": described(
            array(ref("Card")), "With `include=children` only; the first 100."
        ),
        "more_children": described(
            URL_OR_NULL,
            "With `include=children` only: where all children are, when there are more than 100.",
        ),
        "navigation": described(
            {
                "type": "object",
                "propertyNames": {"pattern": f"^{KEY.pattern}$"},
                "additionalProperties": ref("Navigation"),
            },
            "Menus by key, with `include=navigation:<key>` only; those that there are.",
        ),
        "source_map": described(
            ref("SourceMap"), "With `include=source_map` only, in previews."
        ),
    }
    return {name: dict(schema) for name, schema in fields.items()}


def _document(document_type: str) -> JsonObject:
    return record(
        {"type": const(document_type), **_properties()},
        "A page as published.",
        optional=ADDED_FIELDS,
    )


def _version(document_type: str) -> JsonObject:
    superseded = record(
        {"at": TIME_OR_NULL, "version": INTEGER}, "When, and the version of today."
    )
    return record(
        {
            "type": const(document_type),
            **some(DOCUMENT_FIELDS, _properties()),
            "superseded": described(
                nullable(superseded), "Null for the version of today."
            ),
        },
        "The words of a version in the frame of today: place, safety envelope and surroundings.",
    )


def _card(document_type: str) -> JsonObject:
    properties = {"type": const(document_type), **some(DOCUMENT_FIELDS, _properties())}
    return record(properties, "A page as lists show it.", optional=NOT_ON_CARD)


def _section() -> JsonObject:
    properties = some(SECTION_FIELDS, _properties())
    return record(
        {"type": const("article"), **properties, "section": ref("SectionBlock")},
        "A section that may be shown alone.",
    )


def _safety_schemas() -> dict[str, JsonObject]:
    return {
        "Safety": record(
            {
                "audience": TEXT,
                "review": ref("Review"),
                "gate": GATE_STATUS,
                "disclaimers": array(ref("SafetyDisclaimer")),
                "attribution": ref("Attribution"),
                "withdrawn": nullable(ref("Withdrawal")),
            },
            "What must be shown with the content. It is in every representation.",
        ),
        **_review_schemas(),
        "Attribution": record(
            {"publisher": TEXT, "licence": URL_OR_NULL, "required_text": TEXT_OR_NULL},
            "Who publishes the content, and on what terms it may be reused.",
        ),
        "Withdrawal": record(
            {
                "at": TIME_OR_NULL,
                "reason": TEXT,
                "severity": enum("high", "moderate", "low"),
                "replacement": TEXT_OR_NULL,
            },
            "Why the content is no longer good.",
        ),
    }


def _review_schemas() -> dict[str, JsonObject]:
    return {
        "Review": record(
            {
                "status": enum("current", "due", "overdue", "none"),
                "last_reviewed": DATE_OR_NULL,
                "next_review": DATE_OR_NULL,
                "reviewed_by": array(ref("Reviewer")),
                "overdue_action": nullable(
                    enum("report", "banner", "noindex", "unpublish")
                ),
            },
            "The medical review; `none` when there was none. It is `due` from the day of the next review and `overdue` "
            "after the days of grace; `overdue_action` then says what the publisher does: with all but `report` readers "
            "are to be told.",
        ),
        "Reviewer": record(
            {
                "key": described(
                    TEXT_OR_NULL, "Of the contributor, where the page names them."
                ),
                "name": TEXT,
                "role": TEXT_OR_NULL,
                "credentials": TEXT_OR_NULL,
            },
            "Who reviewed it, by the record; whom the page calls its reviewer is only a contributor without one.",
        ),
    }


def _reference_schemas() -> dict[str, JsonObject]:
    link: dict[str, JsonObject] = {
        "id": INTEGER,
        "title": TEXT,
        "path": PATH,
        "url": URL,
    }
    csl = {
        "id": TEXT,
        "type": TEXT,
        "title": TEXT,
        "author": array(record({"literal": TEXT})),
        "container-title": TEXT,
        "issued": record({"date-parts": array(array(INTEGER))}),
        "DOI": TEXT,
        "PMID": TEXT,
        "URL": TEXT,
    }
    return {
        "DocumentTopic": record(
            {"slug": TEXT, "name": TEXT},
            "What the page is about, in its language where the topic has that.",
        ),
        "PageLink": record(link, "Another public page."),
        "AlternateLink": record(
            {**link, "locale": TEXT}, "The page in another language."
        ),
        "Source": record(
            {"key": TEXT, "csl": ref("CslItem"), "url": URL_OR_NULL},
            "A reference of the body.",
        ),
        "CslItem": record(
            csl, "CSL-JSON 1.0.2.", optional=set(csl) - {"id", "type", "title"}
        ),
        "RepliesSummary": record(
            {
                "open": BOOLEAN,
                "moderation": described(
                    TEXT, "When replies are moderated, such as `pre`."
                ),
                "count": INTEGER,
                "href": {"type": "string", "format": "uri-reference"},
            },
            "Readers' replies to the page.",
        ),
    }


def _seo_schemas() -> dict[str, JsonObject]:
    seo = {
        "title": TEXT,
        "description": TEXT,
        "robots": TEXT,
        "canonical": URL,
        "jsonld": ref("JsonLd"),
    }
    return {"Seo": record(seo, "For the head of the page."), **jsonld_schemas()}


def _answer_schemas() -> dict[str, JsonObject]:
    redirect: dict[str, JsonObject] = {
        "outcome": const("redirect"),
        "status": {"type": "integer", "enum": [301, 302]},
        "location": {"type": "string", "format": "uri-reference"},
    }
    return {
        "ResolvedPage": record({"outcome": const("page"), "page": ref("Document")}),
        "ResolvedRedirect": record(
            redirect, "The path moved. The answer itself is a 200."
        ),
        "Resolution": {
            "oneOf": [ref("ResolvedPage"), ref("ResolvedRedirect")],
            "discriminator": {
                "propertyName": "outcome",
                "mapping": {
                    "page": "#/components/schemas/ResolvedPage",
                    "redirect": "#/components/schemas/ResolvedRedirect",
                },
            },
        },
        "DocumentList": _page({"anyOf": [ref("Card"), ref("PartialDocument")]}),
        "DisclaimerList": _page(ref("Disclaimer")),
        **change_schemas(),
        "Root": _root(),
    }


def _page(item: JsonObject) -> JsonObject:
    return record(
        {
            "items": array(item),
            "next": described(
                TEXT_OR_NULL, "The cursor of the next page, null on the last."
            ),
            "page_size": INTEGER,
            "count": described(INTEGER, "With `count=exact` only."),
        },
        optional={"count"},
    )


def _root() -> JsonObject:
    from ...selectors.sites import ENDPOINTS

    return record(
        {
            "links": record({name: dict(PATH) for name in ENDPOINTS}),
            "sites": array(record({"site": TEXT, "name": TEXT, "is_default": BOOLEAN})),
            "locales": array(TEXT),
        }
    )
