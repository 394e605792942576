"""The change feed as Atom (RFC 4287), with deleted entries (RFC 6721) and pages (RFC 5005)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID


ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
# Ours, and of no domain: nobody may come to own it. Documented in docs/reference/content-api.md.
HEALTH = "urn:uuid:a9d58f49-f1c3-4c83-8269-47b611794ec9"
# What XML 1.0 cannot hold, escaped or not.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ET.register_namespace("", ATOM)
ET.register_namespace("at", TOMBSTONES)
ET.register_namespace("health", HEALTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One change."""

    entry_id: UUID
    changed_at: datetime
    card: dict[str, Any] | None
    """What lists show of the page, None when it is no longer public."""
    withdrawn: dict[str, Any] | None = None
    """`reason` and `replacement` of a recall."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHead:
    """What the feed says of itself."""

    title: str
    author: str
    self_url: str
    first_url: str
    next_url: str | None
    """Where older changes are."""


def atom_feed(head: FeedHead, entries: Sequence[FeedEntry]) -> bytes:
    """Return the feed as UTF-8 XML. Each entry carries the page's safety envelope."""
    feed = ET.Element(f"{{{ATOM}}}feed")
    _text(feed, "id", head.first_url)
    _text(feed, "title", head.title)
    _text(feed, "updated", _time(entries[0].changed_at if entries else EPOCH))
    _text(_child(feed, "author"), "name", head.author)
    _link(feed, "self", head.self_url, "application/atom+xml")
    _link(feed, "first", head.first_url, "application/atom+xml")
    if head.next_url is not None:
        _link(feed, "next", head.next_url, "application/atom+xml")
    for entry in entries:
        _entry(feed, entry)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _entry(feed: ET.Element, entry: FeedEntry) -> None:
    urn, changed_at = entry.entry_id.urn, _time(entry.changed_at)
    if entry.card is None:
        attributes = {"ref": urn, "when": changed_at}
        tombstone = ET.SubElement(feed, f"{{{TOMBSTONES}}}deleted-entry", attributes)
        if entry.withdrawn is not None:
            comment = ET.SubElement(tombstone, f"{{{TOMBSTONES}}}comment")
            comment.text = NOT_XML.sub("", entry.withdrawn["reason"])
        return
    card, element = entry.card, _child(feed, "entry")
    _text(element, "id", urn)
    _text(element, "title", card["title"])
    _text(element, "updated", changed_at)
    _text(element, "published", card["first_published_at"] or changed_at)
    _link(element, "alternate", card["url"], "text/html")
    _child(element, "category", term=card["type"])
    if card["summary"]:
        _text(element, "summary", card["summary"])
    _text(element, "rights", _rights(card["safety"]["attribution"]))
    _text(element, "content", _safety_html(card["safety"]), type="html")
    _safety(element, card["safety"])


def _safety(entry: ET.Element, safety: dict[str, Any]) -> None:
    """Add what Atom has no words for: for whom the page is, and how its medical review stands."""
    ET.SubElement(entry, f"{{{HEALTH}}}audience").text = safety["audience"]
    names = ("status", "last_reviewed", "next_review")
    stated = {name: safety["review"][name] for name in names}
    review = {name: value for name, value in stated.items() if value is not None}
    ET.SubElement(entry, f"{{{HEALTH}}}review", review)


def _safety_html(safety: dict[str, Any]) -> str:
    """Return what must be shown with the page: its disclaimers, which are clean HTML."""
    return "".join(item["body"]["html"] for item in safety["disclaimers"])


def _rights(attribution: dict[str, Any]) -> str:
    parts = (attribution[name] for name in ("publisher", "required_text", "licence"))
    return " ".join(part for part in parts if part)


def _child(parent: ET.Element, name: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)


def _text(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    _child(parent, name, **attributes).text = NOT_XML.sub("", text)


def _link(parent: ET.Element, rel: str, href: str, media_type: str) -> None:
    _child(parent, "link", rel=rel, href=NOT_XML.sub("", href), type=media_type)


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
