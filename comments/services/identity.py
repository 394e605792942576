"""Who a reader is, and whose name a name looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Q

from ..actors import MODERATE, Actor
from ..conf import get_conf
from ..models import Participant
from ..names import name_skeleton
from ..tokens import InvalidTokenError, read_guest_token, read_status_token

if TYPE_CHECKING:
    from datetime import date


def actor_of_token(token_raw: str) -> Actor | None:
    """Return who holds a private token: the author of one reply, or a remembered guest; None for any other text."""
    try:
        return Actor.author(reply_id=read_status_token(token_raw))
    except InvalidTokenError:
        pass
    try:
        participant_id, session_version = read_guest_token(token_raw)
    except InvalidTokenError:
        return None
    is_remembered = Participant.objects.filter(
        pk=participant_id,
        session_version=session_version,
        verified_at__isnull=False,
        user__isnull=True,
    ).exists()
    return Actor.author(participant_id=participant_id) if is_remembered else None


def known_participant(actor: Actor) -> Participant | None:
    """Return the participant that the actor has proven to be; None for everybody else."""
    people = Participant.objects.select_related("credential")
    if actor.participant_id is not None:
        return people.filter(pk=actor.participant_id).first()
    if actor.user is not None:
        return people.filter(user_id=actor.user.pk).first()
    return None


def has_credential(person: Participant | None, today: date) -> bool:
    """Return whether the participant has a credential that counts on that day."""
    credential = getattr(person, "credential", None)
    return credential is not None and credential.is_in_force(today)


def name_owners(name: str, person: Participant | None, today: date) -> tuple[str, ...]:
    """Return whose names *name* looks like, those of *person* and of their account left out. Three queries at most.

    `protected` and `staff` by settings and rights; `clinician` and `participant` among people who proved who they are
    and have replies that were approved.
    """
    skeleton = name_skeleton(name)
    if not skeleton:
        return ()
    owners = []
    own_user = person.user_id if person is not None else None
    protected = (name_skeleton(n) for n in get_conf().protected_names)
    if any(word and word in skeleton for word in protected):
        owners.append("protected")
    if skeleton in _moderators(but=own_user):
        owners.append("staff")
    people = Participant.objects.filter(name_skeleton=skeleton[:160])
    if person is not None:
        people = people.exclude(pk=person.pk)
    is_proven = Q(verified_at__isnull=False) | Q(user__isnull=False)
    if people.filter(credential__expires_on__gte=today).exists():
        owners.append("clinician")
    elif people.filter(is_proven, trust__gt=0).exists():
        owners.append("participant")
    return tuple(owners)


def _moderators(*, but: int | None) -> set[str]:
    """Return what the names of all who may moderate look like."""
    codename = MODERATE.partition(".")[2]
    users = get_user_model()._default_manager.filter(  # noqa: SLF001 - Django documents it
        Q(is_superuser=True)
        | Q(user_permissions__codename=codename)
        | Q(groups__permissions__codename=codename),
        is_active=True,
    )
    names: set[str] = set()
    for user in users.distinct():
        if user.pk == but:
            continue
        names |= {user.get_username(), user.get_full_name(), user.get_short_name()}
    return {name_skeleton(name) for name in names} - {""}
