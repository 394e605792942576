"""Each part works in a site that installs it alone, with pages of its own or with another base page.

A site's settings are read once a process, so every host is tried in processes of its own.
"""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

HOSTS = ["content_only", "comments_only", "mixins_only", "swapped", "without_delivery"]


def run(host, *arguments):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("COV_", "PYTEST_"))}
    env["DJANGO_SETTINGS_MODULE"] = f"tests.hosts.{host}"
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("host", HOSTS)
def test_checks_and_migrations_are_clean(host):
    checks = run(host, "django", "check", "--fail-level", "WARNING")
    assert checks.returncode == 0, checks.stderr

    parts = ["health_content", "health_pages", "health_delivery", "health_comments"]
    script = (
        "import django; django.setup();"
        "from django.apps import apps; from django.core.management import call_command;"
        f"labels = [a for a in {parts} if a in apps.app_configs];"
        "assert labels; call_command('makemigrations', *labels, check=True, dry_run=True)"
    )
    migrations = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": f"tests.hosts.{host}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert migrations.returncode == 0, migrations.stdout + migrations.stderr


@pytest.mark.parametrize("host", HOSTS)
def test_story_of_the_host(host):
    result = run(
        host,
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
