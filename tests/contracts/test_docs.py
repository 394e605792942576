"""The documentation names everything public, and its links lead somewhere."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from django.apps import apps

from comments.conf import Conf as CommentsConf
from comments.errors import FaultCode
from health_content.blocks import BodyBlock, FAQBodyBlock
from health_content.conf import Conf as ContentConf

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
PARTS = ("health_content", "comments")
LABELS = ("health_content", "health_pages", "health_delivery", "health_comments")
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)


def sources(*folders: str, pattern: str = "*.py") -> list[Path]:
    """Return the source files of *folders*, migrations left out."""
    found = (path for name in folders for path in (ROOT / name).rglob(pattern))
    return sorted(path for path in found if "migrations" not in path.parts)


def missing(names: set[str], page: str) -> set[str]:
    """Return those of *names* that the reference page does not print as code."""
    printed = set(re.findall(r"`([^`\n]+)`", (REFERENCE / page).read_text()))
    return names - printed


def error_codes() -> set[str]:
    """Return the values of `code = "…"` in the exception classes of both parts."""
    codes: set[str] = set()
    for path in sources(*PARTS):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                codes |= {code for line in node.body if (code := _code(line))}
    return codes


def field_codes() -> set[str]:
    """Return the codes that `errors` of a problem carry."""
    content = "".join(
        path.read_text() for path in sources("health_content/delivery/api")
    )
    return {
        *re.findall(r"(?:_fault|_error)\(\s*(?:name, )?\"([a-z-]+)\"", content),
        *FaultCode,
    }


def problem_types() -> set[str]:
    """Return the keys of every `PROBLEM_TITLES`-like dictionary of the two APIs."""
    types: set[str] = set()
    for path in sources(*PARTS, pattern="problems.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Assign(
                    targets=[ast.Name(id=name)], value=ast.Dict(keys=keys)
                ) if name.endswith("TITLES"):
                    types |= {ast.literal_eval(key) for key in keys if key}
    return types


def signal_names() -> set[str]:
    """Return the names bound to `Signal()` in the modules called signals."""
    found = (
        re.findall(r"^(\w+) = Signal\(", path.read_text(), re.MULTILINE)
        for path in sources(*PARTS, pattern="signals.py")
    )
    return {name for names in found for name in names}


def command_names() -> set[str]:
    """Return the management commands of the parts and of the host."""
    return {
        path.stem
        for path in sources(*PARTS, "cms")
        if path.parent.name == "commands" and not path.stem.startswith("_")
    }


def check_ids() -> set[str]:
    """Return the ids of the system checks, as `E001` or in full, qualified by their part's label."""
    ids: set[str] = set()
    for path in sources(*PARTS):
        text = path.read_text()
        ids |= set(re.findall(r"\b(health_\w+\.[EWI]\d{3})\b", text))
        if path.relative_to(ROOT).parts[0] == "comments":
            ids |= {
                f"health_comments.{code}" for code in re.findall(r'"(E\d{3})"', text)
            }
    return ids


def environment_names() -> set[str]:
    """Return the variables that the settings read."""
    text = "".join(path.read_text() for path in sources("cms/settings"))
    return set(re.findall(r"read_\w+\(\s*ENV,\s*\"([A-Z_]+)\"", text))


def permission_names() -> set[str]:
    """Return the permissions that our models add to Django's."""
    return {
        f"{model._meta.app_label}.{codename}"
        for label in LABELS
        for model in apps.get_app_config(label).get_models()
        for codename, _ in model._meta.permissions
    }


def block_names() -> set[str]:
    """Return the types of block that a body can hold."""
    return set(BodyBlock().child_blocks) | set(FAQBodyBlock().child_blocks)


def setting_names() -> set[str]:
    """Return every key of both settings dictionaries."""
    return {
        field.name.upper()
        for conf in (ContentConf, CommentsConf)
        for field in fields(conf)
    }


