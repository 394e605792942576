"""What a clinician's badge rests on: given, renewed and taken away."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from ..errors import NotAllowed, ReplyNotFound, StaleDecision
from ..models import Credential, Participant, Reply, ReplyStatus, Thread
from .threads import announce

if TYPE_CHECKING:
    from datetime import date

    from ..actors import Actor


@transaction.atomic
def credential_set(
    participant_id: int,
    *,
    profession: str,
    register: str,
    register_id: str,
    expires_on: date,
    actor: Actor,
    today: date,
    register_url: str = "",
) -> Credential:
    """Store that the actor looked the person up in a register today, and return it; readers see it with new answers.

    Raises:
        NotAllowed: the actor may not moderate. ReplyNotFound: no such participant.
        StaleDecision: it would be over already, or nobody proved to be that person.
    """
    actor.require_moderator()
    if actor.user is None:
        raise NotAllowed
    person = Participant.objects.filter(pk=participant_id).first()
    if person is None:
        raise ReplyNotFound
    is_proven = person.user_id is not None or person.verified_at is not None
    if expires_on < today or not is_proven:
        raise StaleDecision
    credential, _is_new = Credential.objects.update_or_create(
        participant=person,
        defaults={
            "profession": profession,
            "register": register,
            "register_id": register_id,
            "register_url": register_url,
            "verified_by_id": actor.user.pk,
            "verified_on": today,
            "expires_on": expires_on,
        },
    )
    Credential.objects.filter(pk=credential.pk).update(version=F("version") + 1)
    _announce(credential)
    return credential


@transaction.atomic
def credential_end(participant_id: int, *, actor: Actor, today: date) -> None:
    """Take the credential away as of today; twice is as once. Every answer loses its badge with the next read.

    Raises:
        NotAllowed: the actor may not moderate. ReplyNotFound: there is none.
    """
    actor.require_moderator()
    credential = Credential.objects.filter(participant_id=participant_id).first()
    if credential is None:
        raise ReplyNotFound
    yesterday = today - timedelta(days=1)
    if credential.expires_on <= yesterday:
        return
    Credential.objects.filter(pk=credential.pk).update(
        expires_on=yesterday,
        verified_on=min(credential.verified_on, yesterday),
        version=F("version") + 1,
    )
    _announce(credential)


def _announce(credential: Credential) -> None:
    """Give every thread with a public answer under the credential a new version."""
    public = Reply.objects.filter(credential=credential, status=ReplyStatus.PUBLISHED)
    threads = Thread.objects.filter(pk__in=public.values("thread_id")).order_by("pk")
    for thread in threads:
        Thread.objects.filter(pk=thread.pk).update(version=F("version") + 1)
        announce(thread.pk, thread.page_id)
