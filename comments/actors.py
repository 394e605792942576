"""Who does something: every service is told, and none acts for nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser

from .errors import NotAllowed, ReplyNotFound
from .models import ActorKind

if TYPE_CHECKING:
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser

    from .models import Decision, Reply

MODERATE = "health_comments.moderate_reply"
"""The permission to see the queue and to decide."""


def may_moderate(user: AbstractBaseUser | AnonymousUser | None) -> bool:
    """Return whether *user* may see the queue and decide."""
    has_perm = getattr(user, "has_perm", None)
    return has_perm is not None and bool(has_perm(MODERATE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person, a rule or a model that does something."""

    kind: ActorKind
    label: str
    """How the record calls them; never a reader's name, for records outlive the reader's wish to be forgotten."""
    user: AbstractBaseUser | None = None
    """None for guests and machines."""
    participant_id: int | None = None
    """Of a guest who proved a mail address, or of an account that replied before."""
    reply_id: UUID | None = None
    """The reply whose private address the actor holds: they wrote it."""

    @classmethod
    def person(cls, user: AbstractBaseUser) -> Actor:
        """Return the actor that is this account of the host."""
        return cls(kind=ActorKind.HUMAN, label=user.get_username()[:200], user=user)

    @classmethod
    def of(cls, user: AbstractBaseUser | AnonymousUser) -> Actor:
        """Return the actor behind a request: an account, or a guest."""
        if isinstance(user, AbstractBaseUser):
            return cls.person(user)
        return cls.guest()

    @classmethod
    def guest(cls) -> Actor:
        """Return the actor that is a reader without an account."""
        return cls(kind=ActorKind.HUMAN, label="guest")

    @classmethod
    def author(
        cls, *, reply_id: UUID | None = None, participant_id: int | None = None
    ) -> Actor:
        """Return the actor that proved to have written one reply, or all of a participant's."""
        return cls(
            kind=ActorKind.HUMAN,
            label="author",
            reply_id=reply_id,
            participant_id=participant_id,
        )

    @classmethod
    def rule(cls, label: str) -> Actor:
        """Return the actor that is a rule or policy, by its name and version."""
        return cls(kind=ActorKind.RULE, label=label[:200])

    def require_moderator(self) -> None:
        """Raise `NotAllowed` unless this is a person who may moderate."""
        if not may_moderate(self.user):
            raise NotAllowed

    def require_author(self, reply: Reply) -> None:
        """Raise `ReplyNotFound` unless this is who wrote *reply*: to others it is as if there were none."""
        if self.reply_id is not None and self.reply_id == reply.pk:
            return
        if reply.participant_id is None:
            raise ReplyNotFound
        if self.participant_id is not None:
            is_author = self.participant_id == reply.participant_id
        else:
            owner = reply.participant.user_id if reply.participant else None
            is_author = self.user is not None and owner == self.user.pk
        if not is_author:
            raise ReplyNotFound

    def require_concerned(self, decision: Decision) -> None:
        """Raise `ReplyNotFound` unless the decision is about this person, or a reply of theirs."""
        if decision.reply is not None:
            self.require_author(decision.reply)
            return
        person = decision.participant
        is_own = person is not None and (
            self.participant_id == person.pk
            or (self.user is not None and self.user.pk == person.user_id)
        )
        if not is_own:
            raise ReplyNotFound
