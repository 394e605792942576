"""The Nu HTML checker accepts every rich text and every page of the demonstration."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import escape
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from .conftest import CLIENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from .conftest import Site

pytestmark = [pytest.mark.outside, pytest.mark.xdist_group("site")]
JAR = CLIENT / "node_modules/vnu-jar/build/dist/vnu.jar"
# Rich text stands below a page's own headings.
PAGE = '<!DOCTYPE html><html lang="{lang}"><head><title>{title}</title></head><body><h1>T</h1>\n{html}\n</body></html>\n'
# Advice that we do not follow.
ADVICE = (
    # Safari forgets that a list without bullets is a list, unless it has the role.
    "The “list” role is unnecessary",
    # A reply is headed by the name of its author, which is no heading of the page.
    "Article lacks heading",
)


@pytest.fixture(scope="session")
def check(lacking: Callable[[str], NoReturn]) -> Callable[[Path], list[dict[str, Any]]]:
    """Return a function that asks the checker about all the files in a folder."""
    if shutil.which("java") is None:
        lacking("there is no Java")
    if not JAR.exists():
        lacking("the Node workspace is not installed (make proofs)")

    def run(folder: Path) -> list[dict[str, Any]]:
        result = subprocess.run(
            ["java", "-Xss1024k", "-jar", str(JAR), "--format", "json", "--skip-non-html", str(folder)],
            capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        messages: list[dict[str, Any]] = json.loads(result.stderr)["messages"]
        return messages

    return run


def test_every_rich_text_is_valid_and_a_wrong_one_is_not(
    site: Site, check: Callable[[Path], list[dict[str, Any]]], tmp_path: Path
) -> None:
    answer = json.loads(site.read("/api/content/v1/pages/?page_size=100&include=body"))
    texts = 0
    for page in answer["items"]:
        for html in rich_texts(page):
            name = f"{page['id']}-{texts}.html"
            (tmp_path / name).write_text(
                PAGE.format(lang=page["locale"], title=escape(page["title"]), html=html)
            )
            texts += 1
    wrong = PAGE.format(lang="en", title="T", html="<ul><p>Not in a list.</p></ul>")
    (tmp_path / "wrong.html").write_text(wrong)

    found = check(tmp_path)

    assert texts > 50
    assert {each["url"].rpartition("/")[2] for each in found} == {"wrong.html"}, found


def rich_texts(value: Any) -> Iterator[str]:
    """Yield the HTML of every rich text in *value*."""
    if isinstance(value, list):
        for each in value:
            yield from rich_texts(each)
    if isinstance(value, dict):
        if isinstance(value.get("html"), str):
            yield value["html"]
        for each in value.values():
            yield from rich_texts(each)


def test_every_page_is_valid(
    site: Site, check: Callable[[Path], list[dict[str, Any]]], tmp_path: Path
) -> None:
    routes = json.loads(site.read("/api/content/v1/routes/?page_size=1000"))["items"]
    for route in routes:
        name = re.sub(r"\W+", "-", route["path"]).strip("-") or "home"
        (tmp_path / f"{name}.html").write_bytes(site.read(route["path"]))

    found = check(tmp_path)

    assert len(list(tmp_path.iterdir())) == len(routes) >= 10
    assert [each for each in found if not each["message"].startswith(ADVICE)] == []
