"""The same site with Wagtail's own page class; of our parts only the blocks and what they choose from are left."""

from benchmarks.settings import *

_OURS = {"cms", "health_content.pages", "health_content.delivery", "comments"}
INSTALLED_APPS = [
    *(app for app in INSTALLED_APPS if app.removeprefix(PARTS) not in _OURS),
    "benchmarks.plain",
]
ROOT_URLCONF = "benchmarks.plain.urls"
BENCHMARK_ARTICLE = "plain.PlainArticlePage"
MIDDLEWARE = []
HEALTH_CONTENT = {}
COMMENTS = {}
