"""The words of caches: pure rules."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.delivery.cache_tags import (
    Tagged,
    children_tag,
    disclaimer_key_tag,
    document_tags,
    home_tag,
    list_tag,
    list_tags,
    llms_tag,
    must_go,
    navigation_key_tag,
    navigation_tag,
    path_tag,
    redirect_tag,
    self_tag,
    stale_tags,
    trim_tags,
    wording_tag,
)

KEY = "0123456789abcdef0123456789abcdef"
PAGE = Tagged(
    id=3, type="article", locale="en", site_id=1, path="/sleep/", path_key=KEY, title="Sleep",
    tags=frozenset({"page-3", "self-3", "disclaimer-2", "page-9", "image-7"}),
)  # fmt: skip
LISTS = {
    f"list-{kind}{end}" for kind in ("page", "article", "route") for end in ("", "-en")
}
PATH = "path-1-0123456789abcdef"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        (self_tag(3), "self-3"),
        (path_tag(1, KEY), PATH),
        (children_tag(3), "children-3"),
        (llms_tag(1), "llms-1"),
        (home_tag(4), "home-4"),
        (redirect_tag(5), "redirect-5"),
        (wording_tag(2), "wording-2"),
        (wording_tag("2"), "wording-2"),
        (disclaimer_key_tag("general"), "disclaimer-key-general"),
        (navigation_tag(6), "navigation-6"),
        (navigation_key_tag("main"), "navigation-key-main"),
        (list_tag("page"), "list-page"),
        (list_tag("page", "es"), "list-page-es"),
        (list_tags("page"), "list list-page"),
        (list_tags("page", "es"), "list list-page-es"),
    ],
)
def test_each_thing_has_a_word_that_caches_were_told(word: str, expected: str) -> None:
    assert word == expected


KEYS = st.from_regex(r"[a-z0-9_-]{1,50}", fullmatch=True) | st.sampled_from(["key", "1"])  # fmt: skip


@given(st.integers(1, 10**9), KEYS)
def test_words_of_different_things_differ_and_are_never_cut(
    number: int, key: str
) -> None:
    """So too when a key is a number, or a word of ours."""
    words = [
        self_tag(number), path_tag(number, key), children_tag(number), llms_tag(number), home_tag(number),
        redirect_tag(number), wording_tag(number), navigation_tag(number), disclaimer_key_tag(key),
        navigation_key_tag(key),
    ]  # fmt: skip
    joined = " ".join(words)

    assert len(set(words)) == 10
    assert trim_tags(joined, len(joined)).split(" ") == words
    assert trim_tags(joined, len(joined) - 1).split(" ") == words[:-1]


def test_only_numbers_are_disclaimers_that_are_shown() -> None:
    shown = replace(
        PAGE,
        tags=PAGE.tags | {"disclaimer-key-general", "disclaimer-", "disclaimer-30"},
    )

    assert shown.disclaimers == {"2", "30"}


def test_a_text_makes_itself_and_its_lists_stale() -> None:
    assert stale_tags(PAGE, PAGE) == {"self-3", *LISTS}


def test_questions_have_lists_of_their_own() -> None:
    asked = replace(PAGE, has_questions=True)

    assert stale_tags(asked, asked) - stale_tags(PAGE, PAGE) == {"list-question", "list-question-en"}  # fmt: skip


@pytest.mark.parametrize("pair", [(None, PAGE), (PAGE, None)])
def test_what_comes_or_goes_is_known_where_it_is_named(
    pair: tuple[Tagged | None, Tagged | None],
) -> None:
    assert stale_tags(*pair) == {"self-3", *LISTS, "llms-1", PATH, "wording-2", "list-disclaimer"}  # fmt: skip


def test_a_title_is_where_titles_are() -> None:
    named = replace(PAGE, title="Rest", home_of=frozenset({1, 4}))

    more = stale_tags(replace(PAGE, home_of=frozenset({1, 4})), named) - LISTS
    assert more == {"self-3", "llms-1", "home-1", "home-4", "wording-2", "list-disclaimer"}  # fmt: skip


def test_an_index_is_in_no_text_for_language_models() -> None:
    before = replace(PAGE, type="index", tags=frozenset())

    assert "llms-1" not in stale_tags(before, replace(before, title="Other"))


def test_a_move_is_known_at_both_paths() -> None:
    moved = replace(PAGE, path="/rest/", path_key="f" * 32, site_id=2, locale="es")

    tags = stale_tags(PAGE, moved)
    assert {PATH, "path-2-ffffffffffffffff", "llms-1", "llms-2", "list-article-es", "list-article-en"} <= tags  # fmt: skip


def test_a_disclaimer_that_is_shown_no_more_says_so() -> None:
    plain = replace(PAGE, tags=PAGE.tags - {"disclaimer-2"})

    assert stale_tags(PAGE, plain) - {"self-3", *LISTS} == {"wording-2", "list-disclaimer"}  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, PAGE, False),
        (PAGE, None, True),
        (PAGE, PAGE, False),
        (PAGE, replace(PAGE, tags=PAGE.tags | {"page-4"}), False),
        (PAGE, replace(PAGE, tags=PAGE.tags - {"page-9"}), True),
        (PAGE, replace(PAGE, tags=PAGE.tags - {"image-7"}), True),
        (PAGE, replace(PAGE, tags=PAGE.tags - {"disclaimer-2"}), False),
    ],
)
def test_what_may_have_become_private_must_go(
    before: Tagged | None, after: Tagged | None, expected: bool
) -> None:
    assert must_go(before, after) is expected


def test_own_tags_come_first_then_disclaimers() -> None:
    tags = document_tags(
        page_id=3, document_type="faq", site_id=1, path_key=KEY,
        shown={"page-3", "page-1", "image-5", "disclaimer-8"},
    )  # fmt: skip

    assert tags == ["page-3", "type-faq", "site-1", "self-3", PATH, "disclaimer-8", "image-5", "page-1"]  # fmt: skip


@pytest.mark.parametrize(
    ("length", "expected"), [(9, "aa bb ccc"), (8, "aa bb"), (5, "aa bb"), (4, "aa"), (1, "")]
)  # fmt: skip
def test_headers_end_between_tags(length: int, expected: str) -> None:
    assert trim_tags("aa bb ccc", length) == expected
