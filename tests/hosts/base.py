"""What the hosts of the installation tests share: a site of its own, without our `cms`."""

from cms.settings.test import *

DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
WAGTAIL_SITE_NAME = "A site of its own"
HEALTH_CONTENT: dict[str, object] = {}
COMMENTS: dict[str, object] = {}
ROOT_URLCONF = "tests.hosts.urls"
TEMPLATES = [{**TEMPLATES[0], "DIRS": []}]
STANDARD_APPS = [
    app
    for app in INSTALLED_APPS
    if app != "cms"
    and not app.startswith((f"{PARTS}health_content", f"{PARTS}comments"))
]
# The parts' middleware is the host's choice; every part works without it.
MIDDLEWARE = [
    name
    for name in MIDDLEWARE
    if not name.startswith((f"{PARTS}health_content", f"{PARTS}comments", "cms."))
]
# On Wagtail 7.4 there are no tokens, as the check says; nothing here needs one. Nor does anything need the middleware.
SILENCED_SYSTEM_CHECKS = [
    *SILENCED_SYSTEM_CHECKS, "health_delivery.W001", "health_content.W004", "health_delivery.W005",
]  # fmt: skip
