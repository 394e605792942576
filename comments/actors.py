"""Who does something: every service is told, and none acts for nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser

from .errors import NotAllowed
from .models import ActorKind

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

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
    """How the record calls them."""
    user: AbstractBaseUser | None = None
    """None for guests and machines."""

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
    def rule(cls, label: str) -> Actor:
        """Return the actor that is a rule or policy, by its name and version."""
        return cls(kind=ActorKind.RULE, label=label[:200])

    def require_moderator(self) -> None:
        """Raise `NotAllowed` unless this is a person who may moderate."""
        if not may_moderate(self.user):
            raise NotAllowed
