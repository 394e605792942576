"""Measure how fast `rebuild_documents` is, on one core, and how much memory it takes.

    python -m benchmarks.rebuild --articles 1000 --rounds 5

Three cases: nothing changed, every document changed (the publisher's name did, so each is recorded and compressed
anew), and an empty read model. The rounds of the cases interleave.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import django
from django.core.management import call_command

CASES = ("unchanged", "all changed", "empty")


def main() -> None:
    """Seed in a process of its own, rebuild, report."""
    options = _parse()
    os.sched_setaffinity(0, {0})
    with tempfile.TemporaryDirectory() as folder:
        database = options.database or f"sqlite:///{folder}/bench.sqlite3"
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "DATABASE_URL": database,
        }
        seed = [sys.executable, "-m", "benchmarks.seed", str(options.articles)]
        subprocess.run(seed, check=True, capture_output=True)
        django.setup()
        rates = _measure(options.rounds)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    kind = database.partition(":")[0]
    print(
        f"{datetime.now(tz=UTC):%Y-%m-%d}, {kind}, {options.articles} articles, {options.rounds} rounds, "
        f"Python {platform.python_version()}, peak memory {peak_mb:.0f} MB\n"
    )
    print("| case | documents/s | spread |\n|--|--:|--:|")
    for case, values in rates.items():
        spread = (max(values) - min(values)) / median(values)
        print(f"| {case} | {median(values):.0f} | {spread:.0%} |")
    if options.json:
        figures = {"documents_per_second": rates, "peak_mb": peak_mb}
        options.json.write_text(json.dumps(figures, indent=1))


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--database", default="", help="DATABASE_URL of an empty database"
    )
    parser.add_argument("--json", type=Path, help="also write the figures here")
    return parser.parse_args()


def _measure(rounds: int) -> dict[str, list[float]]:
    from django.conf import settings
    from django.test.utils import override_settings

    rates: dict[str, list[float]] = {case: [] for case in CASES}
    for number in range(rounds):
        conf = settings.HEALTH_CONTENT | {"PUBLISHER_NAME": f"Publisher {number}"}
        with override_settings(HEALTH_CONTENT=conf):
            rates["all changed"].append(_rate())
            rates["unchanged"].append(_rate())
            _empty()
            rates["empty"].append(_rate())
    return rates


def _empty() -> None:
    from health_content.delivery.models import PublishedDocument

    # A few at a time: Django reads what it deletes, and the memory measured is to be the command's.
    while found := list(PublishedDocument.objects.values_list("pk", flat=True)[:25]):
        PublishedDocument.objects.filter(pk__in=found).delete()


def _rate() -> float:
    from health_content.delivery.models import PublishedDocument

    start = time.perf_counter()
    with Path(os.devnull).open("w") as nowhere:
        call_command("rebuild_documents", stdout=nowhere)
    return PublishedDocument.objects.count() / (time.perf_counter() - start)


if __name__ == "__main__":
    main()
