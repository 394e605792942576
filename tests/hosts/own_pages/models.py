"""A site's own article page, made from the documented mixin."""

from wagtail.models import Page

from health_content.abstract import ArticleMixin
from health_content.edit_handlers import health_edit_handler


class GuidePage(ArticleMixin, Page):
    edit_handler = health_edit_handler(Page, ArticleMixin)
    template = "health_pages/article_page.html"
