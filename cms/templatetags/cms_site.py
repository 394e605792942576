"""What the site's frame asks for: its name, its menu, a page's other languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.apps import apps
from django.conf import settings
from django.db.models.functions import Left
from wagtail.models import Locale, Site

from health_content.selectors.visibility import pages_shown

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

register = template.Library()

MENU_MAX = 6  # More entries wrap into a third line on a telephone.

NEWEST_MAX = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What surrounds every page."""

    name: str
    home_path: str
    menu: list[MenuEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """One link of the main menu."""

    title: str
    path: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """An article in the list of the newest."""

    title: str
    path: str
    summary: str
    published_at: datetime | None


@register.simple_tag(takes_context=True)
def site_frame(context: dict[str, Any]) -> Frame:
    """Return the site's name and the menu in the active language; usable on error pages, which have no page."""
    request: HttpRequest | None = context.get("request")
    site = Site.find_for_request(request) if request else None
    if site is None:
        return Frame(name=settings.WAGTAIL_SITE_NAME, home_path="/", menu=[])
    home = site.root_page.get_translation_or_none(Locale.get_active()) or site.root_page
    entries = pages_shown(home.get_children().in_menu())[:MENU_MAX]
    return Frame(
        name=site.site_name or settings.WAGTAIL_SITE_NAME,
        home_path=home.get_url(request) or "/",
        menu=[_menu_entry(page, request) for page in entries],
    )


@register.simple_tag(takes_context=True)
def newest_articles(context: dict[str, Any], page: Any) -> list[NewArticle]:
    """Return the newest articles of the subjects below *page*, public ones only.

    Its own children are left out, as the page lists them already, and so is what stands below an article: a page
    without subjects gets nothing.
    """
    if not page.pk:
        return []
    subjects = apps.get_model("health_pages", "IndexPage").objects.child_of(page)
    below = (
        apps.get_model("health_pages", "ArticlePage")
        .objects.alias(subject=Left("path", len(page.path) + page.steplen))
        .filter(subject__in=subjects.values("path"))
        .order_by("-first_published_at", "-pk")
        .defer_streamfields()
    )
    articles = pages_shown(below)
    request = context.get("request")
    return [
        NewArticle(
            title=article.title,
            path=article.get_url(request) or "/",
            summary=article.summary,
            published_at=article.first_published_at,
        )
        for article in articles[:NEWEST_MAX]
    ]


@register.filter
def language_name(code: str) -> str:
    """Return the name of the language *code* in that language, as its readers look for it."""
    return dict(settings.LANGUAGES).get(code, code)


def _menu_entry(page: Any, request: HttpRequest | None) -> MenuEntry:
    path = page.get_url(request) or "/"
    return MenuEntry(
        title=page.title,
        path=path,
        is_current=request is not None and request.path.startswith(path),
    )
