"""What is said of routes that are to go: pure rules."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.deprecation import deprecation_headers

WHY = "https://example.org/why"


@pytest.mark.parametrize(
    ("options", "headers"),
    [
        ({"SINCE": "1970-01-01"}, {"Deprecation": "@0"}),
        ({"SINCE": "2027-01-01", "LINK": ""}, {"Deprecation": "@1798761600"}),
        (
            {"SINCE": "2027-01-01", "LINK": WHY},
            {"Deprecation": "@1798761600", "Link": f'<{WHY}>; rel="deprecation"'},
        ),
        (
            {"SINCE": "2027-01-01", "SUNSET": "2027-01-01"},
            {"Deprecation": "@1798761600", "Sunset": "Fri, 01 Jan 2027 00:00:00 GMT"},
        ),
        (
            {"SINCE": "2027-01-01", "SUNSET": "2028-01-01", "LINK": WHY},
            {
                "Deprecation": "@1798761600",
                "Sunset": "Sat, 01 Jan 2028 00:00:00 GMT",
                "Link": f'<{WHY}>; rel="deprecation sunset"',
            },
        ),
    ],
)
def test_options_are_headers(options: dict[str, str], headers: dict[str, str]) -> None:
    assert deprecation_headers(options) == headers


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "SINCE is missing"),
        ({"SUNSET": "2027-01-01", "LINK": WHY}, "SINCE is missing"),
        ({"SINCE": "soon"}, "Invalid isoformat string: 'soon'"),
        ({"SINCE": "2027-01-01", "SUNSET": "2027-02-30"}, "day is out of range"),
        ({"SINCE": "2027-01-02", "SUNSET": "2027-01-01"}, "SUNSET is before SINCE"),
        ({"SINCE": "x", "WHY": "x", "ALSO": "y"}, "unknown: ALSO, WHY"),
    ],
)
def test_wrong_options_are_named(options: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        deprecation_headers(options)


@given(
    st.dates(date(1970, 1, 2), date(9999, 12, 31)),
    st.dates(date(1970, 1, 2), date(9999, 12, 31)),
)
def test_both_times_are_the_midnights_of_the_days(one: date, other: date) -> None:
    since, sunset = sorted([one, other])

    headers = deprecation_headers({"SINCE": str(since), "SUNSET": str(sunset)})

    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    begins = epoch + timedelta(seconds=int(headers["Deprecation"].removeprefix("@")))
    assert begins == datetime(since.year, since.month, since.day, tzinfo=UTC)
    assert parsedate_to_datetime(headers["Sunset"]).date() == sunset
