"""How long a review holds, and how strict a check is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.policy_forms import CHECK_LABELS
from health_content.review_rules import (
    DEFAULT_LEVELS,
    FIXED_CHECKS,
    LEVELS,
    ReviewRule,
    check_level,
    check_level_faults,
    review_dates,
    review_rule_for,
    review_standing,
)


def rule(months: int, kind: str = "", tier: str = "", grace: int = 30) -> ReviewRule:
    return ReviewRule(
        content_kind=kind,
        risk_tier=tier,
        months=months,
        grace_days=grace,
        overdue_action="report",
    )


@pytest.mark.parametrize(
    ("rules", "months"),
    [
        ([], None),
        ([rule(36)], 36),
        ([rule(36), rule(24, kind="treatment")], 24),
        ([rule(36), rule(24, kind="news")], 36),
        ([rule(6, kind="treatment"), rule(12, tier="high")], 12),
        ([rule(12, tier="high"), rule(18, "treatment", "high"), rule(1)], 18),
        ([rule(12, tier="high"), rule(9, tier="high")], 9),
        ([rule(12, tier="low")], None),
    ],
)
def test_the_most_particular_rule_counts(
    rules: list[ReviewRule], months: int | None
) -> None:
    found = review_rule_for(rules, content_kind="treatment", risk_tier="high")

    assert (found.months if found else None) == months


@pytest.mark.parametrize(
    ("reviewed_on", "months", "due_on"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 1, 15), 12, date(2027, 1, 15)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 1), 36, date(2029, 1, 1)),
    ],
)
def test_months_are_those_of_the_calendar(
    reviewed_on: date, months: int, due_on: date
) -> None:
    dates = review_dates(reviewed_on, rule(months, grace=10))

    assert dates.due_on == due_on
    assert (dates.overdue_after - dates.due_on).days == 10


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(1, 120))
def test_more_months_are_never_due_earlier(day: date, months: int) -> None:
    shorter, longer = rule(months), rule(months + 1)

    assert day < review_dates(day, shorter).due_on < review_dates(day, longer).due_on


@pytest.mark.parametrize(
    ("levels", "check", "level"),
    [
        ({}, "G01", "block"),
        ({"G01": "warn"}, "G01", "warn"),
        ({"G01": "loud"}, "G01", "block"),
        ({"G05": "off"}, "G05", "block"),
        ({"G11": "block"}, "G11", "block"),
        (None, "G17", "off"),
        ({"G17": ["block"]}, "G17", "off"),
    ],
)
def test_level_of_a_check(levels: Any, check: str, level: str) -> None:
    assert check_level(levels, check) == level


@pytest.mark.parametrize(
    ("today", "grace", "status", "action"),
    [
        (date(2026, 3, 9), 2, "current", ""),
        (date(2026, 3, 10), 2, "due", ""),
        (date(2026, 3, 12), 2, "due", ""),
        (date(2026, 3, 13), 2, "overdue", "report"),
        (date(2026, 3, 10), 0, "due", ""),
        (date(2026, 3, 11), 0, "overdue", "report"),
    ],
)
def test_a_page_is_due_on_its_day_and_overdue_after_its_days_of_grace(
    today: date, grace: int, status: str, action: str
) -> None:
    due_on = date(2026, 3, 10)

    standing = review_standing(due_on, rule(12, grace=grace), today=today)

    assert (standing.status, standing.action) == (status, action)
    assert (standing.overdue_on - due_on).days == grace + 1


def test_a_check_that_there_is_not_has_no_level() -> None:
    with pytest.raises(KeyError):
        check_level({}, "G99")


@pytest.mark.parametrize(
    ("levels", "faults"),
    [
        ({}, []),
        ({"G01": "warn", "G05": "block"}, []),
        ({"G99": "warn", "G01": "loud", "G05": "warn"}, ["G01", "G05", "G99"]),
        ([], [""]),
        (None, [""]),
    ],
)
def test_faults_of_levels(levels: Any, faults: list[str]) -> None:
    assert check_level_faults(levels) == faults


def test_every_check_has_a_name_and_a_level() -> None:
    assert list(CHECK_LABELS) == list(DEFAULT_LEVELS)
    assert len(DEFAULT_LEVELS) == 22
    assert set(DEFAULT_LEVELS.values()) <= set(LEVELS)
    assert {DEFAULT_LEVELS[check] for check in FIXED_CHECKS} == {"block"}
