"""Every transition there is, as data: what may happen in which state and where it leads.

The services look up, they do not know. The values are those of the models' choices; a test compares them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Table = dict[str, dict[str, str]]
"""From an event to the states in which it may happen, and the state that each leads to."""

KEEP = ""
"""In a step: the revision, or the item, stays as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one decision on a reply does."""

    to_status: str
    revision: str = KEEP
    """State that the revision under review gets."""
    item: str = "resolved"
    """State that the review item gets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a decision finds."""

    status: str
    """Of the reply."""
    is_proposal: bool
    """The revision under review is one that nobody has judged."""


_WAITING = Case(status="pending", is_proposal=True)
_PUBLIC = Case(status="published", is_proposal=False)
_EDITED = Case(status="published", is_proposal=True)
_HIDDEN = Case(status="hidden", is_proposal=False)
_HIDDEN_EDITED = Case(status="hidden", is_proposal=True)
_REJECTED = Case(status="rejected", is_proposal=False)
_SPAM = Case(status="spam", is_proposal=False)

DECISIONS: dict[str, dict[Case, Step]] = {
    "approve": {
        _WAITING: Step(to_status="published", revision="approved"),
        _EDITED: Step(to_status="published", revision="approved"),
        _HIDDEN_EDITED: Step(to_status="published", revision="approved"),
        # It was reported, or its article was corrected, and it may stay.
        _PUBLIC: Step(to_status="published"),
    },
    "reject": {
        _WAITING: Step(to_status="rejected", revision="rejected"),
        # The change is refused; what was public before stays as public as it is.
        _EDITED: Step(to_status="published", revision="rejected"),
        _HIDDEN_EDITED: Step(to_status="hidden", revision="rejected"),
    },
    "spam": {
        _WAITING: Step(to_status="spam", revision="rejected"),
    },
    "hide": {
        _PUBLIC: Step(to_status="hidden"),
        # The change that waits is still to be judged.
        _EDITED: Step(to_status="hidden", item=KEEP),
    },
    "restore": {
        _HIDDEN: Step(to_status="published"),
        _HIDDEN_EDITED: Step(to_status="published", item=KEEP),
        # Approving is a decision of its own.
        _REJECTED: Step(to_status="pending", revision="proposed", item="open"),
        _SPAM: Step(to_status="pending", revision="proposed", item="open"),
    },
}
"""What a moderator's action does in each case; where it is missing, it cannot be done."""

NEEDS_LIVE_ITEM = frozenset({("approve", _PUBLIC)})
"""Decisions that only make sense while somebody asks for one."""

_ALIVE = ("unverified", "pending", "published", "hidden", "rejected", "spam")

REPLY: Table = {
    "verify": {"unverified": "pending"},
    "edit": {"pending": "pending", "published": "published", "hidden": "hidden"},
    # The new text is a cry for help, holds personal data or may be against the law.
    "edit_gravely": {"pending": "pending", "published": "hidden", "hidden": "hidden"},
    "redact": {"pending": "published", "published": "published", "hidden": "published"},
    "withdraw": dict.fromkeys(_ALIVE, "removed"),
    "erase": dict.fromkeys((*_ALIVE, "removed"), "removed"),
}
"""What else happens to a reply, by its author or a redaction."""

REVISION: Table = {
    "approve": {"proposed": "approved"},
    "reject": {"proposed": "rejected"},
    "restore": {"rejected": "proposed"},
    # A later text of the same reply took its place, unjudged or public.
    "supersede": {"proposed": "superseded", "approved": "superseded"},
}

ITEM: Table = {
    "claim": {"open": "claimed", "claimed": "claimed", "escalated": "escalated"},
    "release": {"claimed": "open", "escalated": "escalated"},
    "escalate": {"open": "escalated", "claimed": "escalated"},
    "resolve": {"open": "resolved", "claimed": "resolved", "escalated": "resolved"},
    # A live item takes up the new reason as it stands.
    "reopen": {
        "resolved": "open",
        "open": "open",
        "claimed": "claimed",
        "escalated": "escalated",
    },
}

REPORT: Table = {
    "uphold": {"received": "upheld"},
    "dismiss": {"received": "dismissed"},
}

APPEAL: Table = {
    "take": {"submitted": "in_review", "in_review": "in_review"},
    "uphold": {"submitted": "upheld", "in_review": "upheld"},
    "overturn": {"submitted": "overturned", "in_review": "overturned"},
    "withdraw": {"submitted": "withdrawn", "in_review": "withdrawn"},
}

SANCTION: Table = {
    "expire": {"active": "expired"},
    "lift": {"active": "lifted"},
}

SEVERITIES = ("routine", "elevated", "legal", "crisis")
"""From the least to the most grave."""

GRAVE = frozenset({"crisis", "legal"})
"""Severities with which the text of an edit takes the whole reply from the public; personal data do so too."""

PRIORITIES: Mapping[str, int] = {"routine": 0, "elevated": 10, "legal": 20, "crisis": 100}  # fmt: skip
"""Place in the queue that a severity gives."""

DUE_SECONDS: Mapping[str, int] = {"routine": 72 * 3_600, "elevated": 24 * 3_600, "legal": 24 * 3_600, "crisis": 3_600}  # fmt: skip
"""Within how long somebody should have looked."""


def step_for(action: str, case: Case, *, is_live: bool) -> Step | None:
    """Return what *action* does in that case, None where it cannot be done; *is_live*: the item waits for a decision."""
    if (action, case) in NEEDS_LIVE_ITEM and not is_live:
        return None
    return DECISIONS[action].get(case)


def target(table: Table, event: str, state: str) -> str | None:
    """Return the state that *event* leads to, None where it cannot happen."""
    return table[event].get(state)


def graver(first: str, second: str) -> str:
    """Return the graver of two severities."""
    return max(first, second, key=SEVERITIES.index)
