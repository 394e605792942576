"""Production settings are tried in a process of their own: settings load once a process."""

import os
import re
import subprocess
import sys

import pytest

from health_content import compat

GOOD = {
    "DJANGO_SECRET_KEY": "k3" * 30 + "-unique-Ω",
    "DJANGO_ALLOWED_HOSTS": "health.example",
    "DATABASE_URL": "sqlite://:memory:",
    "WAGTAILADMIN_BASE_URL": "https://health.example",
    "GRANIAN_WORKERS": "1",
}


def run_check(**changes):
    env = {k: v for k, v in os.environ.items() if not k.startswith("DJANGO_")}
    env |= GOOD | changes | {"DJANGO_SETTINGS_MODULE": "cms.settings.production"}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env={k: v for k, v in env.items() if v is not None},
        capture_output=True,
        text=True,
        check=False,
    )


def test_deployment_check_is_clean():
    result = run_check()

    # That there are no tokens is all there is to warn of, on a Wagtail without them.
    expected = [] if compat.IS_WAGTAIL_8 else ["health_delivery.W001"]
    assert re.findall(r"\((\w+\.[WE]\d+)\)", result.stderr) == expected, result.stderr
    assert result.returncode == len(expected)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"DJANGO_SECRET_KEY": None}, "DJANGO_SECRET_KEY must be set"),
        (
            {"DJANGO_SECRET_KEY": "insecure-development-key-never-used-in-production"},
            "DJANGO_SECRET_KEY must be a secret of your own",
        ),
        ({"DJANGO_SECRET_KEY": "short"}, "50 characters or more"),
        ({"DJANGO_DEBUG": "1"}, "DJANGO_DEBUG must be off"),
        ({"DJANGO_DEBUG": "perhaps"}, "DJANGO_DEBUG must be one of"),
        ({"DJANGO_ALLOWED_HOSTS": ""}, "DJANGO_ALLOWED_HOSTS must name"),
        ({"DJANGO_ALLOWED_HOSTS": "*"}, "'*' is not accepted"),
        ({"DATABASE_URL": "mysql://root@localhost/x"}, "DATABASE_URL must be a URL"),
        ({"REDIS_URL": "http://localhost"}, "REDIS_URL must be a URL"),
        ({"METRICS_TOKEN": "k3" * 15}, "METRICS_TOKEN must be a secret of your own"),
    ],
)
def test_unsafe_configuration_does_not_start(change, message):
    result = run_check(**change)

    assert result.returncode != 0
    last_line = result.stderr.strip().splitlines()[-1]
    assert last_line.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert message in last_line


def test_proxies_are_known_to_the_rate_limits():
    """Without it all readers behind a proxy would share one limit."""
    script = "from django.conf import settings; print(settings.COMMENTS, settings.SECURE_PROXY_SSL_HEADER)"
    env = os.environ | GOOD
    env |= {
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        "TRUSTED_PROXY_COUNT": "2",
    }
    result = subprocess.run(
        [sys.executable, "-c", script],
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )

    assert "'TRUSTED_PROXY_COUNT': 2" in result.stdout
    assert "HTTP_X_FORWARDED_PROTO" in result.stdout
