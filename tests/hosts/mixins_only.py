"""A host with its own article page made from the mixin, without the concrete pages."""

from .base import *

INSTALLED_APPS = [
    "tests.hosts.own_pages",
    f"{PARTS}health_content",
    f"{PARTS}health_content.delivery",
    *STANDARD_APPS,
]
