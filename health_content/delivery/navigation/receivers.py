"""What changes menus, connected to the services that follow the change. After the commit, but for hiding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.models import (
    AbstractPage,
    CollectionViewRestriction,
    PageViewRestriction,
    Site,
)
from wagtail.signals import page_slug_changed, post_page_move

from ...abstract import BOOKKEEPING_FIELDS
from ...after_commit import after_commit
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
    pre_save.connect(_on_restriction_saved, sender=PageViewRestriction)
    post_save.connect(_on_restriction_saved, sender=PageViewRestriction)
    for signal in (post_save, post_delete):
        signal.connect(_on_all, sender=PageViewRestriction)
        signal.connect(_on_all, sender=CollectionViewRestriction)
        signal.connect(_on_all, sender=Site)
    post_save.connect(_on_all, sender=Menu)
    pre_delete.connect(_on_menu_deleted, sender=Menu)


def _later() -> None:
    after_commit(navigations_refresh)


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


def _on_restriction_saved(
    instance: PageViewRestriction, *, raw: bool = False, **_kwargs: object
) -> None:
    """Spoil before the restriction is there, and again what was refreshed meanwhile: the admin saves in no transaction."""
    if not raw:
        path = instance.page.path
        navigations_spoil(page_model().objects.filter(path__startswith=path))


def _on_menu_deleted(instance: Menu, **_kwargs: object) -> None:
    for row in PublishedNavigation.objects.filter(menu=instance.pk):
        navigation_tell(row, is_removed=True)
