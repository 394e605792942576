"""Blocks that show what is kept elsewhere: videos, links to other pages, questions of other pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .fact_blocks import COUNT_OR_NULL, block_schema
from .parts import (
    BOOLEAN,
    TEXT,
    TEXT_OR_NULL,
    URL_OR_NULL,
    array,
    described,
    nullable,
    record,
    ref,
)

if TYPE_CHECKING:
    from ....document_facts import JsonObject


def elsewhere_schemas() -> dict[str, JsonObject]:
    """Return the component schemas."""
    return {**_videos(), **_pages()}


def _videos() -> dict[str, JsonObject]:
    return {
        "VideoBlock": block_schema(
            "video",
            "A video on another site. A player is another party's page: ask the reader first, and never start it by itself.",
            title=described(TEXT, "What it shows."),
            video=described(
                nullable(ref("Video")),
                "Null when the site allows no videos of that host.",
            ),
            caption=TEXT_OR_NULL,
            credit=TEXT_OR_NULL,
            has_captions=described(
                BOOLEAN, "All that is said and heard can be read in it."
            ),
            transcript=described(
                nullable(ref("RichText")), "Show it with the video; null without one."
            ),
        ),
        "Video": record(
            {
                "url": described(
                    {"type": "string", "format": "uri"},
                    "Of the page on which one can watch it.",
                ),
                "provider": described(TEXT_OR_NULL, "Null when it did not say."),
                "thumbnail_url": described(
                    URL_OR_NULL, "At the provider, which learns who loads it."
                ),
                "width": COUNT_OR_NULL,
                "height": COUNT_OR_NULL,
            },
            "Where a video is, and what its provider says of it.",
        ),
    }


def _pages() -> dict[str, JsonObject]:
    return {
        "RelatedBlock": block_schema(
            "related",
            "Links to other pages.",
            heading=described(TEXT_OR_NULL, "Null when there is none."),
            pages=described(
                array(ref("PageLink")),
                "The public ones, in the reader's language where they have it; may be empty.",
            ),
        ),
        "FaqRefBlock": block_schema(
            "faq_ref",
            "A question that another page answers.",
            question=described(
                nullable(ref("AskedQuestion")),
                "Null when that page is not public, or asks it no more.",
            ),
        ),
        "AskedQuestion": record(
            {
                "anchor": described(
                    TEXT,
                    "The question's id on that page, good after its `url` and `#`.",
                ),
                "question": TEXT,
                "answer": ref("RichText"),
                "locale": described(TEXT, "The language that it is in."),
                "last_reviewed": described(
                    {"type": ["string", "null"], "format": "date"},
                    "When that page was reviewed, as it stands now; null without a review.",
                ),
                "source": described(
                    ref("PageLink"), "The page that answers it: say so, and link to it."
                ),
            },
            "A question and its answer, as another page has them now.",
        ),
    }
