"""Counts the answers of a run, so that a test can say that every operation was reached."""

from __future__ import annotations

import atexit
import json
import os
from collections import Counter
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schemathesis import Case, Response

COUNTS: Counter[tuple[str, str, bool, int]] = Counter()
LOCK = Lock()


def count(case: Case, response: Response) -> None:
    """Count *response*, when it is to the method that the operation has."""
    request = response.request
    if case.meta is None or str(request.method) != case.operation.method.upper():
        return
    has_token = "Authorization" in request.headers
    key = (case.operation.label, case.meta.phase.name.value, has_token, response.status_code)  # fmt: skip
    with LOCK:
        COUNTS[key] += 1


def write() -> None:
    """Write the counts where the test looks for them."""
    if path := os.environ.get("FUZZ_TALLY"):
        rows = [[*key, number] for key, number in sorted(COUNTS.items())]
        Path(path).write_text(json.dumps(rows), encoding="utf-8")


atexit.register(write)
