"""Who acts: a user, or the system with a stated purpose. `None` is never an actor."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from wagtail.log_actions import LogContext, get_active_log_context

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.models import AbstractBaseUser


@dataclass(frozen=True, slots=True)
class System:
    """The software itself, acting for *purpose* (a word for logs, such as `publish`)."""

    purpose: str


Actor: TypeAlias = "AbstractBaseUser | System"


def actor_active(purpose: str) -> Actor:
    """Return the user of the running request as Wagtail's log knows them, or `System(purpose)` without one.

    Wagtail publishes by `object.save()` without telling the object who asked; its log context does.
    """
    user = get_active_log_context().user
    return System(purpose) if user is None or user.is_anonymous else user


@contextmanager
def acting(user: AbstractBaseUser | None) -> Iterator[None]:
    """Let *user* be who acts while the block runs, unless a request says who does."""
    if user is None or get_active_log_context().user is not None:
        yield
        return
    with LogContext(user=user):
        yield


def actor_user(actor: Actor) -> AbstractBaseUser | None:
    """Return the user to store in a nullable foreign key: None for the system."""
    return None if isinstance(actor, System) else actor


def user_name(user: AbstractBaseUser) -> str:
    """Return how people know *user*: by their full name, else by the name they sign in with."""
    full_name = getattr(user, "get_full_name", str)()
    return full_name or user.get_username()
