"""A document to its schema.org graph (JSON-LD).

One node is the web page, typed `MedicalWebPage` and, where there are questions, also `FAQPage`: `lastReviewed` and
`reviewedBy` have the domain WebPage and are legal there, not on Article. `evidenceLevel` belongs to MedicalGuideline and
is not used. Search engines show no rich result for FAQ pages any more; the questions are there for other readers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .document_html import html_text
from .health_aspects import health_aspect_url
from .jsonld_governance import (
    citation_nodes,
    page_terms,
    person_nodes,
    publisher_node,
    subject_nodes,
    text_terms,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .document_facts import Json, JsonObject

CONTEXT = "https://schema.org"


def build_jsonld(document: JsonObject, description: str) -> JsonObject:
    """Return `{"@context", "@graph"}` of *document*, which needs everything but `seo`."""
    url = str(document["url"])
    graph: list[Json] = [_page_node(document, url, description)]
    if document["type"] == "article":
        graph.append(_article_node(document, url, description))
    if document["breadcrumbs"]:
        graph.append(_breadcrumb_node(document, url))
    graph += person_nodes(document)
    return {"@context": CONTEXT, "@graph": graph}


def _page_node(document: JsonObject, url: str, description: str) -> JsonObject:
    questions: list[Json] = list(_questions(document["body"]))
    has_questions = bool(questions)
    is_medical = document["type"] in {"article", "faq"}
    types: list[Json] = ["MedicalWebPage"] if is_medical else ["CollectionPage"]
    if has_questions:
        types.append("FAQPage")
    node: JsonObject = {
        "@type": types if len(types) > 1 else types[0],
        "@id": f"{url}#page",
        "url": url,
        "name": document["title"],
        "inLanguage": document["locale"],
    }
    node |= _optional(
        description=description or None,
        datePublished=document["first_published_at"],
        dateModified=document["last_published_at"],
        breadcrumb={"@id": f"{url}#breadcrumb"} if document["breadcrumbs"] else None,
        mainEntity=questions or None,
        about=_about(document) or None,
        hasPart=_parts(document, url) or None,
        video=_videos(document["body"], url) or None,
        usageInfo=_usage_info(document, url) or None,
        version=document.get("content_digest"),
        **_terms(document),
    )
    if document["type"] != "article":  # An article's text has a node of its own.
        node |= text_terms(document)
    return node | page_terms(document) | _review(document)


def _article_node(document: JsonObject, url: str, description: str) -> JsonObject:
    node: JsonObject = {
        "@type": "Article",
        "@id": f"{url}#article",
        "headline": document["title"],
        "inLanguage": document["locale"],
        "isPartOf": {"@id": f"{url}#page"},
        "mainEntityOfPage": {"@id": f"{url}#page"},
    }
    citations: list[Json] = [
        *(_citation(source) for source in _objects(document["sources"])),
        *citation_nodes(document),
    ]
    return (
        node
        | text_terms(document)
        | _optional(
            abstract=description or None,
            datePublished=document["first_published_at"],
            dateModified=document["last_published_at"],
            citation=citations or None,
            **_terms(document),
        )
    )


def _breadcrumb_node(document: JsonObject, url: str) -> JsonObject:
    crumbs = [*_objects(document["breadcrumbs"]), document]
    return {
        "@type": "BreadcrumbList",
        "@id": f"{url}#breadcrumb",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": crumb["title"],
                # The range of `item` is Thing, so an address alone would not do.
                "item": {"@type": "WebPage", "@id": crumb["url"]},
            }
            for position, crumb in enumerate(crumbs, start=1)
        ],
    }


def _about(document: JsonObject) -> list[Json]:
    topics: list[Json] = [
        {"@type": "Thing", "name": topic["name"]}
        for topic in _objects(document["topics"])
    ]
    return topics + subject_nodes(document)


def _parts(document: JsonObject, url: str) -> list[Json]:
    """Return the sections whose aspect of health is known."""
    return [
        {
            "@type": "HealthTopicContent",
            "@id": f"{url}#{block['id']}",
            "name": block["heading"],
            "hasHealthAspect": health_aspect_url(aspect),
        }
        for block in _objects(document["body"])
        if block["type"] == "section"
        and isinstance(aspect := block.get("health_aspect"), str)
    ]


def _usage_info(document: JsonObject, url: str) -> list[Json]:
    """Return the disclaimers of the page, each in the wording that it shows."""
    return [
        {
            "@type": "CreativeWork",
            "@id": f"{url}#disclaimer-{disclaimer['key']}-{disclaimer['version']}",
            "name": disclaimer["title"],
            "text": html_text(str(_object(disclaimer["body"])["html"])),
            "version": disclaimer["version"],
        }
        for disclaimer in _objects(_object(document["safety"])["disclaimers"])
    ]


def _terms(document: JsonObject) -> JsonObject:
    """Return who publishes the document and under which licence."""
    attribution = _object(_object(document["safety"])["attribution"])
    return {"publisher": publisher_node(document), "license": attribution["licence"]}


def _review(document: JsonObject) -> JsonObject:
    review = _object(_object(document["safety"])["review"])
    return _optional(
        lastReviewed=review["last_reviewed"], expires=review["next_review"]
    )


def _citation(source: JsonObject) -> JsonObject:
    csl = _object(source["csl"])
    is_article = csl["type"] == "article-journal"
    node: JsonObject = {
        "@type": "ScholarlyArticle" if is_article else "CreativeWork",
        "name": csl["title"],
    }
    return node | _optional(url=source["url"])


def _videos(blocks: Json, url: str) -> list[Json]:
    """Return the videos of the body. When they were uploaded, which search engines ask for, nobody knows."""
    found: list[Json] = []
    for block in _objects(blocks):
        found += _videos(block.get("blocks"), url)
        video = _object(block.get("video"))
        if block["type"] != "video" or not video:
            continue
        features: list[Json] = ["captions"] if block["has_captions"] else []
        transcript = html_text(str(_object(block["transcript"]).get("html", "")))
        features += ["transcript"] if transcript else []
        node: JsonObject = {
            "@type": "VideoObject",
            "@id": f"{url}#{block['id']}",
            "name": block["title"],
            "url": video["url"],
        }
        found.append(
            node
            | _optional(
                description=block["caption"],
                thumbnailUrl=video["thumbnail_url"],
                transcript=transcript or None,
                accessibilityFeature=features or None,
            )
        )
    return found


def _questions(blocks: Json) -> Iterator[Json]:
    for block in _objects(blocks):
        if block["type"] == "section":
            yield from _questions(block["blocks"])
        elif block["type"] == "faq":
            yield from map(_question, _objects(block["items"]))
        elif block["type"] == "faq_ref" and (asked := _object(block["question"])):
            place = f"{_object(asked['source'])['url']}#{asked['anchor']}"
            yield _question(asked) | {"@id": place, "url": place}


def _question(item: JsonObject) -> JsonObject:
    answer = {"@type": "Answer", "text": _object(item["answer"])["html"]}
    return {"@type": "Question", "name": item["question"], "acceptedAnswer": answer}


def _optional(**values: Json) -> JsonObject:
    return {key: value for key, value in values.items() if value is not None}


def _object(value: Json) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _objects(value: Json) -> list[JsonObject]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []
