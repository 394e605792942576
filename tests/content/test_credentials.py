"""What a credential and a declared interest are worth on a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.credentials import (
    ConflictFacts,
    CredentialFacts,
    CredentialState,
    best_state,
    conflict_is_current,
    credential_is_valid,
    credential_state,
)

TODAY = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("valid_until", "verified_at", "state"),
    [
        (None, date(2025, 1, 1), "valid"),
        (TODAY, date(2025, 1, 1), "valid"),
        (date(2026, 4, 30), date(2025, 1, 1), "expired"),
        (date(2026, 4, 30), None, "expired"),
        (None, None, "unverified"),
        (date(2027, 1, 1), None, "unverified"),
    ],
)
def test_state_of_a_credential(valid_until, verified_at, state) -> None:
    credential = CredentialFacts(valid_until=valid_until, verified_at=verified_at)

    assert credential_state(credential, on=TODAY) == state
    assert credential_is_valid(credential, on=TODAY) == (state == "valid")


def test_the_best_credential_counts() -> None:
    none = CredentialFacts(valid_until=date(2020, 1, 1), verified_at=None)
    good = CredentialFacts(valid_until=None, verified_at=TODAY)

    assert best_state([none, good], on=TODAY) is CredentialState.VALID
    assert best_state([none], on=TODAY) is CredentialState.EXPIRED
    assert best_state([], on=TODAY) is None


@given(st.dates(), st.dates())
def test_what_is_valid_was_valid_before(first: date, second: date) -> None:
    earlier, later = sorted((first, second))
    credential = CredentialFacts(valid_until=TODAY, verified_at=TODAY)

    if credential_is_valid(credential, on=later):
        assert credential_is_valid(credential, on=earlier)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "is_current"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (date(2026, 5, 2), None, False),
        (None, date(2026, 4, 30), False),
        (date(2020, 1, 1), None, True),
    ],
)
def test_an_interest_is_one_from_its_first_to_its_last_day(
    starts_on, ends_on, is_current
) -> None:
    conflict = ConflictFacts(starts_on=starts_on, ends_on=ends_on)

    assert conflict_is_current(conflict, on=TODAY) is is_current
