"""Whether a page may go live, and everything that speaks against it. Content of the checks: `gate_checks`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .gate_checks import CHECKS, Reason
from .gate_facts import Check, Level, Waiver

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from .gate_facts import GateFacts, Override, Policy

# A person with the right to the left of the arrow may do what the right of it asks for.
_STANDING: dict[Waiver, frozenset[Waiver]] = {
    Waiver.NOBODY: frozenset(),
    Waiver.EDITOR: frozenset({Waiver.EDITOR}),
    Waiver.REVIEWER: frozenset({Waiver.EDITOR, Waiver.REVIEWER}),
    Waiver.LEAD: frozenset({Waiver.EDITOR, Waiver.LEAD}),
    Waiver.TWO_PEOPLE: frozenset({Waiver.EDITOR, Waiver.LEAD, Waiver.TWO_PEOPLE}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A reason that speaks against publication, how heavy it is, and whether somebody answered for it."""

    check: Check
    level: Level
    reason: Reason
    waiver: Waiver
    """Who may override it."""
    override: Override | None = None

    @property
    def is_blocking(self) -> bool:
        """Return whether the page cannot go live because of this."""
        return self.level is Level.BLOCK and self.override is None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateDecision:
    """What the gate says of a page, in order of the checks."""

    outcomes: tuple[Outcome, ...]
    rule_base: str = ""
    """Version of the rules that claims were checked by; "" where nobody checked them."""
    ignored: tuple[Check, ...] = ()
    """Checks that found something, and that the policy switched off."""

    @property
    def is_open(self) -> bool:
        """Return whether the page may go live."""
        return not any(outcome.is_blocking for outcome in self.outcomes)

    @property
    def blockers(self) -> tuple[Outcome, ...]:
        """Return what keeps the page from going live."""
        return tuple(outcome for outcome in self.outcomes if outcome.is_blocking)

    @property
    def warnings(self) -> tuple[Outcome, ...]:
        """Return what somebody should look at, and that stops nobody."""
        return tuple(
            outcome
            for outcome in self.outcomes
            if outcome.level is Level.WARN and outcome.override is None
        )

    @property
    def status(self) -> str:
        """Return `blocked`, `overridden`, `warned` or `passed`: the gravest that is true."""
        if not self.is_open:
            return "blocked"
        if any(o.override and o.level is Level.BLOCK for o in self.outcomes):
            return "overridden"
        return "warned" if self.warnings else "passed"


def decide(
    facts: GateFacts, policy: Policy, overrides: Iterable[Override], *, now: datetime
) -> GateDecision:
    """Return what speaks against publishing the page that *facts* describe, under *policy*, at *now*.

    Every check is asked, so that an editor sees all of it at once. Overrides that are over, that are for other content,
    or whose giver may not waive the check are as good as none. Cost: O(reasons x overrides), no I/O.
    Source of the checks and their levels: docs/reference/gate.md.
    """
    given = tuple(override for override in overrides if override.expires_at > now)
    outcomes: list[Outcome] = []
    ignored: dict[Check, None] = {}
    for check, definition in CHECKS.items():
        for reason in definition.find(facts, policy, now):
            level = _level(check, reason, policy)
            if level is Level.OFF:
                ignored[check] = None
                continue
            waiver = reason.waiver or definition.waiver
            outcome = Outcome(
                check=check,
                level=level,
                reason=reason,
                waiver=waiver,
                override=_override(check, reason, waiver, given, facts.digest),
            )
            outcomes.append(outcome)
    rule_base = facts.rule_base if facts.are_claims_checked else ""
    return GateDecision(
        outcomes=tuple(outcomes), rule_base=rule_base, ignored=tuple(ignored)
    )


def _level(check: Check, reason: Reason, policy: Policy) -> Level:
    """Return how heavy *reason* is: a policy decides, except where nobody may waive the check."""
    if CHECKS[check].waiver is Waiver.NOBODY:
        return reason.level
    return policy.levels.get(check, reason.level)


def _override(
    check: Check,
    reason: Reason,
    waiver: Waiver,
    overrides: Iterable[Override],
    digest: str,
) -> Override | None:
    for override in overrides:
        is_of_reason = (
            override.check is check and override.fingerprint == reason.fingerprint
        )
        is_of_content = override.digest in {digest, ""} and (
            bool(override.digest) or reason.is_bound_to_sentence
        )
        if is_of_reason and is_of_content and waiver in _STANDING[override.granted_by]:
            return override
    return None
