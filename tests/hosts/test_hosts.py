"""Each part works in a site that installs it alone, with pages of its own or with another base page.

A site's settings are read once a process, so every host is tried in processes of its own.
"""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

HOSTS = ["content_only", "comments_only", "mixins_only", "swapped", "without_delivery"]


CHECKS = """
import django
django.setup()
from django.apps import apps
from django.core.management import call_command
call_command("check", fail_level="WARNING")
parts = ["health_content", "health_pages", "health_delivery", "health_comments"]
labels = [part for part in parts if part in apps.app_configs]
assert labels
call_command("makemigrations", *labels, check=True, dry_run=True)
"""


def run(host, *arguments):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("COV_", "PYTEST_"))}
    env["DJANGO_SETTINGS_MODULE"] = f"tests.hosts.{host}"
    return subprocess.run(
        [sys.executable, *arguments],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("host", HOSTS)
def test_checks_and_migrations_are_clean(host):
    result = run(host, "-c", CHECKS)

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("host", HOSTS)
def test_story_of_the_host(host):
    result = run(
        host,
        "-m",
        "pytest",
        f"tests/hosts/smoke/{host}.py",
        f"--ds=tests.hosts.{host}",
        "--create-db",
        "-q",
        "-p",
        "no:cacheprovider",
    )

    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-2000:]
    assert " passed" in result.stdout
