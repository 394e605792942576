"""The disclaimers of a page, and what was public on it at an instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....disclaimer_rules import Origin
from .parts import (
    GATE_STATUS,
    INTEGER,
    TEXT,
    TEXT_OR_NULL,
    TIME,
    TIME_OR_NULL,
    array,
    const,
    described,
    enum,
    nullable,
    record,
    ref,
)

if TYPE_CHECKING:
    from ....document_facts import JsonObject


def as_of_schemas() -> dict[str, JsonObject]:
    """Return the component schemas of `as-of/`."""
    return {
        "ArticleAsOf": _as_of("article", "ArticleVersion"),
        "FaqAsOf": _as_of("faq", "FaqVersion"),
    }


def safety_disclaimer_schemas() -> dict[str, JsonObject]:
    """Return the component schemas of the disclaimers in a safety envelope, of today and of then."""
    disclaimer = {
        "key": TEXT,
        "version": described(INTEGER, "Number of the published wording."),
        "title": TEXT,
        "kind": TEXT,
        "placement": enum("start", "end", "inline"),
        "why": ref("DisclaimerWhy"),
        "wording": described(
            enum("latest", "pinned"),
            "`latest` follows each new wording; `pinned` keeps this one until the page is published with another.",
        ),
        "body": ref("RichText"),
    }
    then = {
        "locale": TEXT_OR_NULL,
        "live_from": described(TIME_OR_NULL, "When the wording became the newest one."),
        "live_until": described(TIME_OR_NULL, "When another took its place."),
        "text_sha": described(TEXT_OR_NULL, "SHA-256 of title and wording."),
        "hash": described(TEXT_OR_NULL, "Hash of the version, in the disclaimer's chain."),
    }  # fmt: skip
    return {
        "SafetyDisclaimer": record(disclaimer, "A wording that readers must see."),
        "DisclaimerAsOf": record(
            disclaimer | then, "A wording that readers saw at that instant."
        ),
        "DisclaimerWhy": record(
            {
                "code": enum(*map(str, Origin)),
                "name": described(
                    TEXT_OR_NULL,
                    "Of the topic or the section; the kind or the risk of the page.",
                ),
            },
            "Why the page shows it.",
        ),
    }


def _as_of(document_type: str, version: str) -> JsonObject:
    document = described(
        nullable(ref(version)),
        "Null where the site does not show what earlier versions said. Its disclaimers are those of then.",
    )
    gate = record(
        {
            "status": GATE_STATUS,
            "rule_base": described(TEXT_OR_NULL, "Version of the claim rules."),
        }
    )
    return record(
        {
            "id": INTEGER,
            "type": const(document_type),
            "at": described(TIME, "As asked."),
            "version": described(INTEGER, "Number of the publication."),
            "reason": enum("publish", "dependency", "rebuild"),
            "live_from": described(TIME, "Exact, and included."),
            "live_until": described(TIME_OR_NULL, "Exact, and excluded; null for what is public today."),
            "digest": described(TEXT, "SHA-256 of the document, in hexadecimal."),
            "content_digest": described(TEXT_OR_NULL, "SHA-256 of what the editor wrote."),
            "prev_hash": described(TEXT_OR_NULL, "Hash of the record before."),
            "hash": described(TEXT, "Hash of the record, in the page's chain."),
            "review": ref("Review"),
            "gate": gate,
            "disclaimers": array(ref("DisclaimerAsOf")),
            "withheld": described(
                INTEGER, "Number of the disclaimers that are not told, as they are no longer public."
            ),
            "document": document,
        },
        "What was public at an instant, as far as it may be told today.",
    )  # fmt: skip
