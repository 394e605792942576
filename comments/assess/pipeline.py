"""Runs the checks over a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .base import Assessment, Check, Draft, Policy, Signal
from .checks import (
    DuplicateCheck,
    ForeignCheck,
    FormCheck,
    LinkCheck,
    NameCheck,
    ShapeCheck,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


def default_checks(
    policy: Policy, functions: Mapping[str, Callable[[str], Iterable[object]]]
) -> tuple[Check, ...]:
    """Return the checks in the order they run; *functions* are a host's own, by name."""
    return (
        FormCheck(min_fill_seconds=policy.min_fill_seconds),
        DuplicateCheck(),
        LinkCheck(max_links=policy.max_links),
        ShapeCheck(),
        NameCheck(),
        *(
            ForeignCheck(function=function, name=name)
            for name, function in functions.items()
        ),
    )


def assess(draft: Draft, checks: Iterable[Check]) -> Assessment:
    """Return what the checks say; a check that raises is named in `failed` and stops no other.

    Signals come with the weightiest first; equal ones by code.
    """
    signals: list[Signal] = []
    failed: list[str] = []
    has_run = False
    for check in checks:
        has_run = True
        try:
            signals.extend(check(draft))
        except Exception:  # noqa: BLE001 - whatever a check dies of, the reply waits for a person
            failed.append(check.name)
    ordered = sorted(signals, key=lambda signal: (-signal.score, signal.code))
    return Assessment(signals=tuple(ordered), failed=tuple(failed), has_run=has_run)
