"""Keeps threads in step with their pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from wagtail.models import Site

from ..models import Thread
from ..pages import page_mode
from ..signals import thread_changed

if TYPE_CHECKING:
    from wagtail.models import AbstractPage


def thread_ensure(page: AbstractPage) -> Thread:
    """Return the thread of *page* (in its specific class), made now if there was none."""
    thread, _is_new = Thread.objects.get_or_create(
        page_id=page.pk, defaults=_facts(page)
    )
    return thread


def thread_sync(page: AbstractPage) -> None:
    """Give the thread of a live *page* (in its specific class) the mode, site and locale of the page.

    A page that takes no replies and never had any gets no row. Readers' caches see a change of mode at once. One write
    at most, so no transaction of its own.
    """
    facts = _facts(page)
    thread = Thread.objects.filter(page_id=page.pk).first()
    if thread is None:
        if hasattr(page, "replies_mode"):
            Thread.objects.get_or_create(page_id=page.pk, defaults=facts)
        return
    if all(getattr(thread, name) == value for name, value in facts.items()):
        return
    Thread.objects.filter(pk=thread.pk).update(**facts, version=F("version") + 1)
    announce(thread.pk, page.pk)


def announce(thread_id: int, page_id: int) -> None:
    """Send `thread_changed` once the transaction is committed."""

    def send() -> None:
        thread = Thread.objects.filter(pk=thread_id).first()
        if thread is not None:
            thread_changed.send_robust(sender=Thread, page_id=page_id, thread=thread)

    transaction.on_commit(send)


def _facts(page: AbstractPage) -> dict[str, Any]:
    return {
        "mode": page_mode(page),
        "site_id": _site_id(page),
        "locale_id": page.locale_id,
    }


def _site_id(page: AbstractPage) -> int | None:
    """Return the id of the site that `Page.get_site` names, without Wagtail's cache: it may be down. One query."""
    above = page.get_ancestors(inclusive=True).order_by().values("translation_key")
    sites = Site.objects.filter(root_page__translation_key__in=above).order_by(
        "-root_page__url_path", "-is_default_site", "hostname"
    )
    found: int | None = sites.values_list("pk", flat=True).first()
    return found
