"""Settings that every way of running the host shares."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from cms.env import (
    EnvError,
    origin_of,
    read_choice,
    read_int,
    read_list,
    read_text,
    read_url,
)

BASE_DIR = Path(__file__).resolve().parent.parent.parent
ENV = os.environ

# The installed wheel keeps both parts under one package; a checkout has them at the top level. The test suite sets
# this to "wagtail_healthpress." to run against the wheel.
PARTS = read_text(ENV, "HEALTHPRESS_PACKAGE_PREFIX", "")

INSTALLED_APPS = [
    "cms",
    f"{PARTS}health_content",
    f"{PARTS}health_content.pages",
    f"{PARTS}health_content.delivery",
    f"{PARTS}comments",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.contrib.typed_table_block",
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "rest_framework",
    "drf_spectacular_sidecar",
    "django_tasks",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "cms.health.HealthMiddleware",
    "cms.metrics.MetricsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    f"{PARTS}health_content.delivery.middleware.ShortPathMiddleware",
    f"{PARTS}comments.middleware.RepliesShortPathMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "cms.admin_csp.AdminCSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    f"{PARTS}health_content.redirects.PublicRedirectMiddleware",
    f"{PARTS}health_content.middleware.WithdrawnMiddleware",
    f"{PARTS}health_content.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

try:
    DATABASE_URL = read_url(
        ENV,
        "DATABASE_URL",
        schemes=frozenset({"sqlite", "postgres", "postgresql"}),
        default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}",
    )
    REDIS_URL = read_url(
        ENV, "REDIS_URL", schemes=frozenset({"redis", "rediss", "unix"}), default=""
    )
    # Where a front end takes previews; without one the site shows them itself.
    PREVIEW_URL = read_url(
        ENV, "PREVIEW_URL", schemes=frozenset({"http", "https"}), default=""
    )
    TASK_QUEUE = read_choice(ENV, "TASK_QUEUE", ("immediate", "database"))
    # The servers' own names; neither set: nobody knows.
    WORKER_COUNT = (
        read_int(ENV, "GRANIAN_WORKERS", default=0)
        or read_int(ENV, "WEB_CONCURRENCY", default=0)
        or None
    )
except EnvError as error:
    raise ImproperlyConfigured(str(error)) from error

METRICS_TOKEN_MIN_LENGTH = 32
# Who knows it reads /metrics; without one nothing is counted, and there is no such address.
METRICS_TOKEN = read_text(ENV, "METRICS_TOKEN", "")
# Where the processes of a server put their figures together; prometheus-client reads the variable itself.
METRICS_FOLDER = read_text(ENV, "PROMETHEUS_MULTIPROC_DIR", "")
if METRICS_TOKEN and len(METRICS_TOKEN) < METRICS_TOKEN_MIN_LENGTH:
    raise ImproperlyConfigured(
        f"METRICS_TOKEN must be a secret of your own, {METRICS_TOKEN_MIN_LENGTH} characters or more."
    )

DATABASES = {
    "default": dj_database_url.parse(
        DATABASE_URL, conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Writers queue for up to 20 s instead of failing, and readers never wait for them.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # From Django 6.1 on, Wagtail's search index in PostgreSQL is an error without it.
    INSTALLED_APPS.append("django.contrib.postgres")

CACHES = {
    "default": {
        "BACKEND": "cms.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        # A Redis that hangs must not make readers wait.
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# Without a queue whoever saves something waits for what follows from it; `database` needs a worker (`db_worker`).
TASK_BACKENDS = {
    "immediate": "django_tasks.backends.immediate.ImmediateBackend",
    "database": "django_tasks_db.DatabaseBackend",
}
TASKS = {"default": {"BACKEND": TASK_BACKENDS[TASK_QUEUE]}}
if TASK_QUEUE == "database":
    INSTALLED_APPS.append("django_tasks_db")

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(read_text(ENV, "STATIC_ROOT", str(BASE_DIR / "staticfiles")))
MEDIA_URL = "/media/"
MEDIA_ROOT = read_text(ENV, "MEDIA_ROOT", str(BASE_DIR / "media"))
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

WAGTAIL_SITE_NAME = "wagtail-healthpress"
WAGTAILADMIN_BASE_URL = read_text(ENV, "WAGTAILADMIN_BASE_URL", "http://127.0.0.1:8000")
WAGTAIL_I18N_ENABLED = True
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
# The admin asks nobody outside: not for portraits, not for the newest version.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "private/password.html"
WAGTAILDOCS_PASSWORD_REQUIRED_TEMPLATE = WAGTAIL_PASSWORD_REQUIRED_TEMPLATE
WAGTAIL_FRONTEND_LOGIN_TEMPLATE = "private/login.html"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "txt", "xlsx"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# No inline script or style anywhere: with this policy none of 4,000 raw hostile payloads ran in a browser.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        # The editor's preview panel shows the front end, where there is one.
        "frame-src": ["'self'", *([origin_of(PREVIEW_URL)] if PREVIEW_URL else [])],
        "frame-ancestors": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
        "object-src": ["'none'"],
    }
}
# The admin shows page previews in a frame of its own origin, which DENY would forbid (hence no security.W019).
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = read_list(ENV, "CSRF_TRUSTED_ORIGINS")

HEALTH_CONTENT: dict[str, object] = {
    "PUBLISHER_NAME": "Harbour Health Library (fictional)",
    "REPLIES_PROVIDER": f"{PARTS}comments.summaries.replies_summaries",
    "PREVIEW_URLS": {"*": PREVIEW_URL} if PREVIEW_URL else {},
    "WORKER_COUNT": WORKER_COUNT,
}
COMMENTS: dict[str, object] = {}
