"""Measure the search beside that of Wagtail's API v2, on the same pages.

    python -m benchmarks.search_seed 10000                 # setup, with DATABASE_URL: takes half an hour
    python -m benchmarks.search --database … --rounds 9    # verify, then measure

Both servers run one worker on one core; requests go one by one, and the rounds of all subjects interleave. Nothing is
timed before each answer was checked: how many it found, and that each hit of ours has its safety envelope.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from .load import serve
from .search_seed import COMMON, RARE, SOME

FIRST_PORT = 8180
OURS, PEER = "benchmarks.settings", "benchmarks.peer.settings"
CONTENT = "/api/content/v1/search/?q="
V2 = "/api/v2/pages/?search="


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One search of one server."""

    name: str
    settings: str
    path: str
    target_ms: str = ""
    is_base: bool = False


def subjects() -> list[Subject]:
    """Return what is compared, the peer's row before ours."""
    mistyped = SOME.replace("ctu", "tu")
    return [
        Subject(name=f"Wagtail v2, common word, {fields}", settings=PEER, path=f"{V2}{COMMON}{extra}&limit=20", is_base=not extra)
        for fields, extra in (("id and title", ""),)
    ] + [
        Subject(name="ours, common word", settings=OURS, path=f"{CONTENT}{COMMON}"),
        Subject(name="ours, two common words", settings=OURS, path=f"{CONTENT}{COMMON}%20babaden"),
        Subject(name="ours, word of every tenth page", settings=OURS, path=f"{CONTENT}{SOME}"),
        Subject(name="Wagtail v2, word of one page", settings=PEER, path=f"{V2}{RARE}&limit=20"),
        Subject(name="ours, word of one page", settings=OURS, path=f"{CONTENT}{RARE}"),
        Subject(name="ours, mistyped word", settings=OURS, path=f"{CONTENT}{mistyped}"),
        Subject(name="ours, list filtered by a common word", settings=OURS, path=f"/api/content/v1/pages/?q={COMMON}"),
    ]  # fmt: skip


def main() -> None:
    """Serve, verify, measure, report."""
    options = _parse()
    with ExitStack() as stack:
        servers = {
            settings: stack.enter_context(serve(settings, FIRST_PORT + n, options.database))
            for n, settings in enumerate((OURS, PEER))
        }  # fmt: skip
        chosen = [s for s in subjects() if options.only in s.name]
        urls = {s.name: servers[s.settings] + s.path for s in chosen}
        found = {s.name: _verify(s, urls[s.name]) for s in chosen}
        samples = _measure(chosen, urls, options.rounds)
    _report(chosen, found, samples, options)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--database", required=True, help="DATABASE_URL, seeded")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--only", default="", help="part of a subject's name")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    return parser.parse_args()


def _verify(subject: Subject, url: str) -> int:
    """Return how many pages the answer says it found, after looking at them."""
    answer = json.loads(_get(url))
    if subject.settings == PEER:
        total = answer["meta"]["total_count"]
    else:
        total = answer.get("total", {"value": len(answer["items"])})["value"]
        for item in answer["items"]:
            if "review" not in item.get("document", item)["safety"]:
                sys.exit(f"{subject.name}: a hit without its safety envelope.")
    if not total or not answer["items"]:
        sys.exit(f"{subject.name}: nothing was found.")
    return total


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=600) as answer:  # noqa: S310
        return answer.read()


def _measure(
    chosen: list[Subject], urls: dict[str, str], rounds: int
) -> dict[str, list[float]]:
    samples: dict[str, list[float]] = {s.name: [] for s in chosen}
    for number in range(rounds + 1):
        for subject in chosen:
            start = time.perf_counter()
            _get(urls[subject.name])
            if number:  # The first round warms up.
                samples[subject.name].append((time.perf_counter() - start) * 1_000)
    return samples


def _report(
    chosen: list[Subject],
    found: dict[str, int],
    samples: dict[str, list[float]],
    options: argparse.Namespace,
) -> None:
    kind = options.database.partition(":")[0]
    print(
        f"{datetime.now(tz=UTC):%Y-%m-%d}, {kind}, {options.rounds} rounds, Python {platform.python_version()}\n"
    )
    print("| subject | found | ms | lowest | highest |\n|--|--:|--:|--:|--:|")
    for subject in chosen:
        times = samples[subject.name]
        print(
            f"| {subject.name} | {found[subject.name]:,} | {median(times):,.0f} | {min(times):,.0f} | {max(times):,.0f} |"
        )
    if options.json:
        figures = {"found": found, "milliseconds": samples}
        options.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
