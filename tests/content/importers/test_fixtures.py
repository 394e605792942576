"""Articles of many shapes, each with the document it must give in a file beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from health_content.importers.document import Faq, ItemList, ListRole, Section
from health_content.importers.text import read_text

from .describe import bare, describe, items_of, rebuilt

FOLDER = Path(__file__).resolve().parents[2] / "data" / "import"
ARTICLES = sorted(FOLDER.glob("*.txt"))


def test_there_are_enough_articles() -> None:
    assert len(ARTICLES) >= 14


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_article_gives_the_expected_document(article: Path) -> None:
    document = read_text(article.read_bytes())

    assert describe(document) == article.with_suffix(".outline").read_text()


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_article_loses_nothing(article: Path) -> None:
    document = read_text(article.read_bytes())

    assert rebuilt(document) == bare(article.read_bytes().decode("utf-8-sig"))


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_make_no_difference(article: Path, newline: str) -> None:
    source = article.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")

    other = read_text(source.replace("\n", newline).encode())

    assert other == read_text(source.encode())


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_an_indent_before_all_lines_makes_no_difference(article: Path) -> None:
    lines = article.read_bytes().decode("utf-8-sig").splitlines()

    shifted = read_text("\n".join("    " + line for line in lines).encode())

    assert describe(shifted) == article.with_suffix(".outline").read_text()


def test_reference_article(seed_article: Path) -> None:
    document = read_text(seed_article.read_bytes())

    sections = [block for block in document.blocks if isinstance(block, Section)]
    questions = [block for block in document.blocks if isinstance(block, Faq)]
    assert document.title is not None
    assert document.title.text == "Get Back Pain Relief With Acupuncture"
    assert len(document.introduction) == 1
    assert len(sections) == 6
    assert len(items_of(document, ListRole.MECHANISMS)) == 5
    assert len(items_of(document, ListRole.BENEFITS)) == 4
    assert len(items_of(document, ListRole.APPROACHES)) == 5
    assert [len(block.items) for block in questions] == [4]
    assert [note.label.text for note in document.disclaimers] == ["Note"]
    assert document.replies_open
    assert document.unmapped == ()
    assert rebuilt(document) == bare(seed_article.read_text(encoding="utf-8"))


def test_reference_article_has_leads_and_labels(seed_article: Path) -> None:
    document = read_text(seed_article.read_bytes())

    lists = [
        block
        for section in document.blocks
        if isinstance(section, Section)
        for block in section.blocks
        if isinstance(block, ItemList)
    ]
    assert [block.introduction is not None for block in lists] == [True] * 3
    assert all(item.label for block in lists for item in block.items)