@pytest.mark.parametrize(
    ("names", "page"),
    [
        (setting_names, "settings.md"),
        (error_codes, "errors.md"),
        (field_codes, "errors.md"),
        (problem_types, "errors.md"),
        (signal_names, "signals.md"),
        (command_names, "commands.md"),
        (permission_names, "permissions.md"),
        (block_names, "blocks.md"),
        (environment_names, "environment.md"),
        (check_ids, "checks.md"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_reference_lists_every_public_name(names, page):
    assert names(), "the code was searched in the wrong place"
    assert missing(names(), page) == set()


def test_reference_lists_no_setting_that_does_not_exist():
    text = (REFERENCE / "settings.md").read_text()
    headings = re.findall(r"^\| `([A-Z_]+)` \|", text, re.MULTILINE)

    assert set(headings) - setting_names() == set()


def test_reference_lists_no_command_that_does_not_exist():
    text = (REFERENCE / "commands.md").read_text()
    listed = set(re.findall(r"^\| `([a-z_]+)` \|", text, re.MULTILINE))

    assert listed == command_names()


def test_dependencies_page_names_each_dependency_with_version_and_date():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    declared = {
        re.split(r"[\[<>=]", item)[0]
        for item in [
            *project["project"]["dependencies"],
            *groups["host"],
            *groups["metrics"],
            *groups["dev"],
        ]
        if isinstance(item, str)
    }
    # Django is locked twice, by Python version; the page's table names the first, the LTS release.
    locked: dict[str, str] = {}
    for name, version in re.findall(
        r"^([a-z0-9-]+)==(\S+)",
        (ROOT / "requirements/dev.txt").read_text(),
        re.MULTILINE,
    ):
        locked.setdefault(name, version)

    python, _ = dependency_tables()

    assert python == {name: locked[name] for name in declared}


def test_dependencies_page_names_each_program_that_judges_us():
    package = json.loads((ROOT / "tests/contracts/client/package.json").read_text())
    _, node = dependency_tables()

    assert node == package["dependencies"] | package["devDependencies"]


def dependency_tables() -> tuple[dict[str, str], dict[str, str]]:
    """Return the versions of Python's and of Node's packages that the page names."""
    text = (REFERENCE / "dependencies.md").read_text()
    python, _, node = text.partition("\n## Proof from outside\n")
    row = re.compile(
        r"^\| `([@a-z0-9/-]+)` \| (\S+) \| \d{4}-\d\d-\d\d \|", re.MULTILINE
    )
    return dict(row.findall(python)), dict(row.findall(node))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_internal_links_resolve(page):
    text = CODE.sub("", page.read_text())
    targets = [link for link in LINK.findall(text) if "://" not in link]

    broken = [link for link in targets if not _resolves(page, link)]

    assert broken == []


def test_every_page_is_reachable_from_the_index():
    seen: set[Path] = set()
    waiting = [DOCS / "index.md"]
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        links = (link.partition("#")[0] for link in LINK.findall(page.read_text()))
        waiting += [
            target
            for link in links
            if link.endswith(".md")
            and "://" not in link
            and (target := (page.parent / link).resolve()).is_relative_to(DOCS)
            and target.exists()
        ]

    assert sorted(set(DOCS.rglob("*.md")) - seen) == []


def test_the_index_of_decisions_lists_each_by_its_number_and_title() -> None:
    folder = DOCS / "adr"
    rows = re.findall(
        r"^\| \[(\d{4})\]\((\S+)\) \| (.+) \|$",
        (folder / "index.md").read_text(),
        re.MULTILINE,
    )

    pages = sorted(folder.glob("0*.md"))
    heads = [page.read_text().partition("\n")[0] for page in pages]
    assert [f"# {number}. {title}" for number, _, title in rows] == heads
    assert [name for _, name, _ in rows] == [page.name for page in pages]


def test_links_to_decisions_lead_to_the_number_that_they_name() -> None:
    link = re.compile(r"\[ADR (\d{4})\]\([^)]*?(\d{4})-[^)]*\)")
    found = [pair for page in PAGES for pair in link.findall(page.read_text())]

    assert [pair for pair in found if pair[0] != pair[1]] == []
    assert len(found) > 10


def test_readme_is_short_and_names_the_two_commands():
    text = (ROOT / "README.md").read_text()

    assert len(text.splitlines()) <= 200
    assert "make demo" in text
    assert "make test" in text


def _code(line: ast.stmt) -> str:
    """Return what `code = "…"` in a class body says, or nothing."""
    match line:
        case ast.Assign(
            targets=[ast.Name(id="code")], value=ast.Constant(value=str(code))
        ):
            return code
    return ""


def _resolves(page: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = (page.parent / name) if name else page
    if not target.exists():
        return False
    return not anchor or target.suffix != ".md" or anchor in _anchors(target)


def _anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub gives the headings of *page*."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text()), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {text.strip().replace(" ", "-") for text in plain}
