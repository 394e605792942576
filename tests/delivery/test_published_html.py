"""HTML that was published before, read again: pure rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.document_facts import Resources
from health_content.document_html import expand_html
from health_content.published_html import find_hrefs, republish_html

MIXED = '<p><a href="/a/">a</a> <a href="/b/?x=1&amp;y=2" title="t">b <b>c</b></a> <a>d</a><img src="/m.png"></p>'


@pytest.mark.parametrize(
    ("html", "hrefs"),
    [
        ("", set()),
        ("<p>href=&quot;/a/&quot;</p>", set()),
        (MIXED, {"/a/", "/b/?x=1&y=2"}),
        ('<a rel="nofollow" href="/a/" hreflang="es">\n</a><a href="/a/">b</a>', {"/a/"}),
        ('<a title=" href=&quot;/no/&quot;" href="/a/">a</a>', {"/a/"}),
        ('<a href="javascript:alert(1)">a</a>', set()),
        ('<a linktype="page" id="3">a</a>', set()),
    ],
)  # fmt: skip
def test_links_are_found_where_readers_find_them(html: str, hrefs: set[str]) -> None:
    assert find_hrefs(html) == hrefs


@pytest.mark.parametrize(
    ("followed", "expected"),
    [
        (set(), "<p>a b <b>c</b> d</p>"),
        ({"/b/?x=1&y=2"}, '<p>a <a href="/b/?x=1&amp;y=2" title="t">b <b>c</b></a> d</p>'),
        ({"/b/?x=1&amp;y=2"}, "<p>a b <b>c</b> d</p>"),
        ({"/a/"}, '<p><a href="/a/">a</a> b <b>c</b> d</p>'),
    ],
)  # fmt: skip
def test_only_what_may_be_followed_stays_a_link(
    followed: set[str], expected: str
) -> None:
    assert republish_html(MIXED, followed.__contains__) == expected


PIECES = st.sampled_from(
    [
        '<a href="/a/">', '<a href="/b/" title="&quot;>">', "<a href='/c/?x=1&amp;y=2'>", '<a title="t">', "</a>", "<p>",
        "</p>", "<b>", "</b>", "<img src='/m.png'>", "&lt;a href=&quot;/d/&quot;&gt;", "a", "\n", "<", '"', "&amp;",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=12).map("".join)
ADDRESSES = st.sets(st.sampled_from(["/a/", "/b/", "/c/?x=1&y=2", "/d/"]))


@given(TEXTS, ADDRESSES)
def test_what_is_shown_again_leads_where_it_may_and_did(
    html: str, followed: set[str]
) -> None:
    shown = republish_html(html, followed.__contains__)

    assert find_hrefs(shown) == find_hrefs(html) & followed
    assert republish_html(shown, followed.__contains__) == shown


@given(TEXTS)
def test_where_all_may_be_followed_nothing_but_pictures_is_lost(html: str) -> None:
    assert republish_html(html, lambda _href: True) == expand_html(html, Resources())
