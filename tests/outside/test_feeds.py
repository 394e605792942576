"""Feed readers understand our feeds: feedparser finds no fault in any."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import feedparser
import pytest

from health_content.delivery.api import urls

if TYPE_CHECKING:
    from .conftest import Site

pytestmark = [pytest.mark.outside, pytest.mark.xdist_group("site")]
FEEDS = ("changes.atom",)


def test_every_feed_of_the_api_is_here() -> None:
    atoms = {
        re.sub(r"\\(.)", r"\1", pattern.pattern.regex.pattern).strip("^$")
        for pattern in urls.urlpatterns
        if "atom" in pattern.pattern.regex.pattern
    }

    assert atoms == {f"{feed}/?" for feed in FEEDS}


@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_reader_reads_it_to_the_end(site: Site, feed: str) -> None:
    path: str | None = f"/api/content/v1/{feed}?page_size=4"
    ids: list[str] = []
    while path:
        parsed = feedparser.parse(
            site.read(path),
            response_headers={"content-type": "application/atom+xml; charset=utf-8"},
        )
        assert parsed.bozo == 0, parsed.bozo_exception
        assert parsed.version == "atom10"
        assert parsed.feed.title
        assert parsed.feed.id
        assert parsed.feed.updated_parsed
        for entry in parsed.entries:
            assert entry.title
            assert entry.updated_parsed
            ids.append(entry.id)
        following = [each.href for each in parsed.feed.links if each.rel == "next"]
        path = following[0].removeprefix(site.url) if following else None

    changes = json.loads(site.read("/api/content/v1/changes/?page_size=100"))["items"]
    assert len(ids) == len(set(ids)) == len(changes) >= 10
