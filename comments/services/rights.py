"""What people may ask of what is stored about them: to have it, and to have it erased."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from ..actors import Actor
from ..errors import ReplyNotFound
from ..models import (
    Appeal,
    Decision,
    Participant,
    Removal,
    Reply,
    Report,
    Sanction,
    SanctionKind,
    SanctionState,
)
from ..tokens import email_unseal
from .edits import reply_remove
from .identity import known_participant
from .transitions import thread_lock

if TYPE_CHECKING:
    from datetime import datetime


def person_export(actor: Actor) -> dict[str, Any]:
    """Return all that is stored about the person, in plain values (GDPR, Articles 15 and 20).

    Shape: `{"person": {…}, "replies": [{…, "texts": [{…}]}], "reports": […], "decisions": […], "appeals": […],
    "measures": […]}`. The number of queries does not grow with what there is. Who decided is not theirs to know.

    Raises:
        ReplyNotFound: the actor proved to be nobody in particular.
    """
    person = known_participant(actor)
    if person is None:
        raise ReplyNotFound
    replies = list(
        Reply.objects.filter(participant=person)
        .select_related("thread")
        .prefetch_related("revisions", "decisions")
        .order_by("pk")
    )
    decisions = [d for reply in replies for d in reply.decisions.all()]
    decisions += list(person.decisions.all())
    return {
        "person": _person(person),
        "replies": [_reply(reply) for reply in replies],
        "reports": _reports(person),
        "decisions": [_decision(decision) for decision in decisions],
        "appeals": _appeals(decisions),
        "measures": _measures(person),
    }


@transaction.atomic
def person_erase(actor: Actor, *, now: datetime) -> int:
    """Erase the person and every word of theirs, and return how many replies that were (GDPR, Article 17).

    Answers below a reply keep its empty place. Decisions stay, without a name or a word. While a suspension or a block
    is in force its subject's hashed address is kept, and nothing else, so that erasure is no way around it.

    Raises:
        ReplyNotFound: the actor proved to be nobody in particular.
    """
    person = known_participant(actor)
    if person is None:
        raise ReplyNotFound
    replies = Reply.objects.filter(participant=person)
    # In one order for everybody, as batches of decisions do.
    threads = replies.order_by("thread_id").values_list("thread_id", flat=True)
    for thread_id in threads.distinct():
        thread_lock(thread_id)
    count = 0
    for reply in replies.select_related("thread", "participant").order_by("pk"):
        _erase(reply, now=now)
        count += 1
    Report.objects.filter(reporter=person).update(text="", reporter=None)
    Appeal.objects.filter(decision__participant=person).update(text="")
    person.messages.all().delete()
    if _is_kept_out(person):
        Participant.objects.filter(pk=person.pk).update(
            display_name="", name_skeleton="", email_sealed="", trust=0, locale=""
        )
    else:
        person.delete()
    return count


def _erase(reply: Reply, *, now: datetime) -> None:
    """Take one reply away with its words; the caller holds the thread's lock."""
    Appeal.objects.filter(decision__reply=reply).update(text="")
    reply_remove(reply, Removal.ERASURE, actor=Actor.guest(), now=now)


def _is_kept_out(person: Participant) -> bool:
    return Sanction.objects.filter(
        participant=person,
        state=SanctionState.ACTIVE,
        kind__in=(SanctionKind.SUSPEND, SanctionKind.BLOCK),
    ).exists()


def _person(person: Participant) -> dict[str, Any]:
    return {
        "name": person.display_name,
        "email": email_unseal(person.email_sealed) if person.email_sealed else None,
        "verified_at": _moment(person.verified_at),
        "locale": person.locale,
        "trust": person.trust,
        "created_at": _moment(person.created_at),
    }


def _reports(person: Participant) -> list[dict[str, Any]]:
    return [
        {
            "reply": str(report.reply_id),
            "reason": report.reason,
            "text": report.text,
            "state": report.state,
            "created_at": _moment(report.created_at),
        }
        for report in Report.objects.filter(reporter=person).order_by("pk")
    ]


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "id": str(decision.key),
        "reply": str(decision.reply_key) if decision.reply_key else None,
        "action": decision.action,
        "reason": decision.reason or None,
        "text": decision.public_reason,
        "automated": decision.actor_kind != "human",
        "created_at": _moment(decision.created_at),
    }


def _appeals(decisions: list[Decision]) -> list[dict[str, Any]]:
    return [
        {
            "decision": str(appeal.decision.key),
            "text": appeal.text,
            "state": appeal.state,
            "created_at": _moment(appeal.created_at),
        }
        for appeal in Appeal.objects.filter(decision__in=decisions)
        .select_related("decision")
        .order_by("pk")
    ]


def _measures(person: Participant) -> list[dict[str, Any]]:
    return [
        {
            "kind": sanction.kind,
            "state": sanction.state,
            "ends_at": _moment(sanction.ends_at),
            "created_at": _moment(sanction.created_at),
        }
        for sanction in person.sanctions.order_by("pk")
    ]


def _reply(reply: Reply) -> dict[str, Any]:
    return {
        "id": str(reply.pk),
        "page": reply.thread.page_id,
        "name": reply.author_name,
        "status": reply.status,
        "created_at": _moment(reply.created_at),
        "texts": [
            {
                "number": revision.number,
                "source": revision.source,
                "state": revision.state,
                "created_at": _moment(revision.created_at),
            }
            for revision in reply.revisions.all()
        ],
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None
