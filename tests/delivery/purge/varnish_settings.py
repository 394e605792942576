"""Settings of the site that the tests put behind Varnish: the test's own database, and tags as xkey wants them."""

import os

from cms.settings.test import *

DATABASES["default"]["NAME"] = os.environ["VARNISH_TEST_DATABASE"]
HEALTH_CONTENT = HEALTH_CONTENT | {
    "CACHE_TAG_HEADER": "xkey",
    # What may be stored does not hang on where purges go.
    "PURGERS": {"varnish": {"BACKEND": "varnish", "URL": "http://127.0.0.1:9/"}},
}
