"""Settings for the public internet; refuses to start half-configured.

Every value comes from the environment (docs/reference/environment.md).
"""

from django.core.exceptions import ImproperlyConfigured

from cms.env import EnvError, read_bool, read_int

from .base import *

SECRET_KEY_MIN_LENGTH = 50

try:
    SECRET_KEY = read_text(ENV, "DJANGO_SECRET_KEY")
    ALLOWED_HOSTS = read_list(ENV, "DJANGO_ALLOWED_HOSTS")
    DEBUG = read_bool(ENV, "DJANGO_DEBUG", default=False)
    SECURE_SSL_REDIRECT = read_bool(ENV, "DJANGO_SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = read_int(
        ENV, "DJANGO_SECURE_HSTS_SECONDS", default=31_536_000
    )
    # How many proxies of ours append to X-Forwarded-For; 0 trusts the socket's address alone.
    TRUSTED_PROXY_COUNT = read_int(ENV, "TRUSTED_PROXY_COUNT", default=0)
except EnvError as error:
    raise ImproperlyConfigured(str(error)) from error

if DEBUG:
    raise ImproperlyConfigured("DJANGO_DEBUG must be off in production.")
if "insecure" in SECRET_KEY or len(SECRET_KEY) < SECRET_KEY_MIN_LENGTH:
    raise ImproperlyConfigured(
        f"DJANGO_SECRET_KEY must be a secret of your own, {SECRET_KEY_MIN_LENGTH} characters or more."
    )
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "DJANGO_ALLOWED_HOSTS must name this site's hosts, separated by commas; '*' is not accepted."
    )

SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# Readers behind our own proxies have addresses of their own, each with its own limits.
COMMENTS["TRUSTED_PROXY_COUNT"] = TRUSTED_PROXY_COUNT
HEALTH_CONTENT["TRUSTED_PROXY_COUNT"] = TRUSTED_PROXY_COUNT
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
