"""What changes menus, connected to the services that follow the change. After the commit, but for hiding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import AbstractPage, PageViewRestriction, Site
from wagtail.signals import page_slug_changed, post_page_move

from ...abstract import BOOKKEEPING_FIELDS
from ...compat import page_model
from ...models import Menu
from ..models import PublishedNavigation
from .services import (
    is_in_navigation,
    navigation_tell,
    navigations_refresh,
    navigations_spoil,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model


def connect() -> None:
    """Connect the receivers. Called once, when the application is ready."""
    post_save.connect(_on_page_saved)
    pre_delete.connect(_on_page_deleted)
    post_page_move.connect(_on_address_changed)
    page_slug_changed.connect(_on_address_changed)
    for signal in (post_save, post_delete):
        signal.connect(_on_restriction, sender=PageViewRestriction)
        signal.connect(_on_all, sender=Site)
    post_save.connect(_on_all, sender=Menu)
    pre_delete.connect(_on_menu_deleted, sender=Menu)


def _later() -> None:
    transaction.on_commit(navigations_refresh)


def _on_all(*, raw: bool = False, **_kwargs: object) -> None:
    if not raw:
        _later()


def _on_page_saved(
    instance: Model,
    *,
    raw: bool = False,
    update_fields: Iterable[str] | None = None,
    **_kwargs: object,
) -> None:
    if raw or not isinstance(instance, AbstractPage):
        return
    is_bookkeeping = update_fields is not None and BOOKKEEPING_FIELDS.issuperset(
        update_fields
    )
    if not is_bookkeeping and is_in_navigation(instance):
        _later()


def _on_address_changed(**_kwargs: object) -> None:
    # A typed address may have been that of any page below.
    _later()


def _on_page_deleted(instance: Model, **_kwargs: object) -> None:
    if isinstance(instance, AbstractPage) and is_in_navigation(instance):
        _later()


def _on_restriction(instance: PageViewRestriction, **_kwargs: object) -> None:
    # In the same transaction: at no moment is the restriction in force and the page named.
    navigations_spoil(page_model().objects.filter(path__startswith=instance.page.path))
    _later()


def _on_menu_deleted(instance: Menu, **_kwargs: object) -> None:
    for row in PublishedNavigation.objects.filter(menu=instance.pk):
        navigation_tell(row, is_removed=True)
