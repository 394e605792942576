"""Which page takes new articles. Reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale, Site

from .compat import page_model
from .errors import ImportRefused

if TYPE_CHECKING:
    from wagtail.models import AbstractPage

ARTICLE_MODEL = "health_pages.ArticlePage"


def article_model() -> type[AbstractPage]:
    """Return the class of imported pages.

    Raises:
        ImportRefused: the site does not use our pages.
    """
    try:
        return apps.get_model(ARTICLE_MODEL)
    except LookupError:
        raise ImportRefused(
            _("the app with the article pages is not installed")
        ) from None


def article_parent(path: str | None, *, locale_code: str | None) -> AbstractPage:
    """Return the page at the site path *path*, or the one that new articles go to.

    Without *path* that is the first page below the root of the default site that takes articles in the language, or the
    root itself. Without *locale_code* the language is the parent's, or the default one.

    Raises:
        ImportRefused: there is no such page or language, they do not agree, or the page takes no articles.
    """
    if path is None:
        return _default_parent(_locale(locale_code or settings.LANGUAGE_CODE))
    page = _page_at(path)
    if page is None:
        raise ImportRefused(_("no page at %(path)s") % {"path": path})
    if locale_code is not None and page.locale != _locale(locale_code):
        raise ImportRefused(
            _("the page at %(path)s is in %(page)s, not in %(locale)s")
            % {"path": path, "page": page.locale.language_code, "locale": locale_code}
        )
    is_root = page.pk in {root.pk for root in _roots()}
    if not (is_root or article_model().can_exist_under(page)):
        raise ImportRefused(
            _("the page at %(path)s takes no articles") % {"path": path}
        )
    return page


def page_path(page: AbstractPage) -> str:
    """Return the site path of *page*, live or not; its tree path when no site shows it."""
    parts = page.get_url_parts()
    return parts[2] if parts else page.url_path


def _locale(code: str) -> Locale:
    try:
        code = get_supported_content_language_variant(code)
        return Locale.objects.get(language_code=code)
    except (LookupError, Locale.DoesNotExist):
        known = ", ".join(
            sorted(Locale.objects.values_list("language_code", flat=True))
        )
        raise ImportRefused(
            _("unknown locale %(code)s; this site has %(known)s")
            % {"code": code, "known": known}
        ) from None


def _roots() -> list[AbstractPage]:
    """Return the roots of the sites, the default site's first, without their translations."""
    sites = Site.objects.order_by("-is_default_site", "pk").select_related("root_page")
    return [site.root_page for site in sites]


def _default_parent(locale: Locale) -> AbstractPage:
    model = article_model()
    for site_root in _roots():
        root = (
            site_root
            if site_root.locale == locale
            else site_root.get_translation_or_none(locale)
        )
        if root is None:
            continue
        kinds = model.allowed_parent_page_models()
        pages = root.get_descendants().type(*kinds).filter(locale=locale, alias_of=None)
        found = next(
            (page for page in pages.specific().iterator() if model.can_create_at(page)),
            None,
        )
        return found or root.specific
    raise ImportRefused(
        _("no site has a root page in %(locale)s") % {"locale": locale.language_code}
    )


def _page_at(path: str) -> AbstractPage | None:
    """Return the page whose address on a site is *path*, whatever its language."""
    wanted = "/" + path.strip().strip("/") + "/" if path.strip().strip("/") else "/"
    slug = wanted.rstrip("/").rpartition("/")[2]
    candidates = _roots()
    for root in [*candidates]:
        candidates += root.get_translations()
    candidates += page_model().objects.filter(slug=slug) if slug else []
    for page in candidates:
        if page_path(page) == wanted:
            return page.specific
    return None
