"""Wiring: what this part does when a page changes."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from wagtail.models import AbstractPage

from .services import thread_sync


def connect() -> None:
    """Connect the receivers; called once, when the apps are ready."""
    post_save.connect(page_saved, dispatch_uid="health_comments.page_saved")


def page_saved(
    instance: Any,
    *,
    raw: bool = False,
    update_fields: frozenset[str] | None = None,
    **_kwargs: Any,
) -> None:
    """Bring the thread in step with a live page that was saved as a whole.

    A save of some fields is a draft's bookkeeping unless it names what matters: the instance may hold a draft's values
    that are not the live page's. An instance of the base class knows nothing of its page's mode.
    """
    if raw or not isinstance(instance, AbstractPage) or not instance.live:
        return
    if update_fields is not None and not {"replies_mode", "live"} & set(update_fields):
        return
    if type(instance) is instance.specific_class:
        thread_sync(instance)
