"""Time that passes with no schedule at work."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from wagtail.models import Page

from health_content.delivery.models import PublishedDocument, PublishedNavigation

if TYPE_CHECKING:
    from datetime import datetime


def expire_soon(page: Any) -> datetime:
    """Publish *page* until an hour from now, and return that time."""
    expires_at = timezone.now().replace(microsecond=0) + timedelta(hours=1)
    page.expire_at = expires_at
    page.save_revision().publish()
    return expires_at


def expire_unnoticed(expires_at: datetime) -> None:
    """Let the time *expires_at* pass for all that waits for it."""
    past = timezone.now().replace(microsecond=0) - timedelta(seconds=1)
    Page.objects.filter(expire_at=expires_at).update(expire_at=past)
    for stored in (PublishedDocument, PublishedNavigation):
        waiting = stored.objects.filter(next_transition=expires_at.timestamp())
        waiting.update(next_transition=past.timestamp())
