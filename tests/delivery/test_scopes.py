"""What a token can be allowed: pure rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.delivery.scopes import SCOPES, Scope, known_scopes


def test_rights_are_a_closed_set_of_which_each_is_described() -> None:
    assert {scope: facts.permission for scope, facts in SCOPES.items()} == {
        "webhooks:manage": "health_delivery.manage_webhooks",
        "pages:withdraw": "health_content.add_withdrawal",
        "acks:write": None,
        "claims:check": None,
    }
    assert set(SCOPES) == set(Scope)
    assert all(facts.description.endswith(".") for facts in SCOPES.values())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], set()),
        (["acks:write"], {Scope.ACKS_WRITE}),
        (["acks:write", "acks:write"], {Scope.ACKS_WRITE}),
        ([*Scope], {*Scope}),
        (["acks:write", "everything", 3, None], {Scope.ACKS_WRITE}),
        (["ACKS:WRITE", "acks:write ", "ACKS_WRITE", "acks"], set()),
        (["acks:write", ["pages:withdraw"], {"pages:withdraw": 1}], {Scope.ACKS_WRITE}),
        ("acks:write", set()),
        ({"acks:write": True}, set()),
        (None, set()),
    ],
)
def test_what_is_no_scope_gives_no_right(words: object, expected: set[Scope]) -> None:
    assert known_scopes(words) == expected


WORDS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.sampled_from(Scope),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@given(WORDS)
def test_whatever_a_table_holds_gives_only_the_rights_that_it_lists(
    words: object,
) -> None:
    listed = {*Scope} & {str(word) for word in words} if isinstance(words, list) else set()  # fmt: skip

    assert known_scopes(words) == listed
