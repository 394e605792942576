"""When purges are tried again and when they are pointless: pure rules."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.delivery.purge.schedule import chunks, longest_use, next_delay


@pytest.mark.parametrize(
    ("attempts", "seconds"),
    [(1, 2), (2, 4), (3, 8), (8, 256), (9, 512), (10, 600), (18, 600), (10**9, 600)],
)
def test_delay_is_doubled_up_to_ten_minutes(attempts: int, seconds: int) -> None:
    assert next_delay(attempts) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, timedelta(days=1, minutes=1)),
        (300, timedelta(days=1, minutes=6)),
        (86_400, timedelta(days=2, minutes=1)),
    ],
)
def test_purge_is_needed_as_long_as_a_cache_may_use_what_it_has(
    seconds: int, expected: timedelta
) -> None:
    """`stale-if-error` lets a cache use an answer for a day beyond its lifetime (RFC 5861, section 4)."""
    assert longest_use(seconds) == expected


@given(
    st.lists(st.text("abc", min_size=1, max_size=9)),
    st.integers(1, 4),
    st.integers(1, 20),
)
def test_every_tag_is_sent_once_in_requests_that_are_full_and_not_too_full(
    tags: list[str], max_count: int, max_length: int
) -> None:
    def fits(group: list[str]) -> bool:
        return len(group) <= max_count and len(" ".join(group)) <= max_length

    groups = list(chunks(tags, max_count=max_count, max_length=max_length))

    assert [tag for group in groups for tag in group] == tags
    # A tag that is too long by itself goes alone.
    assert all(fits(group) or len(group) == 1 for group in groups)
    assert not any(
        fits([*group, following[0]]) for group, following in pairwise(groups)
    )
