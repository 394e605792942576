"""A page of a site that knows nothing of us but the name of one attribute."""

from django.db import models
from wagtail.models import Page


class NewsPage(Page):
    replies_mode = models.CharField(max_length=16, default="open")
