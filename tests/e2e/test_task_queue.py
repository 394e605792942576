"""The host with its queue in the database: nothing is done in the editor's request, and a worker makes up for it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from .conftest import ROOT, environment_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = [pytest.mark.slow]

SPOIL = """
from django.apps import apps
from health_content.delivery import tasks
from health_content.delivery.models import PublishedDocument

ids = list(PublishedDocument.objects.order_by("pk").values_list("pk", flat=True)[:2])
PublishedDocument.objects.filter(pk__in=ids).delete()
tasks.refresh_documents.enqueue(ids)
"""
COUNT = "from health_content.delivery.models import PublishedDocument as D; print(D.objects.count())"


@pytest.fixture
def manage(site_folder: Path) -> Callable[..., str]:
    """Return `manage.py` of a site with a queue."""
    environment = os.environ | environment_of(site_folder) | {"TASK_QUEUE": "database"}

    def run(*arguments: str) -> str:
        result = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=environment, check=False, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert result.returncode == 0, result.stderr
        return result.stdout

    return run


def test_a_worker_does_what_was_queued(manage: Callable[..., str]) -> None:
    manage("migrate", "-v0")
    before = int(manage("shell", "-v0", "-c", COUNT))
    manage("shell", "-v0", "-c", SPOIL)
    queued = int(manage("shell", "-v0", "-c", COUNT))

    manage("db_worker", "--batch", "--no-startup-delay")

    assert (queued, int(manage("shell", "-v0", "-c", COUNT))) == (before - 2, before)
