"""Documents, cards and the other answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...encode import NOT_ON_CARD, SECTION_FIELDS
from ...selectors.questions import QUESTION_PAGE_FIELDS
from ..grammar import DOCUMENT_FIELDS, PERMANENT_FIELDS
from ..problems import PROBLEM_TITLES
from .jsonld import jsonld_schemas
from .parts import (
    BOOLEAN,
    DATE_OR_NULL,
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

if TYPE_CHECKING:
    from ....document_facts import JsonObject

DOCUMENTS = {
    "article": "ArticleDocument",
    "faq": "FaqDocument",
    "index": "IndexDocument",
}
CARDS = {"article": "ArticleCard", "faq": "FaqCard", "index": "IndexCard"}
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
            optional=set(DOCUMENT_FIELDS) - set(PERMANENT_FIELDS) | {"children"},
        ),
        "SectionDocument": _section(),
        "Question": record(
            {
                "id": TEXT,
                "question": TEXT,
                "answer": ref("RichText"),
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
        **_safety_schemas(),
        **_reference_schemas(),
        **_seo_schemas(),
        **_disclaimer_schemas(),
        **_answer_schemas(),
        "Problem": _problem(),
    }


def _properties() -> dict[str, JsonObject]:
    """Return the schemas of a document's fields but `type`, in their order."""
    fields: dict[str, JsonObject] = {
        "id": {"type": "integer", "minimum": 1},
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
        "safety": ref("Safety"),
        "introduction": nullable(ref("RichText")),
        "body": array(ref("Block")),
        "sources": array(ref("Source")),
        "breadcrumbs": array(ref("PageLink")),
        "alternates": array(ref("AlternateLink")),
        "seo": ref("Seo"),
        "replies": nullable(ref("RepliesSummary")),
        "children": described(array(ref("Card")), "With `include=children` only."),
    }
    return {name: dict(schema) for name, schema in fields.items()}


def _document(document_type: str) -> JsonObject:
    return record(
        {"type": const(document_type), **_properties()},
        "A page as published.",
        optional={"children"},
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
    disclaimer = {
        "key": TEXT,
        "version": described(INTEGER, "Number of the published wording."),
        "title": TEXT,
        "kind": TEXT,
        "placement": enum("start", "end", "inline"),
        "body": ref("RichText"),
    }
    return {
        "Safety": record(
            {
                "audience": TEXT,
                "review": ref("Review"),
                "disclaimers": array(ref("SafetyDisclaimer")),
                "attribution": ref("Attribution"),
                "withdrawn": nullable(ref("Withdrawal")),
            },
            "What must be shown with the content. It is in every representation.",
        ),
        "SafetyDisclaimer": record(disclaimer, "A wording that readers must see."),
        "Review": record(
            {
                "status": enum("current", "due", "overdue", "none"),
                "last_reviewed": DATE_OR_NULL,
                "next_review": DATE_OR_NULL,
                "reviewed_by": array(ref("Reviewer")),
            },
            "The medical review; `none` when there was none.",
        ),
        "Reviewer": record(
            {"name": TEXT, "role": TEXT_OR_NULL, "credentials": TEXT_OR_NULL}
        ),
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


def _disclaimer_schemas() -> dict[str, JsonObject]:
    shown_on = record(
        {"id": INTEGER, "title": TEXT, "path": PATH}, "A page that shows it."
    )
    disclaimer = {
        "key": TEXT,
        "locale": TEXT,
        "version": INTEGER,
        "published_at": TIME_OR_NULL,
        "title": TEXT,
        "kind": TEXT,
        "placement": enum("start", "end"),
        "applies_to_all": BOOLEAN,
        "body": ref("RichText"),
        "shown_on": array(ref("DisclaimerPlace")),
    }
    return {
        "Disclaimer": record(disclaimer, "A disclaimer of the library."),
        "DisclaimerPlace": shown_on,
    }


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
        **_change_schemas(),
        "Root": _root(),
    }


def _change_schemas() -> dict[str, JsonObject]:
    head: dict[str, JsonObject] = {
        "id": described(INTEGER, "Id of the page."),
        "cursor": described(TEXT, "Where to go on after this change."),
        "changed_at": {"type": "string", "format": "date-time"},
    }
    document: JsonObject = {"anyOf": [ref("Card"), ref("PartialDocument")]}
    return {
        "ChangeList": record(
            {
                "items": array(ref("Change")),
                "next": described(
                    TEXT_OR_NULL, "Ask with this at once; null when there is no more."
                ),
                "cursor": described(TEXT, "Ask with this the next time."),
                "page_size": INTEGER,
            }
        ),
        "Change": {
            "oneOf": [ref("Upsert"), ref("Removal")],
            "discriminator": {
                "propertyName": "operation",
                "mapping": {
                    "upsert": "#/components/schemas/Upsert",
                    "remove": "#/components/schemas/Removal",
                },
            },
        },
        "Upsert": record(
            {"operation": const("upsert"), **head, "document": document},
            "The page is public and new, or is not what it was.",
        ),
        "Removal": record(
            {
                "operation": const("remove"),
                **head,
                "document": {"type": "null"},
                "withdrawn": nullable(ref("Withdrawal")),
            },
            "The page is no longer public: delete what you hold of it.",
        ),
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


def _problem() -> JsonObject:
    fault = record(
        {
            "location": enum("query", "path", "header"),
            "pointer": TEXT,
            "detail": TEXT,
            "code": TEXT,
        }
    )
    return record(
        {
            "type": enum(*PROBLEM_TITLES),
            "title": TEXT,
            "status": INTEGER,
            "detail": TEXT,
            "instance": TEXT,
            "errors": array(fault),
            "replacement": described(TEXT, "Where to go instead of withdrawn content."),
        },
        "RFC 9457 problem details.",
        optional={"errors", "replacement"},
    )
