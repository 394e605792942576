"""A host that shows both parts on its own pages and has no content API."""

from .base import *

INSTALLED_APPS = [
    f"{PARTS}health_content",
    f"{PARTS}health_content.pages",
    f"{PARTS}comments",
    *STANDARD_APPS,
]
