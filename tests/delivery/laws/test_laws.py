"""Ten laws, ten named tests, and a page that says which."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
NAME = re.compile(r"^def (test_law_(\d+)_\w+)\(", re.MULTILINE)


def law_tests() -> dict[int, list[str]]:
    """Return the names of the tests of each law."""
    found: dict[int, list[str]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for name, number in NAME.findall(path.read_text()):
            found.setdefault(int(number), []).append(name)
    return found


def test_every_law_has_one_test() -> None:
    assert {
        number: len(names) for number, names in law_tests().items()
    } == dict.fromkeys(range(1, 11), 1)


def test_the_page_of_laws_names_the_tests() -> None:
    page = (ROOT / "docs/reference/laws.md").read_text()

    assert set(re.findall(r"`(test_law_\d+_\w+)`", page)) == {
        name for names in law_tests().values() for name in names
    }
