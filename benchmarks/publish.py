"""Measure what publishing an article of 20 blocks costs beside Wagtail's own publishing of the same.

    python -m benchmarks.publish --rounds 9 --publishes 30

One process with our article, one with a plain Wagtail page of the same fields (`benchmarks.plain`), both on one core;
the rounds interleave, and a ratio is the median of the rounds' ratios. Ours includes the record, the document in all
its forms, the change feed and the search index.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from .load import SERVER_CORE

if TYPE_CHECKING:
    from collections.abc import Iterator

SITES = {"ours": "benchmarks.settings", "wagtail": "benchmarks.plain.settings"}
STEPS = ("save", "publish", "both")
Times = dict[str, float]


def main() -> None:
    """Start both, measure in turn, report."""
    options = _parse()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        databases = options.database or [f"sqlite:///{folder}/{s}.db" for s in SITES]
        processes = {
            site: stack.enter_context(_publisher(settings, database))
            for (site, settings), database in zip(SITES.items(), databases, strict=True)
        }
        samples = _measure(processes, options)
    kind = databases[0].partition(":")[0]
    print(
        f"{datetime.now(tz=UTC):%Y-%m-%d}, {kind}, {options.rounds} rounds of {options.publishes}, "
        f"Python {platform.python_version()}\n"
    )
    print("| step | ours, ms | Wagtail, ms | ratio | spread |\n|--|--:|--:|--:|--:|")
    rows = [_row(step, samples) for step in STEPS]
    for row in rows:
        print(
            f"| {row['step']} | {row['ours']:.1f} | {row['wagtail']:.1f} | {row['ratio']:.2f} | "
            f"{row['lowest']:.2f} to {row['highest']:.2f} |"
        )
    if options.json:
        options.json.write_text(
            json.dumps({"rows": rows, "samples": samples}, indent=1)
        )


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--publishes", type=int, default=30)
    parser.add_argument(
        "--database", nargs=2, help="DATABASE_URLs of two empty databases"
    )
    parser.add_argument("--json", type=Path, help="also write the figures here")
    return parser.parse_args()


@contextmanager
def _publisher(settings: str, database: str) -> Iterator[subprocess.Popen[str]]:
    env = os.environ | {"DJANGO_SETTINGS_MODULE": settings, "DATABASE_URL": database}
    command = ["taskset", "-c", SERVER_CORE, sys.executable, "-m", "benchmarks.publisher"]  # fmt: skip
    with subprocess.Popen(
        command, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        if _line(process) != "ready\n":
            sys.exit(f"The process with {settings} did not start.")
        yield process
        process.terminate()


def _line(process: subprocess.Popen[str]) -> str:
    return process.stdout.readline() if process.stdout else ""


def _measure(
    processes: dict[str, subprocess.Popen[str]], options: argparse.Namespace
) -> dict[str, list[Times]]:
    samples: dict[str, list[Times]] = {site: [] for site in processes}
    for number in range(options.rounds + 1):
        for site, process in processes.items():
            print(options.publishes, file=process.stdin, flush=True)
            times: Times = json.loads(_line(process))
            if number:  # The first round warms up.
                samples[site].append(times | {"both": times["save"] + times["publish"]})
    return samples


def _row(step: str, samples: dict[str, list[Times]]) -> dict[str, str | float]:
    ours, wagtail = ([times[step] for times in samples[site]] for site in SITES)
    ratios = [a / b for a, b in zip(ours, wagtail, strict=True)]
    return {
        "step": {"save": "save the revision", "publish": "publish it", "both": "both"}[
            step
        ],
        "ours": median(ours) * 1e3,
        "wagtail": median(wagtail) * 1e3,
        "ratio": median(ratios),
        "lowest": min(ratios),
        "highest": max(ratios),
    }


if __name__ == "__main__":
    main()
