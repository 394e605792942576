"""Measure the read path beside Wagtail's own APIs on the same pages.

    make bench ARGS="--articles 1000 --rounds 5 --seconds 3"

Both servers run one worker on one core, the load generator on the other; the rounds of all subjects interleave, and a
ratio is the median of the rounds' ratios to the base row of the group. Nothing is timed before every subject's answer
has been checked. Needs `wrk` and `taskset` (Debian: wrk, util-linux).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from contextlib import ExitStack
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from .catalog import SUBJECTS, Subject
from .load import Sample, load, serve

if TYPE_CHECKING:
    from email.message import Message

FIRST_PORT = 8170


def main() -> None:
    """Seed, serve, verify, measure, report."""
    options = _parse()
    for tool in ("wrk", "taskset"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is needed (Debian: apt-get install wrk util-linux).")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        database = options.database or f"sqlite:///{folder}/bench.sqlite3"
        page = _seed(database, options.articles)
        servers = {
            settings: stack.enter_context(serve(settings, FIRST_PORT + n, database))
            for n, settings in enumerate(sorted({s.settings for s in SUBJECTS}))
        }
        chosen = [
            s for s in SUBJECTS if options.only in s.group or options.only in s.name
        ]
        urls = {s: servers[s.settings] + s.path.format(**page) for s in chosen}
        prepared = {s: _verify(s, urls[s]) for s in chosen}
        samples = _measure(chosen, urls, prepared, options)
    _report(chosen, samples, options, database)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument(
        "--only", default="", help="part of a group's or subject's name"
    )
    parser.add_argument(
        "--database", default="", help="DATABASE_URL of an empty database"
    )
    parser.add_argument("--json", type=Path, help="also write the figures here")
    return parser.parse_args()


def _seed(database: str, articles: int) -> dict[str, str]:
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "DATABASE_URL": database,
    }
    command = [sys.executable, "-m", "benchmarks.seed", str(articles)]
    output = subprocess.run(
        command, env=env, check=True, capture_output=True, text=True
    ).stdout
    page: dict[str, str] = json.loads(output.splitlines()[-1])
    return page


def _verify(subject: Subject, url: str) -> dict[str, str]:
    """Return the headers to send, after one answer that must be right."""
    headers = dict(subject.headers)
    status, answer_headers, body = _get(url, headers)
    if status != 200 or len(body) < 300:
        sys.exit(f"{subject.name}: {url} answered {status} with {len(body)} bytes.")
    if subject.is_conditional:
        headers["If-None-Match"] = answer_headers["ETag"]
        status, _, body = _get(url, headers)
        if status != 304 or body:
            sys.exit(f"{subject.name}: {url} answered {status}, not 304.")
    return headers


def _get(url: str, headers: dict[str, str]) -> tuple[int, Message, bytes]:
    request = urllib.request.Request(url, headers=headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def _measure(
    subjects: list[Subject],
    urls: dict[Subject, str],
    headers: dict[Subject, dict[str, str]],
    options: argparse.Namespace,
) -> dict[Subject, list[Sample]]:
    samples: dict[Subject, list[Sample]] = {s: [] for s in subjects}
    for number in range(options.rounds + 1):
        for subject in subjects:
            sample = load(
                urls[subject],
                connections=options.connections,
                seconds=options.seconds,
                headers=headers[subject],
            )
            if sample.failures:
                sys.exit(f"{subject.name}: {sample.failures} answers failed.")
            if number:  # The first round warms up.
                samples[subject].append(sample)
    return samples


def _report(
    subjects: list[Subject],
    samples: dict[Subject, list[Sample]],
    options: argparse.Namespace,
    database: str,
) -> None:
    rows = [_row(subject, subjects, samples) for subject in subjects]
    kind = database.partition(":")[0]
    print(
        f"{datetime.now(tz=UTC):%Y-%m-%d}, {kind}, {options.articles} articles, {options.connections} connections, "
        f"{options.rounds} rounds of {options.seconds} s, Python {platform.python_version()}\n"
    )
    print(
        "| group | subject | requests/s | spread | p50 ms | ratio |\n|--|--|--:|--:|--:|--:|"
    )
    for row in rows:
        print(
            f"| {row['group']} | {row['name']} | {row['requests_per_second']:,.0f} | "
            f"{row['spread_percent']:.0f} % | {row['p50_ms']:.2f} | {row['ratio']:.1f} |"
        )
    if options.json:
        raw = {s.name: [asdict(sample) for sample in samples[s]] for s in subjects}
        options.json.write_text(json.dumps({"rows": rows, "samples": raw}, indent=1))


def _row(
    subject: Subject, subjects: list[Subject], samples: dict[Subject, list[Sample]]
) -> dict[str, str | float]:
    base = next(
        (s for s in subjects if s.group == subject.group and s.is_base), subject
    )
    rates = [sample.requests_per_second for sample in samples[subject]]
    base_rates = [sample.requests_per_second for sample in samples[base]]
    return {
        "group": subject.group,
        "name": subject.name.strip(),
        "requests_per_second": median(rates),
        "spread_percent": (max(rates) - min(rates)) / median(rates) * 100,
        "p50_ms": median(sample.p50_ms for sample in samples[subject]),
        "ratio": median(a / b for a, b in zip(rates, base_rates, strict=True)),
    }


if __name__ == "__main__":
    main()
