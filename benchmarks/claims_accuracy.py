"""Scores the claim checker on labeled sentences.

    python -m benchmarks.claims_accuracy                          every set of this repository
    python -m benchmarks.claims_accuracy --set FILE               a set of yours, one JSON object a line
    python -m benchmarks.claims_accuracy --half tuning --misses   what is wrong, to tune by

A line is `{"text": …, "labels": [categories]}`, in the second set with `"half": "tuning" | "held back"`. Four figures are
made: the share of labels that a finding above info names; the share of sentences with a label of a blocking category that
get a blocking finding; and of sentences without a label, those with a finding above info, and those with a blocking one.
The misses of the held-back half are never printed.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

from health_content.claims.engine import find_claims
from health_content.claims.findings import Severity

DATA = Path(__file__).resolve().parents[1] / "tests/claims/data"
BLOCKING = frozenset(
    [
        "cure_absolute",
        "safety_absolute",
        "stop_or_replace_care",
        "crisis",
        "anti_vaccine",
        "weight_loss",
        "denial",
    ]
)
HELD_BACK = "held back"


@dataclass(frozen=True)
class Line:
    """One sentence, what people say of it, and what the checker says."""

    text: str
    labels: frozenset[str]
    half: str
    warned: frozenset[str]
    blocked: frozenset[str]
    rules: tuple[str, ...]


def read_lines(path: Path) -> list[Line]:
    """Return the checked lines of a set."""
    lines = []
    for row in map(json.loads, path.read_text().splitlines()):
        found = [f for f in find_claims(row["text"]) if f.severity is not Severity.INFO]
        lines.append(
            Line(
                row["text"],
                frozenset(row["labels"]),
                row.get("half", ""),
                frozenset(str(f.category) for f in found),
                frozenset(
                    str(f.category) for f in found if f.severity is Severity.BLOCK
                ),
                tuple(f"{f.rule} {f.text!r}" for f in found),
            )
        )
    return lines


def score(lines: list[Line]) -> dict[str, str]:
    """Return the four figures, each as hits of so many."""
    labels = [(line, label) for line in lines for label in line.labels]
    blocking = [line for line in lines if line.labels & BLOCKING]
    clean = [line for line in lines if not line.labels]
    return {
        "label recall": _share(sum(label in ln.warned for ln, label in labels), labels),
        "flagged at all": _share(
            sum(bool(ln.warned) for ln in lines if ln.labels),
            [ln for ln in lines if ln.labels],
        ),
        "block recall": _share(sum(bool(ln.blocked) for ln in blocking), blocking),
        "false warnings": _share(sum(bool(ln.warned) for ln in clean), clean),
        "false blocks": _share(sum(bool(ln.blocked) for ln in clean), clean),
    }


def misses(lines: list[Line]) -> list[str]:
    """Return what is wrong, a line each; nothing of the held-back half."""
    out = []
    for line in lines:
        if line.half == HELD_BACK:
            continue
        if not line.labels and line.warned:
            out.append(f"FALSE {line.text} -> {', '.join(line.rules)}")
        elif missing := line.labels - line.warned:
            out.append(f"MISS {sorted(missing)} {line.text} -> {', '.join(line.rules)}")
        elif line.labels & BLOCKING and not line.blocked:
            out.append(f"NOT BLOCKED {line.text} -> {', '.join(line.rules)}")
    return out


def _share(hits: int, of: list[object] | list[Line]) -> str:  # type: ignore[type-arg]
    return f"{hits}/{len(of)} = {hits / max(len(of), 1):.3f}"


def main() -> None:
    """Print the figures of each set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--set", type=Path, action="append", metavar="FILE")
    parser.add_argument("--half", choices=["tuning", HELD_BACK])
    parser.add_argument("--misses", action="store_true")
    arguments = parser.parse_args()
    figures: dict[str, dict[str, str]] = {}
    for path in arguments.set or sorted(DATA.glob("*.jsonl")):
        lines = read_lines(path)
        for half in sorted({line.half for line in lines}):
            if arguments.half in {None, half}:
                part = [line for line in lines if line.half == half]
                figures[f"{path.stem} {half}".strip()] = score(part)
                if arguments.misses:
                    print("\n".join(misses(part)))
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
