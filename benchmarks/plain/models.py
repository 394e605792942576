"""An article as a Wagtail site writes it."""

from django.db import models
from modelsearch import index
from wagtail.fields import RichTextField

from health_content.blocks import BodyBlock, PageDisclaimersBlock
from health_content.compat import page_model
from health_content.fields import LeanStreamField

BasePage = page_model(require_ready=False)


class PlainArticlePage(BasePage):
    """The fields of our article, without what our article does with them."""

    introduction = RichTextField(blank=True)
    summary = models.TextField(blank=True)
    disclaimers = LeanStreamField(PageDisclaimersBlock(), blank=True)
    replies_mode = models.CharField(max_length=10, default="open")
    body = LeanStreamField(BodyBlock(), blank=True)

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("summary"),
        index.SearchField("body"),
        index.FilterField("replies_mode"),
    ]

    def __str__(self):
        return self.title
