"""Blocks that show what is kept elsewhere, to what the document has: pictures, videos, links to other pages.

What cannot be seen is not named: its place is `null`, or it is left out of its list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .document_html import EMBED_SIZE_MAX
from .stored_values import (
    integer_of,
    list_values,
    object_of,
    rich_or_none,
    text_of,
    text_or_none,
)
from .web_addresses import public_url, safe_href

if TYPE_CHECKING:
    from .document_facts import EmbedFacts, Json, JsonObject, Resources


def image_json(chosen: JsonObject, resources: Resources) -> JsonObject | None:
    """Return the picture that *chosen* names (`image`, `alt_text`, `decorative`), None when nobody can see it."""
    facts = resources.images.get(integer_of(chosen.get("image")))
    if facts is None:
        return None
    is_decorative = chosen.get("decorative") is True
    point = facts.focal_point
    return {
        "key": facts.key,
        "alt": "" if is_decorative else (text_of(chosen.get("alt_text")) or facts.alt),
        "decorative": is_decorative,
        "focal_point": None
        if point is None
        else {"x": point.x, "y": point.y, "width": point.width, "height": point.height},
        "width": facts.width,
        "height": facts.height,
        "pending": facts.is_pending,
        "sources": [
            {"src": s.src, "width": s.width, "height": s.height, "type": s.type}
            for s in facts.sources
        ],
    }


def image_block(block_id: str, value: Json, resources: Resources) -> JsonObject:
    """Return a picture with its words."""
    fields = object_of(value)
    chosen = object_of(fields.get("image"))
    return {
        "type": "image",
        "id": block_id,
        "image": image_json(chosen, resources),
        "caption": text_or_none(fields.get("caption")),
        "credit": text_or_none(fields.get("credit")),
    }


def video_block(block_id: str, value: Json, resources: Resources) -> JsonObject:
    """Return a video; one on a host that the site does not allow has its words alone."""
    fields = object_of(value)
    url = text_of(fields.get("url"))
    return {
        "type": "video",
        "id": block_id,
        "title": text_of(fields.get("title")),
        "video": _video_json(url, resources.embeds.get(url))
        if url in resources.videos and public_url(url, resources)
        else None,
        "caption": text_or_none(fields.get("caption")),
        "credit": text_or_none(fields.get("credit")),
        "has_captions": fields.get("has_captions") is True,
        "transcript": rich_or_none(fields.get("transcript"), resources),
    }


def page_json(chosen: Json, resources: Resources) -> JsonObject | None:
    """Return the page that *chosen* names, in the reader's language where it has that; None when it is not public."""
    link = resources.related.get(integer_of(chosen))
    return None if link is None else link.document()


def related_block(block_id: str, value: Json, resources: Resources) -> JsonObject:
    """Return links to other pages: each page once, the public ones only."""
    fields = object_of(value)
    found = (page_json(each, resources) for each in list_values(fields.get("pages")))
    links = {str(link["id"]): link for link in found if link is not None}
    return {
        "type": "related",
        "id": block_id,
        "heading": text_or_none(fields.get("heading")),
        "pages": [*links.values()],
    }


def _video_json(url: str, facts: EmbedFacts | None) -> JsonObject:
    """Return where a video is, and what its provider says of it, as far as that is known."""
    thumbnail = facts.thumbnail_url if facts else ""
    is_shown = thumbnail.startswith("https://") and safe_href(thumbnail) is not None
    return {
        "url": url,
        "provider": (facts.provider if facts else "") or None,
        "thumbnail_url": thumbnail if is_shown else None,
        "width": _pixels(facts.width if facts else None),
        "height": _pixels(facts.height if facts else None),
    }


def _pixels(size: int | None) -> int | None:
    return size if size is not None and 0 < size <= EMBED_SIZE_MAX else None
