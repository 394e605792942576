"""A page's facts to its document: the one shape that is recorded, delivered and compared."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import TYPE_CHECKING
from urllib.parse import quote

from .document_blocks import build_blocks, disclaimer_json
from .document_governance import build_governance
from .document_html import expand_html, html_text, html_without_files
from .health_aspects import SUFFIX, missing_aspects
from .jsonld import build_jsonld
from .review_rules import UNINDEXED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from .document_facts import (
        Attribution,
        Json,
        JsonObject,
        PageFacts,
        ReviewFacts,
    )

# They say when, how often and from what, not what; a republished page without a change is the same publication.
VOLATILE_KEYS = frozenset({"version", "last_published_at", "content_digest"})
VOLATILE_NODE_KEYS = frozenset({"dateModified", "version"})
# They say by which files an image is shown; its key says which image that is.
IMAGE_FILE_KEYS = frozenset({"width", "height", "pending", "sources"})
# Search engines cut a description off near here, and so do we, at a word.
DESCRIPTION_MAX_LENGTH = 300
ROBOTS = "index, follow, max-image-preview:large"


def build_document(facts: PageFacts) -> JsonObject:
    """Return the document of *facts*: JSON values only, keys always present, `null` where there is nothing.

    Paths are site-relative, `url` is absolute, times are UTC in RFC 3339 with `Z`. `body` is a list of typed blocks.
    What the page refers to and nobody may see is `null` or plain text.
    """
    introduction = expand_html(facts.introduction, facts.resources)
    document: JsonObject = {
        "id": facts.id,
        "type": facts.type,
        "model": facts.model,
        "translation_key": facts.translation_key,
        "site": facts.site,
        "locale": facts.locale,
        "title": facts.title,
        "slug": facts.slug,
        "path": facts.path,
        "url": facts.url,
        "first_published_at": timestamp(facts.first_published_at),
        "last_published_at": timestamp(facts.last_published_at),
        "version": facts.version,
        "summary": facts.summary,
        "topics": [{"slug": topic.slug, "name": topic.name} for topic in facts.topics],
        "safety": _safety(facts),
        "introduction": {"html": introduction} if html_text(introduction) else None,
        "body": build_blocks(facts.body, facts.resources),
    }
    document["sources"] = _sources(document["body"])
    document |= build_governance(
        facts.governance, facts.resources, facts.attribution.publisher
    )
    document["aspect_coverage"] = _coverage(
        facts.governance.content_kind, document["body"]
    )
    document["content_digest"] = facts.content_digest or None
    document["breadcrumbs"] = [link.document() for link in facts.breadcrumbs]
    document["alternates"] = [
        link.document() | {"locale": link.locale} for link in facts.alternates
    ]
    document["seo"] = _seo(facts, document, introduction)
    return document


def document_digest(document: JsonObject) -> str:
    """Return the SHA-256 of *document*'s canonical JSON, in hexadecimal.

    Equal for equal content: the number and the time of a publication do not count, nor which files of an image were
    made by then.
    """
    stable = {k: v for k, v in document.items() if k not in VOLATILE_KEYS}
    safety = stable.get("safety")
    if isinstance(safety, dict):
        # It says how the content went live, not what it says.
        stable["safety"] = {k: v for k, v in safety.items() if k != "gate"}
    seo = stable.get("seo")
    if isinstance(seo, dict) and isinstance(seo.get("jsonld"), dict):
        stable["seo"] = seo | {"jsonld": _stable_graph(seo["jsonld"])}
    content = canonical_json(stable)
    if b'"pending":' in content or b"<img " in content:
        content = canonical_json(_without_files(stable))
    return hashlib.sha256(content).hexdigest()


def document_restated(
    document: JsonObject, *, version: int, last_published_at: str
) -> JsonObject:
    """Return *document* as the publication *version* states it, when nothing but the number and the time differ."""
    restated = document | {"version": version, "last_published_at": last_published_at}
    seo = document["seo"]
    if isinstance(seo, dict) and isinstance(seo["jsonld"], dict):
        graph = seo["jsonld"]["@graph"]
        nodes: list[Json] = [
            node | {"dateModified": last_published_at}
            if isinstance(node, dict) and "dateModified" in node
            else node
            for node in (graph if isinstance(graph, list) else [])
        ]
        restated["seo"] = seo | {"jsonld": seo["jsonld"] | {"@graph": nodes}}
    return restated


def canonical_json(value: Json) -> bytes:
    """Return *value* as UTF-8 JSON with sorted keys and no white space: equal values, equal bytes."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # A lone surrogate can come in by an escaped JSON string; it has no UTF-8 form.
    return text.encode("utf-8", "backslashreplace")


def timestamp(moment: datetime | None) -> str | None:
    """Return *moment* in RFC 3339, UTC, whole seconds."""
    if moment is None:
        return None
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _stable_graph(jsonld: Json) -> Json:
    graph = jsonld.get("@graph") if isinstance(jsonld, dict) else None
    if not isinstance(jsonld, dict) or not isinstance(graph, list):
        return jsonld
    nodes: list[Json] = [
        {k: v for k, v in node.items() if k not in VOLATILE_NODE_KEYS}
        if isinstance(node, dict)
        else node
        for node in graph
    ]
    return jsonld | {"@graph": nodes}


