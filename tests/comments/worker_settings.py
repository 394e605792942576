"""Settings of the processes of test_concurrency: the database as it is, every thread open, a limit out of reach."""

from cms.settings.test import *

COMMENTS = {"DEFAULT_MODE": "open", "RATE_LIMITS": ((10_000, 600),)}
