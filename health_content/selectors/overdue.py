"""What keeps a page online whose review is overdue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps

from .gate_reports import emergencies_open
from .page_content import page_digest, page_subject_id

if TYPE_CHECKING:
    from ..abstract import HealthPageMixin

RECALL = "recall"
EMERGENCY = "emergency"


def kept_because(page: HealthPageMixin) -> str:
    """Return why *page* stays online although its review is overdue; "" where nothing keeps it. Two queries.

    `recall`: readers of something withdrawn are sent to it. `emergency`: what it says was published in an emergency that
    nobody has reviewed since, since what it replaced was worse than nothing.
    """
    base: Any = page
    withdrawals = apps.get_model("health_content", "Withdrawal").objects
    in_force = withdrawals.filter(lifted_at=None)
    if in_force.filter(replacement_id=base.pk).exists():
        return RECALL
    rows = emergencies_open().filter(page_id=page_subject_id(page))
    is_emergency = rows.filter(content_digest=page_digest(page)).exists()
    return EMERGENCY if is_emergency else ""
