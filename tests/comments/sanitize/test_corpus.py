"""Thousands of hostile texts: nothing off the list, stable, and read alike by other parsers."""

from __future__ import annotations

from itertools import islice

from comments.sanitize import render_reply, sanitize_html

from .corpus import corpus, fuzzed
from .policy import html5_tree, libxml_tree, violations


def faults(source: str) -> list[str]:
    """Return everything wrong with the rendering of one source."""
    rendered = render_reply(source)
    html = rendered.html
    tree = html5_tree(html)
    found = violations(html, tree)
    if libxml_tree(html) != tree:
        found.append("libxml2 reads another tree")
    if sanitize_html(html) != html:
        found.append(f"not stable: {sanitize_html(html)!r}")
    if "markup.not_canonical" in rendered.reasons:
        found.append("the sanitizers wrote something else than we do")
    return found


def test_corpus_is_large() -> None:
    assert len(corpus()) > 6_000
    assert len(corpus(is_dense=True)) > 13_000


def test_nothing_of_the_corpus_gets_through() -> None:
    failed = {source: found for source in corpus() if (found := faults(source))}

    assert failed == {}


def test_nothing_of_the_corpus_gets_through_the_sanitizers_alone() -> None:
    """The two sanitizers hold even if the small Markdown let everything pass."""
    failed = {}
    for source in corpus()[::2]:
        html = sanitize_html(source.encode("utf-8", "ignore").decode())
        found = [
            fault
            for fault in violations(html, html5_tree(html))
            if fault != "control character"
        ]
        if found:
            failed[source] = found

    assert failed == {}


def test_fuzzed_texts_are_clean_stable_and_unambiguous() -> None:
    """The dense corpus and 40,000 texts more: `python -m benchmarks.sanitize --fuzz 40000`."""
    failed = {
        source: found
        for source in islice(fuzzed(seed=7), 1_000)
        if (found := faults(source))
    }

    assert failed == {}
