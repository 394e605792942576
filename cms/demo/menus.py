"""The menus that lead through the demonstration's site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction
from wagtail.models import Locale, Site

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.contrib.auth.base_user import AbstractBaseUser

    from .content import Block, MenuText


def menus_ensure(
    texts: Iterable[MenuText],
    *,
    pages: Mapping[tuple[str, str], int],
    user: AbstractBaseUser,
) -> None:
    """Make the menus that are missing; *pages* are ids by (locale, key or slug).

    Raises:
        KeyError: a menu names a page that is not there.
    """
    site = Site.objects.get(is_default_site=True)
    translation_keys: dict[str, object] = {}
    for text in texts:
        known = translation_keys.get(text.key)
        menu = _menu(text, known, site=site, pages=pages, user=user)
        translation_keys.setdefault(text.key, menu.translation_key)


@transaction.atomic
def _menu(
    text: MenuText,
    translation_key: object,
    *,
    site: Site,
    pages: Mapping[tuple[str, str], int],
    user: AbstractBaseUser,
) -> Any:
    model = apps.get_model("health_content", "Menu")
    locale = Locale.objects.get(language_code=text.locale)
    found = model.objects.filter(site=site, key=text.key, locale=locale).first()
    if found is not None:
        return found
    extra = {"translation_key": translation_key} if translation_key else {}
    menu = model.objects.create(
        site=site,
        key=text.key,
        locale=locale,
        title=text.title,
        items=[_item(item, text.locale, pages) for item in text.items],
        **extra,
    )
    menu.save_revision(user=user)
    return menu


def _item(
    item: Block, locale: str, pages: Mapping[tuple[str, str], int]
) -> dict[str, Any]:
    """Return *item* as the stream stores it."""
    value = {"label": ""} | {k: v for k, v in item.items() if k != "type"}
    match item["type"]:
        case "page" | "pages_below":
            value["page"] = pages[locale, item["page"]]
        case "group":
            value["items"] = [_item(link, locale, pages) for link in item["items"]]
    return {"type": item["type"], "value": value}
