"""Which overrides were given, and which of them still wait for a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.utils import timezone

from ..gate_facts import Waiver
from .gate import page_outcomes
from .page_content import page_digest, page_subject_id

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def outcome_of(page: HealthPageMixin, fingerprint: str) -> Outcome | None:
    """Return what speaks against *page*, as it is in memory, under *fingerprint*; None when nothing does."""
    found = (o for o in page_outcomes(page) if o.reason.fingerprint == fingerprint)
    return next(found, None)
