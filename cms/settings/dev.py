"""Settings for a newcomer's machine: SQLite, no service, debug pages."""

import django

from .base import *

DEBUG = True
SECRET_KEY = "insecure-development-key-never-used-in-production"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
if django.VERSION >= (6, 1):
    MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if not PREVIEW_URL:
    # Of this site itself, so that previews in a front end can be seen without one.
    HEALTH_CONTENT["PREVIEW_URLS"] = {"*": "/demo-front-end/"}
