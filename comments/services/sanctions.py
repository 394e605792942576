"""Measures against people, each with its reasons; there is none that its subject would not notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from ..errors import ReplyNotFound, StaleDecision
from ..machines import SANCTION, target
from ..models import (
    Decision,
    Event,
    MessageKind,
    Participant,
    Sanction,
    SanctionKind,
    SanctionState,
)
from ..reasons import PUBLIC_TEXTS, Reason
from .outbox import message_add
from .records import decision_write
from .transitions import row_move

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from ..actors import Actor


@transaction.atomic
def sanction_impose(
    participant_id: int,
    *,
    kind: SanctionKind,
    reason: Reason,
    actor: Actor,
    now: datetime,
    ends_at: datetime | None = None,
    public_reason: str = "",
    internal_note: str = "",
) -> Sanction:
    """Put a measure in force and return it; the same measure again is the one that is there.

    Raises:
        NotAllowed: the actor may not moderate. ReplyNotFound: no such participant.
        StaleDecision: a measure of that kind is in force until another time, or *ends_at* is past or missing.
    """
    actor.require_moderator()
    # The row's lock keeps two moderators apart.
    person = (
        Participant.objects.select_for_update(of=("self",))
        .filter(pk=participant_id)
        .first()
    )
    if person is None:
        raise ReplyNotFound
    known = _same_measure(person, kind, reason=reason, ends_at=ends_at, now=now)
    if known is not None:
        return known
    decision = _decision(
        person,
        Event.SANCTION,
        actor=actor,
        now=now,
        reason=reason,
        ground=reason.ground,
        public_reason=public_reason or str(PUBLIC_TEXTS[reason]),
        internal_note=internal_note,
        ends_at=ends_at,
        facts={"kind": kind.value},
    )
    sanction = Sanction.objects.create(
        participant=person,
        kind=kind,
        decision=decision,
        ends_at=ends_at,
        created_at=now,
    )
    message_add(
        MessageKind.SANCTION,
        person,
        key=f"sanction:{sanction.pk}",
        now=now,
        facts={"decision": str(decision.key)},
    )
    return sanction


@transaction.atomic
def sanction_lift(
    sanction_id: int, *, version: int, actor: Actor, now: datetime, note: str = ""
) -> Sanction:
    """End a measure early and return it; a repetition changes nothing.

    Raises:
        NotAllowed: the actor may not moderate. ReplyNotFound: no such measure. StaleDecision: it ended, or changed.
    """
    actor.require_moderator()
    sanction = (
        Sanction.objects.select_related("participant", "decision")
        .filter(pk=sanction_id)
        .first()
    )
    if sanction is None:
        raise ReplyNotFound
    if sanction.state == SanctionState.LIFTED and sanction.version == version + 1:
        return sanction
    if sanction.version != version or not sanction.is_in_force(now):
        raise StaleDecision
    sanction_end(sanction, "lift", now=now)
    _decision(
        sanction.participant,
        Event.LIFT,
        actor=actor,
        now=now,
        internal_note=note,
        reverses=sanction.decision,
    )
    return sanction


def sanction_end(sanction: Sanction, event: str, *, now: datetime) -> None:
    """End a measure as *event* says, if it has not ended; the caller holds the transaction and writes the record."""
    to_state = target(SANCTION, event, sanction.state)
    if to_state is not None:
        row_move(sanction, "state", to_state, settled_at=now)


def sanctions_expire(*, now: datetime) -> int:
    """Write down which measures are over and return how many; they ended by themselves before."""
    return _expire(Sanction.objects.all(), now=now)


def sanction_in_force(participant_id: int | None, *, now: datetime) -> Sanction | None:
    """Return the gravest measure in force against a person that limits what they may do; None without one."""
    if participant_id is None:
        return None
    found = Sanction.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=now),
        participant_id=participant_id,
        state=SanctionState.ACTIVE,
    ).select_related("decision")
    by_kind = {sanction.kind: sanction for sanction in found}
    for kind in (SanctionKind.BLOCK, SanctionKind.SUSPEND, SanctionKind.HOLD_ALL):
        if kind in by_kind:
            return by_kind[kind]
    return None


def _same_measure(
    person: Participant,
    kind: SanctionKind,
    *,
    reason: Reason,
    ends_at: datetime | None,
    now: datetime,
) -> Sanction | None:
    """Return the measure that is in force already, None when a new one can be imposed."""
    is_past = ends_at is not None and ends_at <= now
    if is_past or (ends_at is None and kind == SanctionKind.SUSPEND):
        raise StaleDecision
    _expire(person.sanctions.all(), now=now)
    known = person.sanctions.filter(kind=kind, state=SanctionState.ACTIVE).first()
    if known is None or kind == SanctionKind.WARN:
        return None
    if known.ends_at != ends_at or known.decision.reason != reason:
        raise StaleDecision
    return known


def _expire(sanctions: QuerySet[Sanction], *, now: datetime) -> int:
    count = 0
    for sanction in sanctions.filter(state=SanctionState.ACTIVE, ends_at__lte=now):
        try:
            with transaction.atomic():
                sanction_end(sanction, "expire", now=now)
        except StaleDecision:
            continue
        count += 1
    return count


def _decision(
    person: Participant, event: Event, *, actor: Actor, now: datetime, **values: object
) -> Decision:
    return decision_write(
        participant=person,
        action=event,
        actor=actor.user,
        actor_label=actor.label,
        actor_kind=actor.kind,
        created_at=now,
        **values,
    )
