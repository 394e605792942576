"""The rules of the house that a machine can hold us to."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("health_content", "comments")
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60

# What a pure module must not touch: frameworks, I/O, the clock, randomness.
IMPURE = {
    "django", "wagtail", "rest_framework", "swapper", "modelcluster",
    "io", "os", "pathlib", "random", "secrets", "shutil", "socket", "subprocess", "tempfile", "threading", "time",
}  # fmt: skip


def pure_modules():
    listed = (ROOT / ".ci/pure-modules.txt").read_text().splitlines()
    patterns = [line for line in listed if line and not line.startswith("#")]
    files = {p: sorted(ROOT.glob(p)) for p in patterns}
    assert all(files.values()), f"nothing matches {[p for p in files if not files[p]]}"
    return sorted({file for found in files.values() for file in found})


def source_files(*folders):
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file


def imports_of(file):
    """Yield (top-level name, full name, level) of every import outside `if TYPE_CHECKING`."""
    tree = ast.parse(file.read_text())
    typing_only = {
        node
        for branch in ast.walk(tree)
        if isinstance(branch, ast.If) and ast.unparse(branch.test) == "TYPE_CHECKING"
        for statement in branch.body
        for node in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if node in typing_only:
            continue
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.partition(".")[0], alias.name, 0
        elif isinstance(node, ast.ImportFrom):
            name = node.module or ""
            yield name.partition(".")[0], name, node.level


@pytest.mark.parametrize("file", pure_modules(), ids=lambda f: str(f.relative_to(ROOT)))
def test_pure_module_touches_nothing_outside_itself(file):
    impure = {
        full for top, full, level in imports_of(file) if not level and top in IMPURE
    }

    assert impure == set()
    calls = {
        ast.unparse(n.func)
        for n in ast.walk(ast.parse(file.read_text()))
        if isinstance(n, ast.Call)
    }
    assert calls.isdisjoint(
        {"open", "datetime.now", "datetime.utcnow", "date.today", "timezone.now"}
    )


@pytest.mark.parametrize("file", pure_modules(), ids=lambda f: str(f.relative_to(ROOT)))
def test_pure_module_leans_only_on_pure_ones(file):
    pure = set(pure_modules())
    for _top, name, level in imports_of(file):
        if not level:
            continue
        base = file.parents[level - 1]
        target = base.joinpath(*name.split(".")) if name else base
        candidates = {target.with_suffix(".py"), target / "__init__.py"}
        found = {c for c in candidates if c.exists()}
        plain = {base / "errors.py", file.parent.parent / "errors.py"}
        empty = {c for c in found if not list(imports_of(c))}

        assert found <= pure | plain | empty, f"{file} leans on {found}"


@pytest.mark.parametrize("part", PARTS)
def test_inside_a_part_every_import_is_relative(part):
    absolute = [
        (str(file.relative_to(ROOT)), full)
        for file in source_files(part)
        for top, full, level in imports_of(file)
        if not level and top in {*PARTS, "cms"}
    ]

    assert absolute == []


def test_files_and_functions_stay_short():
    long_files = []
    long_functions = []
    for file in source_files(*PARTS, "cms", "benchmarks"):
        text = file.read_text()
        if text.count("\n") > MAX_FILE_LINES:
            long_files.append(str(file.relative_to(ROOT)))
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MAX_FUNCTION_LINES:
                    long_functions.append(f"{file.relative_to(ROOT)}:{node.name}")

    assert long_files == []
    assert long_functions == []


def test_no_path_of_ours_and_no_newer_wagtail_in_a_migration():
    for part in PARTS:
        for file in (ROOT / part).rglob("migrations/0*.py"):
            text = file.read_text()
            paths = [
                name
                for _t, name, level in imports_of(file)
                if level or name.startswith(PARTS)
            ]

            assert paths == [], file
            assert "0098_apitoken" not in text, file
            assert "WAGTAIL_PAGE_MODEL" not in text, file
            assert re.findall(r'"(?:health_content|comments)\.[a-z_]+\.', text) == [], (
                file
            )


VIOLATIONS = {
    "The host stands on two independent parts": ("comments/decide.py", "import health_content.errors\n"),
    "Content knows nothing of delivery or of the concrete pages": (
        "health_content/services/publication.py",
        "from ..delivery import models as _models\n",
    ),
    "Services and selectors never import api or admin": ("comments/services/threads.py", "from ..api import urls as _urls\n"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("contract", VIOLATIONS)
def test_import_contract_can_fail(contract, tmp_path):
    """A contract that nothing can break would only look like a fence."""
    for folder in (*PARTS, "cms"):
        shutil.copytree(
            ROOT / folder,
            tmp_path / folder,
            ignore=shutil.ignore_patterns("__pycache__"),
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    name, line = VIOLATIONS[contract]
    file = tmp_path / name
    file.write_text(file.read_text() + "\n" + line)

    result = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 1, result.stdout + result.stderr
    assert f"{contract} BROKEN" in result.stdout


def test_what_follows_a_commit_fails_nobody():
    """Django 5.2 cannot log that a robust `partial` failed, and raises: `health_content.after_commit` does not."""
    robust = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in source_files("health_content")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.keyword) and node.arg == "robust"
    ]

    assert robust == []
