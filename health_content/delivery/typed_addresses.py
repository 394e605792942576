"""What changes where an address leads that somebody typed into a text, connected to the documents with that text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_slug_changed, post_page_move

from ..after_commit import after_commit
from ..compat import page_model
from ..selectors.addresses import AddressBook
from ..selectors.typed import place_tag
from .selectors.dependencies import documents_depending_on
from .services import documents_refresh

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wagtail.contrib.redirects.models import Redirect
    from wagtail.models import AbstractPage


def connect() -> None:
    """Connect the receivers. Called once, when the application is ready."""
    if apps.is_installed("wagtail.contrib.redirects"):
        _connect_redirects()
    page_published.connect(_on_published)
    page_slug_changed.connect(_on_slug_changed)
    post_page_move.connect(_on_moved)


def _connect_redirects() -> None:
    """Connect what makes the redirects of moved pages, without saying so, and what follows other redirects.

    Wagtail connects the first when its own application is ready, which may be later: a receiver is connected once, and
    receivers are called in the order in which they were.
    """
    from wagtail.contrib.redirects.signal_handlers import (
        autocreate_redirects_on_page_move,
        autocreate_redirects_on_slug_change,
    )

    page_slug_changed.connect(autocreate_redirects_on_slug_change)
    post_page_move.connect(autocreate_redirects_on_page_move)
    redirect = apps.get_model("wagtailredirects", "Redirect")
    for signal in (post_save, post_delete):
        signal.connect(_on_redirect, sender=redirect)


def _on_published(instance: AbstractPage, **_kwargs: object) -> None:
    # Later it is known: what leads to it depends on it.
    if instance.first_published_at == instance.last_published_at:
        _refresh([instance.url_path])


def _on_slug_changed(
    instance: AbstractPage, instance_before: AbstractPage, **_kwargs: object
) -> None:
    _refresh(_left(instance, instance_before.url_path))


def _on_moved(instance: AbstractPage, url_path_before: str, **_kwargs: object) -> None:
    # The instance was read before the move.
    for page in page_model().objects.filter(pk=instance.pk):
        _refresh(_left(page, url_path_before))


def _on_redirect(instance: Redirect, **_kwargs: object) -> None:
    book = AddressBook()
    sites = [instance.site_id] if instance.site_id else book.root_urls
    _refresh(path for pk in sites for path in book.tree_paths(pk, instance.old_path))


def _left(page: AbstractPage, url_path_before: str) -> list[str]:
    """Return the tree paths that *page* and those below it left; it was at *url_path_before*."""
    below = page_model().objects.filter(path__startswith=page.path).order_by()
    paths = below.values_list("url_path", flat=True)
    return [url_path_before + path.removeprefix(page.url_path) for path in paths]


def _refresh(url_paths: Iterable[str]) -> None:
    """Rebuild the documents that were made of what is at *url_paths*, after the transaction. One query now."""
    if found := documents_depending_on(map(place_tag, url_paths)):
        after_commit(lambda: documents_refresh(found))
