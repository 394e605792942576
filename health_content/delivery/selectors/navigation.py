"""Menus as stored bytes. What went out of sight since they were made is not among them: then they are made anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connections, router
from django.utils import timezone

from ...compat import page_model
from ...models import Menu
from ...selectors.menus import menus_found
from ..cache_tags import navigation_key_tag
from ..models import NavigationTarget, PublishedDocument, PublishedNavigation
from ..navigation.rows import navigation_row
from ..visibility import PAGE_IS_LIVE_SQL
from .transitions import GO_LIVE_AT, NEXT_GO_LIVE, read_column, soonest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from wagtail.models import Site

_META = PublishedNavigation._meta  # noqa: SLF001 - Django's documented name
PAGES = page_model(require_ready=False)._meta.db_table  # noqa: SLF001 - Django's documented name
DOCUMENTS = PublishedDocument._meta.db_table  # noqa: SLF001 - Django's documented name
# How many of the pages that a menu shows may still be shown.
LIVE_COUNT = (
    f"(SELECT COUNT(*) FROM {NavigationTarget._meta.db_table} t JOIN {PAGES} p ON p.id = t.page_id "  # noqa: SLF001, S608 - names are the models' own
    f"WHERE t.navigation_id = n.menu_id AND t.is_shown AND {PAGE_IS_LIVE_SQL})"
)
SITE_OF_PAGE = f"(SELECT d.site_id FROM {DOCUMENTS} d WHERE d.page_id = %s)"  # noqa: S608 - the name is the model's own


@dataclass(frozen=True, slots=True)
class NavigationAnswer:
    """A menu, ready to send."""

    id: int
    content: bytes
    locale: str
    tags: str
    next_transition: int | None


def navigation_answer(
    site: Site, key: str, *, locale: str | None
) -> NavigationAnswer | None:
    """Return the menu *key* of *site* in *locale*, or else in the default language; None without one. One query."""
    return navigations_of_site(site, [key], locale=locale)[key]


def navigations_of_site(
    site: Site, keys: Sequence[str], *, locale: str | None
) -> dict[str, NavigationAnswer | None]:
    """Return the menus *keys* of *site*, in *locale* or else in the default language. One query."""
    return _answers("%s", site.pk, keys, locale)


def navigations_of_page(
    page_id: int, keys: Sequence[str], *, locale: str
) -> dict[str, NavigationAnswer | None]:
    """Return the menus *keys* of the site of the public page, in *locale* or else in the default language. One query."""
    return _answers(SITE_OF_PAGE, page_id, keys, locale)


def navigation_keys(site: Site) -> list[str]:
    """Return the keys of the menus of *site*, in any language. One query."""
    rows = PublishedNavigation.objects.filter(site=site).order_by("key")
    return list(rows.values_list("key", flat=True).distinct())


def _answers(
    site_sql: str, site_argument: int, keys: Sequence[str], locale: str | None
) -> dict[str, NavigationAnswer | None]:
    default = settings.LANGUAGE_CODE
    wanted = locale or default
    marks = ", ".join(["%s"] * len(keys))
    statement = f"""
        SELECT n.menu_id, n.key, n.locale, n.content, n.tags, n.next_transition, n.is_stale, n.shown_count, {LIVE_COUNT},
               {NEXT_GO_LIVE}
        FROM {_META.db_table} n
        WHERE n.site_id = {site_sql} AND n.key IN ({marks}) AND n.locale IN (%s, %s)
        ORDER BY CASE WHEN n.locale = %s THEN 1 ELSE 0 END
    """  # noqa: S608 - names and marks are ours
    connection = connections[router.db_for_read(PublishedNavigation)]
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(
            statement, [now, now, site_argument, *keys, wanted, default, wanted]
        )
        rows = cursor.fetchall()
    # Any page that goes live may be one that a menu shows, or one below it.
    go_live = read_column(rows[0][-1], GO_LIVE_AT, connection) if rows else None
    # The wanted language comes last, and wins.
    found = {row[1]: row[:-1] for row in rows}
    return {
        key: _answer(*found[key], go_live=go_live) if key in found else None
        for key in keys
    }


def _answer(
    menu_id: int,
    key: str,
    locale: str,
    content: bytes,
    tags: str,
    next_transition: int | None,
    is_stale: bool,
    shown_count: int,
    live_count: int,
    *,
    go_live: datetime | None,
) -> NavigationAnswer:
    key_tag = navigation_key_tag(key)
    if not is_stale and shown_count == live_count:
        return NavigationAnswer(
            menu_id,
            bytes(content),
            locale,
            f"{key_tag} {tags}",
            soonest(next_transition, go_live),
        )
    menus = Menu.objects.select_related("site", "locale").filter(pk=menu_id)
    row = navigation_row(menus_found(list(menus))[0])
    return NavigationAnswer(
        menu_id, bytes(row.content), locale, f"{key_tag} {row.tags}", 0
    )
