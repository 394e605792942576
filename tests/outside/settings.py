"""The host as programs of others meet it: no debugging, and no limit that would stop somebody who asks all day."""

from cms.settings.dev import *

DEBUG = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
# A refused request would tell nothing of the route behind it; the limits have tests of their own.
WITHOUT_LIMIT = (1_000_000, 60)
HEALTH_CONTENT |= {
    "API_READ_RATE": WITHOUT_LIMIT,
    "API_MISS_RATE": WITHOUT_LIMIT,
    "API_WRITE_RATE": WITHOUT_LIMIT,
    "UNLOCK_RATE": WITHOUT_LIMIT,
    # Off by default: then nobody would get further than a 404.
    "PUBLIC_VERSIONS": True,
}
COMMENTS |= {"RATE_LIMITS": (WITHOUT_LIMIT,)}
