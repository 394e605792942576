"""A host that publishes health content and has no replies."""

from .base import *

INSTALLED_APPS = [
    f"{PARTS}health_content",
    f"{PARTS}health_content.pages",
    f"{PARTS}health_content.delivery",
    *STANDARD_APPS,
]
