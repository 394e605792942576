"""The two commands of the README are the newcomer's whole interface."""

import re
from pathlib import Path

MAKEFILE = Path(__file__).resolve().parents[2] / "Makefile"


def test_help_lists_at_most_ten_targets_and_every_one_exists():
    text = MAKEFILE.read_text()
    helped = re.findall(r"^([a-z]+):.*## ", text, re.MULTILINE)

    assert {"demo", "setup", "test", "help"} <= set(helped)
    assert len(helped) <= 10
    phony = set(re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)[1].split())
    assert set(helped) == phony
