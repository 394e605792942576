"""Changes as Atom, to the byte: pure rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from health_content.delivery.feed import FeedEntry, FeedHead, atom_feed

ATOM = "{http://www.w3.org/2005/Atom}"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
HEALTH = "{urn:uuid:a9d58f49-f1c3-4c83-8269-47b611794ec9}"
COMMENT = "{http://purl.org/atompub/tombstones/1.0}comment"
FIRST, SECOND = UUID(int=1), UUID(int=2)
MOMENT = datetime(2026, 11, 22, 13, 0, 0, 999_999, tzinfo=timezone(timedelta(hours=1)))
HEAD = FeedHead(
    title="Harbour & sons",
    author="Harbour",
    self_url="https://a.example/changes.atom?cursor=x&page_size=2",
    first_url="https://a.example/changes.atom",
    next_url=None,
)
ATTRIBUTION = {
    "publisher": "Harbour",
    "required_text": "From Harbour.",
    "licence": "CC-BY",
}
CARD: dict[str, Any] = {
    "type": "article",
    "title": "Sleep <b>",
    "url": "https://a.example/sleep/",
    "summary": "About sleep.",
    "first_published_at": "2026-01-02T03:04:05Z",
    "safety": {
        "audience": "public",
        "review": {
            "status": "current",
            "last_reviewed": "2026-01-02",
            "next_review": "2027-01-02",
        },
        "attribution": ATTRIBUTION,
        "disclaimers": [
            {"body": {"html": "<p>No advice.</p>"}},
            {"body": {"html": "<p>Ask &amp; listen.</p>"}},
        ],
    },
}


def entry(**changes: Any) -> FeedEntry:
    """Return the change to a page whose card differs from `CARD` in *changes*."""
    return FeedEntry(entry_id=FIRST, changed_at=MOMENT, card=CARD | changes)


def written(*entries: FeedEntry, head: FeedHead = HEAD) -> Any:
    return fromstring(atom_feed(head, entries))


def test_feed_is_atom_with_tombstones_and_pages() -> None:
    head = FeedHead(
        title="T",
        author="A",
        self_url="https://a.example/2",
        first_url="https://a.example/1",
        next_url="https://a.example/3",
    )
    recalled = FeedEntry(
        entry_id=SECOND,
        changed_at=datetime(2026, 11, 21, tzinfo=UTC),
        card=None,
        withdrawn={"reason": "Wrong <dose>", "replacement": None},
    )

    content = atom_feed(head, [entry(), recalled])

    assert content.decode() == (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0" '
        'xmlns:health="urn:uuid:a9d58f49-f1c3-4c83-8269-47b611794ec9">'
        "<id>https://a.example/1</id><title>T</title><updated>2026-11-22T12:00:00Z</updated>"
        "<author><name>A</name></author>"
        '<link rel="self" href="https://a.example/2" type="application/atom+xml" />'
        '<link rel="first" href="https://a.example/1" type="application/atom+xml" />'
        '<link rel="next" href="https://a.example/3" type="application/atom+xml" />'
        "<entry><id>urn:uuid:00000000-0000-0000-0000-000000000001</id>"
        "<title>Sleep &lt;b&gt;</title><updated>2026-11-22T12:00:00Z</updated>"
        "<published>2026-01-02T03:04:05Z</published>"
        '<link rel="alternate" href="https://a.example/sleep/" type="text/html" />'
        '<category term="article" /><summary>About sleep.</summary>'
        "<rights>Harbour From Harbour. CC-BY</rights>"
        '<content type="html">&lt;p&gt;No advice.&lt;/p&gt;&lt;p&gt;Ask &amp;amp; listen.&lt;/p&gt;</content>'
        "<health:audience>public</health:audience>"
        '<health:review status="current" last_reviewed="2026-01-02" next_review="2027-01-02" />'
        "</entry>"
        '<at:deleted-entry ref="urn:uuid:00000000-0000-0000-0000-000000000002" when="2026-11-21T00:00:00Z">'
        "<at:comment>Wrong &lt;dose&gt;</at:comment></at:deleted-entry></feed>"
    )


def test_feed_without_changes_was_never_updated_and_leads_nowhere_else() -> None:
    feed = written()

    assert feed.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"
    assert [(a.get("rel"), a.get("href")) for a in feed.iter(f"{ATOM}link")] == [
        ("self", HEAD.self_url),
        ("first", HEAD.first_url),
    ]
    assert list(feed.iter(f"{ATOM}entry")) == list(feed.iter(TOMBSTONE)) == []


def test_what_is_gone_says_no_more_than_that() -> None:
    [gone] = written(FeedEntry(entry_id=SECOND, changed_at=MOMENT, card=None)).iter(
        TOMBSTONE
    )

    assert gone.attrib == {"ref": SECOND.urn, "when": "2026-11-22T12:00:00Z"}
    assert list(gone) == []


@pytest.mark.parametrize(
    ("changes", "name", "expected"),
    [
        ({}, "published", "2026-01-02T03:04:05Z"),
        ({"first_published_at": None}, "published", "2026-11-22T12:00:00Z"),
        ({}, "summary", "About sleep."),
        ({"summary": ""}, "summary", None),
        ({"summary": "On \x0b oils"}, "summary", "On  oils"),
        ({}, "content", "<p>No advice.</p><p>Ask &amp; listen.</p>"),
        ({"safety": CARD["safety"] | {"disclaimers": []}}, "content", ""),
    ],
)
def test_entry_says_what_the_card_says(
    changes: dict[str, Any], name: str, expected: str | None
) -> None:
    [element] = written(entry(**changes)).iter(f"{ATOM}entry")

    assert element.findtext(f"{ATOM}{name}") == expected


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ({}, "Harbour From Harbour. CC-BY"),
        ({"licence": None}, "Harbour From Harbour."),
        ({"required_text": None}, "Harbour CC-BY"),
        ({"publisher": "", "required_text": ""}, "CC-BY"),
        ({"publisher": "", "required_text": None, "licence": None}, ""),
    ],
)
def test_terms_of_use_are_the_rights(terms: dict[str, Any], expected: str) -> None:
    safety = CARD["safety"] | {"attribution": ATTRIBUTION | terms}

    [element] = written(entry(safety=safety)).iter(f"{ATOM}entry")

    assert element.findtext(f"{ATOM}rights") == expected


def test_a_page_without_a_review_has_no_dates() -> None:
    review = {"status": "none", "last_reviewed": None, "next_review": None}

    [element] = written(entry(safety=CARD["safety"] | {"review": review})).iter(
        f"{ATOM}entry"
    )

    [found] = element.iter(f"{HEALTH}review")
    assert found.attrib == {"status": "none"}
    assert element.findtext(f"{HEALTH}audience") == "public"


READABLE = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\t\n")
)


@given(READABLE)
def test_text_comes_out_as_it_went_in(text: str) -> None:
    feed = written(entry(title=text))

    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == text


@given(st.text(st.characters()))
def test_no_text_breaks_the_feed(text: str) -> None:
    """Not even one of characters that XML 1.0 has not (section 2.2)."""
    head = FeedHead(title=text, author=text, self_url=text, first_url=text, next_url=text)  # fmt: skip
    safety = CARD["safety"] | {
        "attribution": dict.fromkeys(ATTRIBUTION, text),
        "disclaimers": [{"body": {"html": text}}],
    }
    recalled = FeedEntry(
        entry_id=SECOND, changed_at=MOMENT, card=None, withdrawn={"reason": text}
    )

    feed = written(
        entry(title=text, summary=text, url=text, safety=safety), recalled, head=head
    )

    assert len(list(feed.iter(f"{ATOM}entry"))) == len(list(feed.iter(COMMENT))) == 1
