"""Run the pure tests against every mutant of a module, and name those that no test notices.

`python -m tests.mutation.run` does it for the modules below, with `health_content/gate.py` behind it for one. Each mutant gets a process
of its own, forked from one that has loaded what does not change; a mutant that runs for too long counts as noticed.
What survives and why is in `tests/mutation/survivors.md`: the run fails where that list is out of date.
"""

from __future__ import annotations

import contextlib
import importlib.abc
import importlib.util
import io
import os
import re
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from .mutants import find_mutants

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
SURVIVORS = Path(__file__).with_name("survivors.md")
SECONDS = 60
CLAIMS = (
    "tests/claims/test_evidence.py",
    "tests/claims/test_sentence_check.py",
    "tests/claims/test_engine.py",
    "tests/claims/test_parts.py",
    "tests/claims/test_rules.py",
)
TESTS: dict[str, Sequence[str]] = {
    "health_content/gate.py": ("tests/content/gate/test_decide.py",),
    "health_content/gate_checks.py": ("tests/content/gate/test_decide.py",),
    "health_content/content_digest.py": (
        "tests/content/gate/test_gate_content.py",
        "tests/content/test_minor_change.py",
    ),
    "health_content/reviewer_fit.py": ("tests/content/test_reviewer_fit.py",),
    "health_content/minor_change.py": ("tests/content/test_minor_change.py",),
    "health_content/claims/evidence.py": CLAIMS,
    "health_content/claims/permitted.py": CLAIMS,
    "health_content/claims/sentence_check.py": CLAIMS,
}
# Neither Django nor our conftest is needed for pure tests, and both would load what is to be changed.
OPTIONS = (
    "-q", "-x", "--noconftest", "-c", str(Path(__file__).with_name("pytest.ini")), "-p", "no:django",
    "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist",
)  # fmt: skip


class _Loader(importlib.abc.InspectLoader):
    """Gives the one module that is changed its changed source."""

    def __init__(self, path: Path, source: str) -> None:
        self.path, self.source = path, source

    def get_source(self, _name: str) -> str:
        """Return the changed source."""
        return self.source

    def exec_module(self, module: ModuleType) -> None:
        """Run it."""
        exec(compile(self.source, str(self.path), "exec"), module.__dict__)  # noqa: S102 - what mutation is


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, name: str, loader: _Loader) -> None:
        self.name, self.loader = name, loader

    def find_spec(self, name: str, _path: Any = None, _target: Any = None) -> Any:
        """Return the changed module for its name, nothing for others."""
        if name != self.name:
            return None
        return importlib.util.spec_from_loader(name, self.loader)


def survivors(target: str) -> Iterator[tuple[str, int]]:
    """Yield each mutant of *target* that no test notices, and its line.

    Raises:
        SystemExit: the tests fail without any fault.
    """
    path = ROOT / target
    source = path.read_text()
    if _fails(path, target, source):
        raise SystemExit(f"{target}: its tests fail as it is")
    for mutant in find_mutants(source):
        if not _fails(path, target, mutant.source):
            yield f"{target}: {mutant.change}", mutant.line


def _fails(path: Path, target: str, source: str) -> bool:
    """Return whether the tests of *target* fail with *source* in its place. In a process of its own."""
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)
        name = target.removesuffix(".py").replace("/", ".")
        sys.meta_path.insert(0, _Finder(name, _Loader(path, source)))
        code = 1
        with (
            contextlib.redirect_stdout(io.StringIO()),
            contextlib.suppress(BaseException),
        ):
            code = pytest.main([*OPTIONS, *TESTS[target]])
        os._exit(int(code) & 127)
    _, status = os.waitpid(child, 0)
    return status != 0


def explained() -> set[str]:
    """Return the survivors that the list explains: what stands in backquotes at the beginning of its lines."""
    return set(re.findall(r"^- `(.+?)`:", SURVIVORS.read_text(), re.MULTILINE))


def main(targets: Sequence[str]) -> int:
    """Run, print what survived, and return 1 where somebody has to look at it."""
    known, wanted = explained(), targets or [*TESTS]
    found: set[str] = set()
    for target in wanted:
        for change, line in survivors(target):
            found.add(change)
            note = "explained, " if change in known else ""
            print(f"{change}  ({note}line {line})", flush=True)
    stale = {line for line in known - found if line.split(":")[0] in wanted}
    for line in sorted(stale):
        print(f"no longer survives: {line}")
    return int(bool(found - known or stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
