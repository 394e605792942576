"""Measures what rendering a reply costs, and fuzzes it at a length that no test suite can afford.

    python -m benchmarks.sanitize                 speed of typical, worst and refused replies
    python -m benchmarks.sanitize --fuzz 40000    as many random texts through three parsers
    python -m benchmarks.sanitize --readers       the same texts through Markdown readers alone (markdown-it-py and
                                                  cmarkgfm when installed)

Prints one JSON object. Times are CPU times of this process, the best of several runs for single texts and every run for
the distribution of typical replies. No database, no Django.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from itertools import islice
from typing import TYPE_CHECKING

from comments.errors import ReplyTooLong
from comments.markdown import markdown_html
from comments.markdown_inline import MarkupBudgetError
from comments.sanitize import (
    MAX_CHARACTERS,
    RENDERER_VERSION,
    render_reply,
    sanitize_html,
)
from tests.comments.sanitize.corpus import corpus, fuzzed
from tests.comments.sanitize.policy import html5_tree, libxml_tree, violations
from tests.comments.sanitize.test_cost import UNITS

if TYPE_CHECKING:
    from collections.abc import Callable

SENTENCES = (
    "I have had pain in my lower back for about three years now, mostly in the morning.",
    "My physiotherapist told me to **keep moving**, and that helped more than rest did.",
    "Thank you for this article!",
    "Has anyone tried this while pregnant? I would like to hear *how it went*.",
    "The page at https://www.example.org/conditions/back-pain says something else.",
    "See [the guideline](https://www.example.org/guidance/ng59) for what is advised.",
    "After six sessions I could sit through a whole meeting again; before, ten minutes were too much.",
    "It did nothing for me, to be honest, and it was not cheap.",
    "Which needles were used & how long did each session last?",
    "Mi médico me dijo lo mismo: paciencia, calor y un poco de ejercicio cada día.",
)


def typical_replies(count: int) -> list[str]:
    """Return replies as people leave them: one to eight sentences, some with a list or a quote."""
    chance = random.Random(1)  # noqa: S311 - repeatable, and guards nothing
    replies = []
    for _ in range(count):
        paragraphs = [
            " ".join(chance.sample(SENTENCES, chance.randint(1, 4)))
            for _ in range(chance.choice((1, 1, 1, 2, 2)))
        ]
        if chance.random() < 0.1:
            paragraphs.append("- walking every day\n- a firm mattress\n- heat")
        if chance.random() < 0.1:
            paragraphs.insert(0, "> it takes about six weeks")
        replies.append("\n\n".join(paragraphs))
    return replies


def milliseconds(work: Callable[[], object], *, runs: int = 3) -> float:
    """Return the shortest CPU time of several *runs*."""
    best = float("inf")
    for _ in range(runs):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best * 1_000


def answer(source: str) -> object:
    """Render *source*, or refuse it."""
    try:
        return render_reply(source)
    except ReplyTooLong as error:
        return error


def measure_typical(count: int) -> dict[str, float]:
    """Return rate and distribution over typical replies (bar: 1,000 a second, 95th percentile 1.5 ms)."""
    replies = typical_replies(count)
    for reply in replies[:100]:
        answer(reply)
    times = []
    for reply in replies:
        started = time.process_time()
        answer(reply)
        times.append((time.process_time() - started) * 1_000)
    return {
        "replies": count,
        "mean_characters": round(statistics.mean(map(len, replies))),
        "per_second": round(1_000 / statistics.mean(times)),
        "p50_ms": round(statistics.median(times), 3),
        "p95_ms": round(statistics.quantiles(times, n=20)[-1], 3),
    }


def worst_texts(length: int, mixtures: int) -> dict[str, str]:
    """Return hostile texts of *length* characters by name."""
    chance = random.Random(2)  # noqa: S311 - repeatable, and guards nothing
    texts = {repr(unit): unit * (length // len(unit)) for unit in UNITS}
    for number in range(mixtures):
        units = chance.choices(UNITS, k=chance.randint(2, 4))
        if number % 2:
            text = "".join(units) * length
        else:
            text = "".join(unit * (length // len(units) // len(unit)) for unit in units)
        texts[repr(units)] = text[:length]
    budget = "<" * 250 + "& " * 500 + "*a*" * 99 + "- x\n" * 50
    texts["every budget full"] = (budget + "[a](http://a.bc)\n" * 20)[:length]
    return texts


def measure_worst(mixtures: int) -> dict[str, object]:
    """Return the slowest texts at the limit (bar: 100 ms) and the fastest growth (bar: 2.5)."""
    times = {
        name: milliseconds(lambda text=text: answer(text))  # type: ignore[misc]
        for name, text in worst_texts(MAX_CHARACTERS, mixtures).items()
    }
    slowest = sorted(times, key=times.__getitem__, reverse=True)[:5]
    growth = {
        repr(unit): max(
            milliseconds(lambda n=n, u=unit: answer(u * (2 * n // len(u))), runs=9)  # type: ignore[misc]
            / milliseconds(lambda n=n, u=unit: answer(u * (n // len(u))), runs=9)  # type: ignore[misc]
            for n in (1_250, 2_500)
        )
        for unit in UNITS
    }
    fastest = max(growth, key=growth.__getitem__)
    return {
        "texts": len(times),
        "slowest_ms": {name: round(times[name], 1) for name in slowest},
        "fastest_growth": {fastest: round(growth[fastest], 2)},
    }


def measure_refused() -> dict[str, object]:
    """Return the slowest refusal (bar: 30 ms), of 100,000 characters and just under the first limit."""
    units = [*UNITS, "<ul><li>"]
    slowest = {
        size: max(
            milliseconds(lambda u=unit, n=size: answer(u * (n // len(u))))  # type: ignore[misc]
            for unit in units
        )
        for size in (20_000, 100_000)
    }
    return {f"{size}_characters_ms": round(ms, 3) for size, ms in slowest.items()}


def measure_readers() -> dict[str, object]:
    """Return what reading Markdown alone costs, without sanitizers: ours beside those that are installed."""
    readers: dict[str, Callable[[str], object]] = {"ours": _read_ours}
    try:
        from markdown_it import MarkdownIt
    except ImportError:
        pass
    else:
        off = ["heading", "lheading", "hr", "html_block", "html_inline", "image"]
        peer = MarkdownIt("commonmark", {"html": False, "breaks": True})
        readers["markdown-it-py"] = peer.disable([*off, "reference", "code"]).render
    try:
        from cmarkgfm import markdown_to_html
    except ImportError:
        pass
    else:
        readers["cmarkgfm"] = markdown_to_html
    texts = worst_texts(MAX_CHARACTERS, 0)
    replies = typical_replies(500)
    return {
        name: {
            "slowest_ms": _slowest(read, texts),
            "typical_ms": round(
                milliseconds(lambda r=read: [r(reply) for reply in replies]) / 500,  # type: ignore[misc]
                3,
            ),
        }
        for name, read in readers.items()
    }


def _read_ours(text: str) -> object:
    try:
        return markdown_html(text)
    except MarkupBudgetError as error:
        return error


def _slowest(read: Callable[[str], object], texts: dict[str, str]) -> dict[str, float]:
    times = {
        name: milliseconds(lambda text=text: read(text))  # type: ignore[misc]
        for name, text in texts.items()
    }
    slowest = sorted(times, key=times.__getitem__, reverse=True)[:3]
    return {name: round(times[name], 1) for name in slowest}


def fuzz(count: int) -> dict[str, object]:
    """Return how many of *count* random texts and of the corpus broke a rule (bar: none)."""
    found: dict[str, list[str]] = {}
    sources = [*corpus(is_dense=True), *islice(fuzzed(seed=time.time_ns()), count)]
    fallbacks = 0
    for source in sources:
        rendered = render_reply(source)
        tree = html5_tree(rendered.html)
        faults = violations(rendered.html, tree)
        faults += ["tree"] * (libxml_tree(rendered.html) != tree)
        faults += ["unstable"] * (sanitize_html(rendered.html) != rendered.html)
        faults += ["not canonical"] * ("markup.not_canonical" in rendered.reasons)
        fallbacks += rendered.is_fallback
        if faults:
            found[source] = faults
    return {"texts": len(sources), "fallbacks": fallbacks, "faults": found}


def main() -> None:
    """Run what the arguments ask for and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fuzz", type=int, metavar="N", help="random texts to check")
    parser.add_argument(
        "--readers", action="store_true", help="compare Markdown readers"
    )
    parser.add_argument("--mixtures", type=int, default=1_000, metavar="N")
    arguments = parser.parse_args()
    result: dict[str, object] = {"renderer": RENDERER_VERSION}
    if arguments.fuzz is not None:
        result["fuzz"] = fuzz(arguments.fuzz)
    elif arguments.readers:
        result["readers"] = measure_readers()
    else:
        result["typical"] = measure_typical(3_000)
        result["worst"] = measure_worst(arguments.mixtures)
        result["refused"] = measure_refused()
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