def _without_files(value: Json) -> Json:
    """Return *value* without what says by which files images are shown."""
    if isinstance(value, list):
        return [_without_files(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "pending" in value and "sources" in value:
        return {k: v for k, v in value.items() if k not in IMAGE_FILE_KEYS}
    # Where HTML stands: of the graph's nodes only an answer is one.
    markup = "text" if value.get("@type") == "Answer" else "html"
    return {
        key: html_without_files(item)
        if key == markup and isinstance(item, str)
        else _without_files(item)
        for key, item in value.items()
    }


def _safety(facts: PageFacts) -> JsonObject:
    return {
        "audience": facts.audience,
        "review": _review(facts.review),
        "gate": facts.gate_status,
        "disclaimers": _disclaimers(facts),
        "attribution": _attribution(facts.attribution),
        "withdrawn": None,
    }


def _review(review: ReviewFacts | None) -> JsonObject:
    """Return the review; that there is none is part of the envelope, too."""
    if review is None:
        return {
            "status": "none",
            "last_reviewed": None,
            "next_review": None,
            "reviewed_by": [],
            "overdue_action": None,
        }
    person: JsonObject = {
        "key": review.reviewer_key or None,
        "name": review.reviewer,
        "role": None,
        "credentials": review.credentials or None,
    }
    return {
        "status": review.status,
        "last_reviewed": review.reviewed_at.date().isoformat(),
        "next_review": review.next_review_at.date().isoformat(),
        "reviewed_by": [person] if review.reviewer else [],
        "overdue_action": review.overdue_action or None,
    }


def _attribution(attribution: Attribution) -> JsonObject:
    return {
        "publisher": attribution.publisher,
        "licence": attribution.licence,
        "required_text": attribution.required_text,
    }


def _disclaimers(facts: PageFacts) -> list[Json]:
    """Return the disclaimers a reader must see, those in the body among them."""
    known = facts.resources.disclaimers
    return [
        disclaimer_json(
            known[shown.id],
            shown.placement,
            facts.resources,
            why=str(shown.why.code),
            name=shown.why.name,
        )
        for shown in facts.disclaimers
        if shown.id in known
    ]


def _coverage(content_kind: str, body: Json) -> JsonObject:
    """Return which aspects of health the sections and answers are about, and which readers expect besides."""
    found = dict.fromkeys(str(aspect) for aspect in _aspects(body) if aspect)
    names = {name.removesuffix(SUFFIX) for name in found}
    missing = missing_aspects(content_kind, names)
    return {"covered": [*found], "missing": [f"{name}{SUFFIX}" for name in missing]}


def _aspects(body: Json) -> Iterator[Json]:
    for block in _flat(body):
        items = block.get("items")
        for part in (block, *(items if isinstance(items, list) else ())):
            yield part.get("health_aspect") if isinstance(part, dict) else None


def _sources(body: Json) -> list[Json]:
    """Return the references of the body as CSL-JSON, in order."""
    sources: list[Json] = []
    for block in _flat(body):
        if block["type"] == "references" and isinstance(block["items"], list):
            sources += [
                _source(item) for item in block["items"] if isinstance(item, dict)
            ]
    return sources


def _flat(blocks: Json) -> Iterator[JsonObject]:
    for block in blocks if isinstance(blocks, list) else []:
        if isinstance(block, dict):
            yield block
            yield from _flat(block.get("blocks"))


def _source(item: JsonObject) -> JsonObject:
    """Return a reference as `{"key", "csl", "url"}` (CSL-JSON 1.0.2, without what is not known)."""
    doi = item["doi"]
    url = item["url"] or (f"https://doi.org/{quote(str(doi))}" if doi else None)
    csl: JsonObject = {
        "id": item["id"],
        "type": "article-journal" if item["publication"] else "document",
        "title": item["title"],
    }
    optional: JsonObject = {
        "author": [{"literal": item["authors"]}] if item["authors"] else None,
        "container-title": item["publication"],
        "issued": {"date-parts": [[item["year"]]]} if item["year"] else None,
        "DOI": doi,
        "PMID": item["pmid"],
        "URL": url,
    }
    csl |= {key: value for key, value in optional.items() if value is not None}
    return {"key": item["id"], "csl": csl, "url": url}


def _seo(facts: PageFacts, document: JsonObject, introduction: str) -> JsonObject:
    description = _shorten(
        facts.search_description or facts.summary or html_text(introduction)
    )
    return {
        "title": facts.seo_title or facts.title,
        "description": description,
        "robots": _robots(facts),
        "canonical": facts.url,
        "jsonld": build_jsonld(document, description),
    }


def _robots(facts: PageFacts) -> str:
    if facts.audience != "public":
        return "noindex, nofollow"
    is_stale = facts.review is not None and facts.review.overdue_action in UNINDEXED
    return "noindex, follow" if is_stale else ROBOTS


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= DESCRIPTION_MAX_LENGTH:
        return text
    return text[: DESCRIPTION_MAX_LENGTH - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
