"""A host with a base page of its own, on which our concrete pages stand."""

from .base import *

WAGTAIL_PAGE_MODEL = "base_page.BasePage"
INSTALLED_APPS = [
    "tests.hosts.base_page",
    f"{PARTS}health_content",
    f"{PARTS}health_content.pages",
    f"{PARTS}health_content.delivery",
    f"{PARTS}comments",
    *STANDARD_APPS,
]
