"""A host that has its own pages and only takes replies to them."""

from .base import *

INSTALLED_APPS = ["tests.hosts.plain_site", f"{PARTS}comments", *STANDARD_APPS]
