"""Measures what checking a page for health claims costs.

    python -m benchmarks.claims

Prints one JSON object. Times are CPU times of this process in milliseconds, the median and the 95th percentile of several
runs over a page of about 1,000 words in 50 blocks; cold without a cache, warm with one that knows every block, edited with
one block changed. No database, no Django.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from dataclasses import replace
from itertools import cycle, islice
from typing import TYPE_CHECKING

from health_content.claims.cache import ClaimCache
from health_content.claims.engine import check_page
from health_content.claims.facts import Block, Page
from health_content.claims.loader import load_rule_base

if TYPE_CHECKING:
    from collections.abc import Callable

BLOCKS = 50
WORDS = 1_000


def sample_page() -> Page:
    """Return a page of the rules' own examples, claims and plain sentences in turn."""
    sentences: list[str] = []
    for rule in load_rule_base().rules:
        for positive, negative in zip(rule.positive, rule.negative, strict=False):
            sentences += [positive, negative]
    blocks = []
    count = 0
    for number, text in enumerate(islice(cycle(sentences[::7]), 10_000)):
        if count >= WORDS:
            break
        count += len(text.split())
        blocks.append(Block(id=str(number), text=text))
    size = -(-len(blocks) // BLOCKS)
    merged = [
        Block(id=str(i), text=" ".join(b.text for b in blocks[i : i + size]))
        for i in range(0, len(blocks), size)
    ]
    return Page(locale="en", blocks=tuple(merged))


def times(work: Callable[[], object], runs: int) -> dict[str, float]:
    """Return median and 95th percentile of *runs*, in milliseconds."""
    taken = []
    for _ in range(runs):
        started = time.process_time()
        work()
        taken.append((time.process_time() - started) * 1_000)
    return {
        "median_ms": round(statistics.median(taken), 2),
        "p95_ms": round(statistics.quantiles(taken, n=20)[-1], 2),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=30, metavar="N")
    arguments = parser.parse_args()
    started = time.process_time()
    load_rule_base()
    load_ms = (time.process_time() - started) * 1_000
    page = sample_page()
    cache = ClaimCache()
    check_page(page, cache=cache)
    edits = iter(range(1_000_000))

    def edited() -> object:
        changed = replace(page.blocks[0], text=f"Magnets cure pain {next(edits)}.")
        return check_page(
            replace(page, blocks=(changed, *page.blocks[1:])), cache=cache
        )

    result = {
        "words": sum(len(block.text.split()) for block in page.blocks),
        "blocks": len(page.blocks),
        "findings": len(check_page(page).findings),
        "load_rules_ms": round(load_ms),
        "cold": times(lambda: check_page(page), arguments.runs),
        "warm": times(lambda: check_page(page, cache=cache), arguments.runs),
        "edited": times(edited, arguments.runs),
    }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
