"""Which overrides were given, and which of them still wait for a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils import timezone

from ..gate_facts import OF_REVIEW, Waiver
from ..permissions import may_waive
from .gate import page_decision, page_outcomes
from .page_content import page_as_draft, page_digest, page_subject_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..abstract import HealthPageMixin
    from ..gate import Outcome
    from ..models import GateOverride


def overrides_given(page: HealthPageMixin) -> Mapping[str, GateOverride]:
    """Return the newest override of each reason of *page*, as it is in memory, that has not ended. One query."""
    model: type[GateOverride] = apps.get_model("health_content", "GateOverride")
    rows = model.objects.filter(
        page_id=page_subject_id(page),
        expires_at__gt=timezone.now(),
        content_digest__in=("", page_digest(page)),
    )
    found = rows.select_related("approval").order_by("created_at", "pk")
    return {row.fingerprint: row for row in found}


def override_waits(override: GateOverride) -> bool:
    """Return whether *override* needs a second person, and nobody approved it yet. Fetch `approval` along."""
    needs_two = override.standing == Waiver.TWO_PEOPLE
    return needs_two and getattr(override, "approval", None) is None


def blocking_besides_review(page: HealthPageMixin) -> tuple[Outcome, ...]:
    """Return what keeps *page* from going live even when it was reviewed just now.

    Of a page that a view loaded without its own fields the newest revision is meant.
    """
    blockers = page_decision(page_as_draft(page)).blockers
    return tuple(outcome for outcome in blockers if outcome.check not in OF_REVIEW)


def may_answer_alone(
    page: HealthPageMixin, user: Any, outcomes: Iterable[Outcome]
) -> bool:
    """Return whether *user* may override all of *outcomes* without a second person."""
    alone = {Waiver.EDITOR, Waiver.LEAD}
    draft: Any = page_as_draft(page)
    return all(o.waiver in alone and may_waive(draft, user, o.waiver) for o in outcomes)


def outcome_of(page: HealthPageMixin, fingerprint: str) -> Outcome | None:
    """Return what speaks against *page*, as it is in memory, under *fingerprint*; None when nothing does."""
    found = (o for o in page_outcomes(page) if o.reason.fingerprint == fingerprint)
    return next(found, None)
