"""Settings of the processes that test_throttles starts: the host's cache, at the Redis that the environment names."""

from cms.settings.test import *

CACHES = {
    "default": {
        "BACKEND": "cms.cache.ForgivingRedisCache",
        "LOCATION": os.environ["THROTTLE_REDIS"],
    }
}
