"""The concrete pages. They follow the site's base page, whatever it is.

A site that wants page classes of its own leaves this app out of INSTALLED_APPS and uses `health_content.abstract`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..abstract import ArticleMixin, FAQMixin, IndexMixin
from ..compat import page_model, page_model_name
from ..edit_handlers import health_edit_handler

if TYPE_CHECKING:
    from wagtail.models import AbstractPage as BasePage
else:
    BasePage = page_model(require_ready=False)

BASE_API_FIELDS = getattr(BasePage, "api_fields", ())
HEALTH_PAGES = ["health_pages.ArticlePage", "health_pages.FAQPage"]


def parent_link() -> models.OneToOneField[Any, Any]:
    """Return the link to the base page's table, named alike whatever the base page is called."""
    return models.OneToOneField(
        page_model_name(),
        on_delete=models.CASCADE,
        parent_link=True,
        primary_key=True,
        serialize=False,
        related_name="%(app_label)s_%(class)s",  # A site may have an ArticlePage of its own.
    )


class ArticlePage(ArticleMixin, BasePage):  # type: ignore[django-manager-missing]
    """An article about a health subject."""

    page_ptr = parent_link()

    page_description = _(
        "Explains a condition, a treatment or a healthy habit, in sections."
    )
    template = "health_pages/article_page.html"
    parent_page_types = ["health_pages.IndexPage"]
    subpage_types: list[str] = []
    edit_handler = health_edit_handler(BasePage, ArticleMixin)  # type: ignore[type-abstract]
    search_fields = [*BasePage.search_fields, *ArticleMixin.health_search_fields]
    api_fields = [*BASE_API_FIELDS, *ArticleMixin.health_api_fields]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")


class FAQPage(FAQMixin, BasePage):  # type: ignore[django-manager-missing]
    """Questions that readers ask, answered."""

    page_ptr = parent_link()

    page_description = _("Short answers to the questions that readers ask most.")
    template = "health_pages/faq_page.html"
    parent_page_types = ["health_pages.IndexPage"]
    subpage_types: list[str] = []
    edit_handler = health_edit_handler(BasePage, FAQMixin)  # type: ignore[type-abstract]
    search_fields = [*BasePage.search_fields, *FAQMixin.health_search_fields]
    api_fields = [*BASE_API_FIELDS, *FAQMixin.health_api_fields]

    class Meta:
        verbose_name = _("FAQ page")
        verbose_name_plural = _("FAQ pages")


class IndexPage(IndexMixin, BasePage):  # type: ignore[django-manager-missing]
    """A home page or a subject: introduces and lists the pages below it."""

    page_ptr = parent_link()

    page_description = _(
        "A home page or a subject: introduces and lists the pages below it."
    )
    template = "health_pages/index_page.html"
    subpage_types = ["health_pages.IndexPage", *HEALTH_PAGES]
    edit_handler = health_edit_handler(BasePage, IndexMixin)  # type: ignore[type-abstract]
    search_fields = [*BasePage.search_fields, *IndexMixin.health_search_fields]
    api_fields = [*BASE_API_FIELDS, *IndexMixin.health_api_fields]

    class Meta:
        verbose_name = _("index page")
        verbose_name_plural = _("index pages")
