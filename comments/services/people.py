"""What becomes of the people behind replies."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import F, Q

from ..models import Action, ActorKind, Decision, Participant, ReplyStatus

if TYPE_CHECKING:
    from datetime import datetime

    from ..models import Reply

MAX_TRUST = 100
TRUST_GROWS_AFTER = timedelta(days=1)
"""Trust grows once in that time, so that nobody harvests it with twenty kind words in a night."""


def trust_follow(
    decision: Decision, reply: Reply, *, is_proposal: bool, now: datetime
) -> None:
    """Let a person's decision on a reply change how far its author is trusted; rules and models change nothing.

    The caller holds the transaction.
    """
    if decision.actor_kind != ActorKind.HUMAN or reply.participant_id is None:
        return
    person = Participant.objects.filter(pk=reply.participant_id)
    if decision.reason:
        person.update(trust=0, trusted_at=now)
    elif (
        decision.action == Action.APPROVE
        and is_proposal
        and decision.from_status == ReplyStatus.PENDING
    ):
        is_time = Q(trusted_at__isnull=True) | Q(
            trusted_at__lte=now - TRUST_GROWS_AFTER
        )
        person.filter(is_time, trust__lt=MAX_TRUST).update(
            trust=F("trust") + 1, trusted_at=now
        )
