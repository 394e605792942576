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
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
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
        samples = _measure(options.rounds)
    kind = database.partition(":")[0]
    print(
        f"{datetime.now(tz=UTC):%Y-%m-%d}, {kind}, {options.articles} articles, {options.rounds} rounds, "
        f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}\n"
    )
    print("| case | documents/s | spread | a CPU second | peak memory, MB |")
    print("|--|--:|--:|--:|--:|")
    for case, found in samples.items():
        rates = [sample.rate for sample in found]
        spread = (max(rates) - min(rates)) / median(rates)
        peak_mb = max(sample.peak_mb for sample in found)
        cpu = median(sample.cpu_rate for sample in found)
        print(
            f"| {case} | {median(rates):.0f} | {spread:.0%} | {cpu:.0f} | {peak_mb:.0f} |"
        )
    if options.json:
        figures = {
            case: [asdict(sample) for sample in found]
            for case, found in samples.items()
        }
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


@dataclass(frozen=True, slots=True)
class Sample:
    """One run of the command."""

    rate: float
    """Documents a second."""
    cpu_rate: float
    """Documents a second of this process's own processor time: what a machine that is busy otherwise hides."""
    peak_mb: float
    """The most memory that the process had during the run."""


def _measure(rounds: int) -> dict[str, list[Sample]]:
    from django.conf import settings
    from django.test.utils import override_settings

    samples: dict[str, list[Sample]] = {case: [] for case in CASES}
    for number in range(rounds):
        conf = settings.HEALTH_CONTENT | {"PUBLISHER_NAME": f"Publisher {number}"}
        with override_settings(HEALTH_CONTENT=conf):
            samples["all changed"].append(_sample())
            samples["unchanged"].append(_sample())
            _empty()
            samples["empty"].append(_sample())
    return samples


def _empty() -> None:
    from health_content.delivery.models import PublishedDocument

    # A few at a time: Django reads what it deletes, and the memory measured is to be the command's.
    while found := list(PublishedDocument.objects.values_list("pk", flat=True)[:25]):
        PublishedDocument.objects.filter(pk__in=found).delete()


def _sample() -> Sample:
    from health_content.delivery.models import PublishedDocument

    # Linux forgets the peak it had so far.
    Path("/proc/self/clear_refs").write_text("5")
    start, cpu_start = time.perf_counter(), time.process_time()
    with Path(os.devnull).open("w") as nowhere:
        call_command("rebuild_documents", stdout=nowhere, stderr=nowhere)
    seconds, cpu_seconds = (
        time.perf_counter() - start,
        time.process_time() - cpu_start,
    )
    status = Path("/proc/self/status").read_text()
    peak_kb = int(status.partition("VmHWM:")[2].split()[0])
    count = PublishedDocument.objects.count()
    return Sample(count / seconds, count / cpu_seconds, peak_kb / 1024)


if __name__ == "__main__":
    main()
