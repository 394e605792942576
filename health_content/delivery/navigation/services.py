"""Writers of the menus' read model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from ...compat import page_model
from ...models import Menu
from ...selectors.menus import menus_found
from ...signals import navigation_changed
from ..cache_tags import home_tag, navigation_key_tag, navigation_tag
from ..models import NavigationTarget, PublishedNavigation
from .rows import navigation_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet
    from wagtail.models import AbstractPage

    from ...selectors.menus import FoundMenu

COLUMNS = ("site", "key", "locale", "shown_count", "is_stale", "next_transition", "tags", "content")  # fmt: skip


@transaction.atomic
def navigations_refresh() -> None:
    """Make every menu what the public may see of it now, and tell of those that changed.

    Idempotent. Sites have few menus, and all together cost a constant number of queries; the rows are locked first, so
    that of two refreshes the later one sees the newer state.
    """
    stored = {
        row.menu_id: row
        for row in PublishedNavigation.objects.select_for_update().order_by("pk")
    }
    menus = list(Menu.objects.select_related("site", "locale").order_by("pk"))
    if not menus:
        return
    found = menus_found(menus)
    rows = [navigation_row(each) for each in found]
    changed = [row for row in rows if _is_new(row, stored.get(row.menu_id))]
    PublishedNavigation.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["menu"], update_fields=COLUMNS
    )
    _write_targets(found, rows)
    for row in changed:
        before = stored.get(row.menu_id)
        if before is None or _face(before) != _face(row):
            navigation_tell(row, is_new=before is None)
        if before is not None and _place(before) != _place(row):
            navigation_tell(before, is_removed=True)


def navigations_spoil(pages: QuerySet[AbstractPage]) -> None:
    """Let nobody read the menus that show one of *pages*, from the end of the caller's transaction on."""
    targets = NavigationTarget.objects.filter(page__in=pages.order_by())
    rows = PublishedNavigation.objects.filter(pk__in=targets.values("navigation"))
    rows.update(is_stale=True)


def is_in_navigation(page: AbstractPage) -> bool:
    """Return whether a menu names or shows *page*, one below it, or a translation, or shows what is below its parent."""
    near = (
        Q(page__path__startswith=page.path)
        | Q(page__path=page.path[: -page.steplen])
        | Q(page__translation_key=page.translation_key)
    )
    return NavigationTarget.objects.filter(near).exists()


def navigation_tell(
    row: PublishedNavigation, *, is_new: bool = False, is_removed: bool = False
) -> None:
    """Send `navigation_changed`."""
    tags = [navigation_tag(row.menu_id)]
    if (
        is_new or is_removed
    ):  # Who asked for the key had another language's menu, or none.
        tags += [navigation_key_tag(row.key), home_tag(row.site_id)]
    navigation_changed.send(
        sender=Menu,
        menu_id=row.menu_id,
        site_id=row.site_id,
        key=row.key,
        locale=row.locale,
        is_removed=is_removed,
        tags=tuple(tags),
    )


def _is_new(row: PublishedNavigation, before: PublishedNavigation | None) -> bool:
    if before is None or before.is_stale:
        return True
    others = (row.tags, row.next_transition, row.shown_count)
    return _face(row) != _face(before) or others != (
        before.tags,
        before.next_transition,
        before.shown_count,
    )


def _place(row: PublishedNavigation) -> tuple[int, str, str]:
    return row.site_id, row.key, row.locale


def _face(row: PublishedNavigation) -> tuple[tuple[int, str, str], bytes]:
    return _place(row), bytes(row.content)


def _write_targets(
    found: Sequence[FoundMenu], rows: Iterable[PublishedNavigation]
) -> None:
    existing = set(
        page_model()
        .objects.order_by()
        .filter(pk__in={pk for each in found for pk in each.pages})
        .values_list("pk", flat=True)
    )
    wanted = {
        (row.menu_id, pk, f"page-{pk}" in row.tags.split())
        for each, row in zip(found, rows, strict=True)
        for pk in each.pages & existing
    }
    stored = {
        (target.navigation_id, target.page_id, target.is_shown): target.pk
        for target in NavigationTarget.objects.order_by()
    }
    gone = [pk for key, pk in stored.items() if key not in wanted]
    NavigationTarget.objects.filter(pk__in=gone).delete()
    NavigationTarget.objects.bulk_create(
        NavigationTarget(navigation_id=menu_id, page_id=page_id, is_shown=is_shown)
        for menu_id, page_id, is_shown in sorted(wanted - stored.keys())
    )
