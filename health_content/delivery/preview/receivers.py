"""What changes previews, connected to the services: a save of the editor's, and their logging out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import post_save
from wagtail.models import Revision

from .services import previews_end, revision_follow

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def connect() -> None:
    """Connect the receivers. Called once, when the application is ready."""
    user_logged_out.connect(_on_logout, dispatch_uid="health_delivery.previews")
    post_save.connect(_on_revision_saved, sender=Revision)


def _on_logout(user: AbstractBaseUser | None, **_kwargs: object) -> None:
    if user is not None:
        previews_end(user=user)


def _on_revision_saved(
    instance: Revision, *, raw: bool = False, **_kwargs: object
) -> None:
    if not raw and instance.user_id is not None:
        revision_follow(instance)
