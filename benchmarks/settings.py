"""Production-like settings for measuring: DEBUG off, persistent connections, no debug tooling."""

from cms.settings.base import *

DEBUG = False
SECRET_KEY = "insecure-benchmark-key"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1"]
DATABASES["default"]["CONN_MAX_AGE"] = None
DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA cache_size=-64000;"

# The gate is asked in full, but stops nobody: nobody reviews what is measured.
HEALTH_CONTENT["GATE_LEVELS"] = dict.fromkeys(
    ("G01", "G03", "G04", "G07", "G08", "G10"), "off"
)

# Published again and again by `benchmarks.publisher`.
BENCHMARK_ARTICLE = "health_pages.ArticlePage"
