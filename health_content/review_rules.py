"""How long a review holds, and how strict each check of the editorial gate is. Pure: rules in, answers out."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .document_facts import Json

BLOCK, WARN, OFF = "block", "warn", "off"
LEVELS = (BLOCK, WARN, OFF)
# What each check does to a publication unless a policy says otherwise.
DEFAULT_LEVELS = {
    "G01": BLOCK, "G02": BLOCK, "G03": BLOCK, "G04": BLOCK, "G05": BLOCK, "G06": BLOCK, "G07": BLOCK, "G08": BLOCK,
    "G09": WARN, "G10": BLOCK, "G11": WARN, "G12": WARN, "G13": BLOCK, "G14": WARN, "G15": BLOCK, "G16": WARN,
    "G17": OFF, "G18": BLOCK, "G19": BLOCK, "G20": WARN, "G21": WARN, "G22": BLOCK,
}  # fmt: skip
# Nobody may override these, so no policy may weaken them.
FIXED_CHECKS = frozenset({"G05", "G13", "G15", "G18", "G22"})
# The overdue actions that take a page out of search engines. One that is to go offline leaves them at once: it may be
# kept for a while, or wait for the night.
UNINDEXED = frozenset({"noindex", "unpublish"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRule:
    """How long a review of some pages holds, and what happens then."""

    content_kind: str = ""
    """The kind of page it is for; "" for all."""
    risk_tier: str = ""
    """The risk of the pages it is for; "" for all."""
    months: int
    grace_days: int
    overdue_action: str
    """`report`, `banner`, `noindex` or `unpublish`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDates:
    """When a review is due, and when its page is treated as overdue."""

    due_on: date
    overdue_after: date
    """The last day of grace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewStanding:
    """How a page stands with its review on a day."""

    status: str
    """`current`; `due` from the day of the next review; `overdue` once the days of grace are over."""
    action: str
    """What the rule does to an overdue page; "" to any other."""
    overdue_on: date
    """The first day on which it is overdue."""


def review_rule_for(
    rules: Iterable[ReviewRule], *, content_kind: str, risk_tier: str
) -> ReviewRule | None:
    """Return the rule for a page, None when none is for it.

    The most particular wins: one for the kind and the risk, then one for the risk, then one for the kind, then one for
    all. Of two alike the stricter wins: the one with fewer months.
    """
    fitting = [
        rule
        for rule in rules
        if rule.content_kind in {"", content_kind} and rule.risk_tier in {"", risk_tier}
    ]
    return min(
        fitting,
        key=lambda r: (not r.risk_tier, not r.content_kind, r.months, r.grace_days),
        default=None,
    )


def review_dates(reviewed_on: date, rule: ReviewRule) -> ReviewDates:
    """Return when a review of *reviewed_on* is due again by *rule*.

    Months are those of the calendar: a review of 31 August that holds for 6 months is due on the last day of February.
    """
    months = reviewed_on.year * 12 + reviewed_on.month - 1 + rule.months
    year, month = divmod(months, 12)
    day = min(reviewed_on.day, calendar.monthrange(year, month + 1)[1])
    due_on = date(year, month + 1, day)
    return ReviewDates(
        due_on=due_on, overdue_after=due_on + timedelta(days=rule.grace_days)
    )


def review_standing(due_on: date, rule: ReviewRule, *, today: date) -> ReviewStanding:
    """Return how a page stands *today* whose next review is due on *due_on*, by *rule*."""
    overdue_on = due_on + timedelta(days=rule.grace_days + 1)
    if today >= overdue_on:
        status, action = "overdue", rule.overdue_action
    else:
        status, action = "due" if today >= due_on else "current", ""
    return ReviewStanding(status=status, action=action, overdue_on=overdue_on)


def check_level(levels: Json, check: str) -> str:
    """Return what *check* does by a policy's *levels*; a level that is none of ours counts as not given.

    Raises:
        KeyError: there is no such check.
    """
    default = DEFAULT_LEVELS[check]
    given = levels.get(check) if isinstance(levels, dict) else None
    if check in FIXED_CHECKS or not isinstance(given, str) or given not in LEVELS:
        return default
    return given


def check_level_faults(levels: Json) -> list[str]:
    """Return the keys of *levels* that are no checks, have no level, or weaken what nobody may; "" for no object."""
    if not isinstance(levels, dict):
        return [""]
    return sorted(
        check
        for check, level in levels.items()
        if check not in DEFAULT_LEVELS
        or level not in LEVELS
        or (check in FIXED_CHECKS and level != DEFAULT_LEVELS[check])
    )
