"""Settings of the workers that the tests start: webhooks may reach this machine."""

from cms.settings.test import *

HEALTH_CONTENT = HEALTH_CONTENT | {
    "WEBHOOK_REQUIRE_HTTPS": False,
    "WEBHOOK_PRIVATE_HOSTS": ["127.0.0.1"],
}
