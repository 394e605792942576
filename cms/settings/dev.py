"""Settings for a newcomer's machine: SQLite, no service, debug pages."""

from .base import *

DEBUG = True
SECRET_KEY = "insecure-development-key-never-used-in-production"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
