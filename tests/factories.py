"""Objects for tests, each made by one call with the least that the test must say."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.images import ImageFile
from django.utils import timezone
from django.utils.text import slugify
from PIL import Image as PillowImage
from wagtail.images import get_image_model
from wagtail.models import GroupPagePermission, Locale, Page, Site

from health_content.models import (
    Condition,
    DisclaimerSnippet,
    MedicalReview,
    Menu,
    PersonProfile,
    Reference,
    Topic,
    Treatment,
)
from health_content.pages.models import ArticlePage, FAQPage, IndexPage
from health_content.selectors.related import RELATIONS
from health_content.signals import page_reviewed
from health_content.standalone import offered_digests

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

Json = dict[str, Any]
_number = count(1)


def block(kind: str, value: Any, name: str = "") -> Json:
    """Return a stream child with an id that follows from *name*, or from its kind."""
    return {"type": kind, "value": value, "id": block_id(name or kind)}


def item(value: Any, name: str) -> Json:
    """Return a list child with an id that follows from *name*."""
    return {"type": "item", "value": value, "id": block_id(name)}


def block_id(name: str) -> str:
    """Return the UUID that *name* stands for in tests."""
    return str(uuid5(NAMESPACE_URL, name))


def image(title: str = "Stretching") -> Any:
    """Return a saved picture of 1,600 by 900 pixels."""
    data = BytesIO()
    PillowImage.new("RGB", (1600, 900), "teal").save(data, "PNG")
    file = ImageFile(data, name=f"picture-{next(_number)}.png")
    return get_image_model().objects.create(title=title, file=file)


def tiny_image(title: str) -> Any:
    """Return a saved picture of 8 by 8 pixels, whose file is named like it: its renditions cost next to nothing."""
    data = BytesIO()
    PillowImage.new("RGB", (8, 8), "teal").save(data, "PNG")
    file = ImageFile(data, name=f"{slugify(title)}.png")
    return get_image_model().objects.create(title=title, file=file)


def disclaimer(
    key: str = "", *, live: bool = True, locale: str = "en", **fields: Any
) -> DisclaimerSnippet:
    """Return a saved disclaimer; a live one is published through a revision, as the admin does."""
    key = key or f"disclaimer-{next(_number)}"
    values = {
        "title": f"About {key}",
        "body": "<p>This is not a doctor's advice.</p>",
    } | fields
    saved = DisclaimerSnippet(key=key, live=False, locale=language(locale), **values)
    saved.save()
    if live:
        saved.save_revision().publish()
        saved.refresh_from_db()
    return saved


def topic(name: str, *, locale: str = "en", **fields: Any) -> Topic:
    """Return a saved topic, its slug made from *name*."""
    values = {"name": name, "slug": slugify(name), "locale": language(locale)} | fields
    return Topic.objects.create(**values)


def person(name: str = "Ada Sample", *, live: bool = True, **fields: Any) -> Any:
    """Return a saved, fictional person; a live one is published through a revision."""
    return _library(PersonProfile, name, live=live, fields=fields)


def condition(name: str = "Back pain", *, live: bool = True, **fields: Any) -> Any:
    """Return a saved condition; a live one is published through a revision."""
    return _library(Condition, name, live=live, fields=fields)


def treatment(name: str = "Acupuncture", *, live: bool = True, **fields: Any) -> Any:
    """Return a saved treatment; a live one is published through a revision."""
    return _library(Treatment, name, live=live, fields=fields)


def reference(title: str = "A trial", *, live: bool = True, **fields: Any) -> Any:
    """Return a saved reference; `csl` are parts of its citation besides type and title."""
    csl = {"type": "article-journal", "title": title} | fields.pop("csl", {})
    saved = Reference(csl=csl, live=False, **{"kind": "rct"} | fields)
    return _published(saved, live=live)


def _library(model: Any, name: str, *, live: bool, fields: Json) -> Any:
    locale = language(fields.pop("locale", "en"))
    children = {k: fields.pop(k) for k in ("credentials", "conflicts") if k in fields}
    values = {"name": name, "key": slugify(name)} | fields
    saved = model(locale=locale, live=False, **values)
    for relation, rows in children.items():
        setattr(saved, relation, rows)
    return _published(saved, live=live)


def _published(snippet: Any, *, live: bool) -> Any:
    snippet.save()
    if live:
        snippet.save_revision().publish()
        snippet.refresh_from_db()
    return snippet


def governance_form() -> Json:
    """Return what the editing form of a health page needs besides its text: the values of a new page."""
    return {
        "risk_tier": "standard",
        "audience_group": "public",
        "ai_assistance": "none",
        "contributors-count": "0",
        "references-count": "0",
    }


def menu(key: str = "main", *items: Json, locale: str = "en", **fields: Any) -> Menu:
    """Return a saved menu of the default site, or of another."""
    values = {"title": key.title(), "locale": language(locale)} | fields
    values.setdefault("site", Site.objects.get(is_default_site=True))
    return Menu.objects.create(key=key, items=json.dumps(items), **values)


def menu_page(page: Page, label: str = "", name: str = "") -> Json:
    """Return a menu item that leads to *page*."""
    return block("page", {"page": page.pk, "label": label}, name or f"menu-{page.pk}")


def language(code: str = "en") -> Locale:
    """Return the locale, made if need be."""
    return Locale.objects.get_or_create(language_code=code)[0]


def home_page(**fields: Any) -> IndexPage:
    """Return a live index page that is the root of the default site."""
    site = Site.objects.get(is_default_site=True)
    if isinstance(site.root_page.specific, IndexPage):
        return site.root_page.specific
    root = Page.get_first_root_node()
    page = root.add_child(
        instance=IndexPage(
            **{"title": "Home", "slug": "start", "locale": language()} | fields
        )
    )
    site.root_page = page
    site.hostname, site.port = "testserver", 80
    site.save()
    Site.clear_site_root_paths_cache()
    return page


def article(
    parent: Page | None = None, *, live: bool = True, **fields: Any
) -> ArticlePage:
    """Return an article under *parent*, or under the home page."""
    return _child(ArticlePage, parent, live=live, fields=fields)


def faq(parent: Page | None = None, *, live: bool = True, **fields: Any) -> FAQPage:
    """Return a page of questions under *parent*, or under the home page."""
    return _child(FAQPage, parent, live=live, fields=fields)


def index(parent: Page | None = None, *, live: bool = True, **fields: Any) -> IndexPage:
    """Return an index page under *parent*, or under the home page."""
    return _child(IndexPage, parent, live=live, fields=fields)


def _child(model: Any, parent: Page | None, *, live: bool, fields: Json) -> Any:
    number = next(_number)
    relations = {name: fields.pop(name) for name in RELATIONS if name in fields}
    values = {"title": f"{model.__name__} {number}", "slug": f"page-{number}"} | fields
    parent = parent or home_page()
    page = model(live=live, locale=parent.locale, **values)
    for name, related in relations.items():
        setattr(page, name, related)
    parent.add_child(instance=page)
    return page


def clear_sections(page: Any) -> Any:
    """Return *page*, whose offered sections a reviewer lets stand alone; it is no review of what the page says."""
    stream = type(page).objects.get(pk=page.pk).body.get_prep_value()
    now = timezone.now()
    row = MedicalReview(
        page_id=page.pk,
        reviewer_name="Rae Sample",
        standalone_sections=[*offered_digests(stream)],
        reviewed_at=now,
        expires_at=now + timedelta(days=365),
    )
    row.save()
    page_reviewed.send(sender=type(page), review=row)
    return page


def user(username: str = "", **fields: Any) -> AbstractUser:
    """Return a user without any permission."""
    return get_user_model().objects.create_user(
        username=username or f"user-{next(_number)}", password="password", **fields
    )


def superuser(username: str = "admin") -> AbstractUser:
    """Return a user who may do everything."""
    return get_user_model().objects.create_superuser(
        username=username, email="admin@example.org", password="password"
    )


def editor(
    *page_permissions: str, model_permissions: tuple[str, ...] = ()
) -> AbstractUser:
    """Return a user of the admin with these permissions on all pages (`add`, `change`, `publish`) and models."""
    group = Group.objects.create(name=f"Group {next(_number)}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in model_permissions:
        group.permissions.add(Permission.objects.get(codename=codename))
    for name in page_permissions:
        permission = Permission.objects.get(
            content_type__app_label="wagtailcore", codename=f"{name}_page"
        )
        GroupPagePermission.objects.create(
            group=group, page=Page.get_first_root_node(), permission=permission
        )
    someone = user()
    someone.groups.add(group)
    return someone
