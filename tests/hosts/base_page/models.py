"""The site's base page: no search engine fields, but one of its own."""

from django.db import models
from wagtail.models import AbstractPage


class BasePage(AbstractPage):
    department = models.CharField(max_length=100, blank=True)

    promote_panels = [*AbstractPage.promote_panels, "department"]
