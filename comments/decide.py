"""From what is known about a reply to what happens with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from .machines import GRAVE, PRIORITIES, graver

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .assess.base import Assessment, Policy

LIKELY_SPAM = "form.honeypot"
_LOW_PRIORITY = -10
_PERSONAL = "personal_data."
_SEVERITIES = {
    "crisis.": "crisis",
    "legal.": "legal",
    _PERSONAL: "elevated",
    "advice.": "elevated",
}
"""The severity that signals give, by the beginning of their codes."""


class Outcome(StrEnum):
    """What happens with a new reply. There is no refusal here: a machine never rejects what a person wrote."""

    PUBLISH = "publish"
    HOLD = "hold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The outcome and why, for the queue and the record."""

    outcome: Outcome
    reasons: tuple[str, ...]
    """Codes, the weightiest first; the policy's own comes last."""
    priority: int = 0
    """Place in the queue; higher comes first, likely spam last."""
    severity: str = "routine"
    """How much harm waiting or a wrong decision may do: one of `machines.SEVERITIES`."""

    @property
    def takes_down(self) -> bool:
        """Whether the text of an edit takes what was public before from the public too."""
        return self.severity in GRAVE or any(
            code.startswith(_PERSONAL) for code in self.reasons
        )


class PolicyError(ValueError):
    """A policy says something that has no meaning."""


def decide(
    assessment: Assessment, policy: Policy, *, trust: int = 0, is_held: bool = False
) -> Verdict:
    """Return what happens with a reply of an author with that *trust*.

    Precedence: no check ran, or one failed: hold. A signal of `hold_from` or more: hold, and so does one of crisis or
    law whatever its score. *is_held*: a measure against the author says so. Then the policy: `pre` and `closed` hold
    everything, `trusted` publishes authors from `trusted_from`, `post` publishes. Adding a signal or a failure never
    turns a hold into a publication, nor makes a severity lighter; a grave reply is never taken for spam.

    Raises:
        PolicyError: the mode is unknown or `hold_from` lies outside 0..1.
    """
    if not 0.0 <= policy.hold_from <= 1.0:
        raise PolicyError("hold_from lies outside 0..1.")
    reasons = _reasons(assessment, policy)
    if is_held:
        reasons.append("sanction.hold_all")
    waits = _policy_reason(policy, trust)
    if not reasons and waits is None:
        return Verdict(outcome=Outcome.PUBLISH, reasons=())
    codes = tuple(reasons) + ((waits,) if waits else ())
    severity = _severity(codes)
    is_spam = LIKELY_SPAM in codes and severity not in GRAVE
    return Verdict(
        outcome=Outcome.HOLD,
        reasons=codes,
        priority=_LOW_PRIORITY if is_spam else PRIORITIES[severity],
        severity=severity,
    )


def _reasons(assessment: Assessment, policy: Policy) -> list[str]:
    """Return the codes that hold a reply whatever the policy's mode, each once."""
    codes = [f"check.failed:{name}" for name in assessment.failed]
    if not assessment.has_run:
        codes.append("check.none_ran")
    codes += [
        signal.code
        for signal in assessment.signals
        if signal.score >= policy.hold_from or _severity((signal.code,)) in GRAVE
    ]
    return list(dict.fromkeys(codes))


def _severity(codes: Iterable[str]) -> str:
    """Return the gravest severity among the codes."""
    worst = "routine"
    for code in codes:
        for prefix, severity in _SEVERITIES.items():
            if code.startswith(prefix):
                worst = graver(worst, severity)
    return worst


def _policy_reason(policy: Policy, trust: int) -> str | None:
    """Return the code with which the policy holds a clean reply, or None."""
    match policy.mode:
        case "pre" | "closed":
            return "policy.pre"
        case "trusted":
            return None if trust >= policy.trusted_from else "policy.new_author"
        case "post":
            return None
        case _:
            raise PolicyError(f"No such mode: {policy.mode}.")
