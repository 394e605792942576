"""Rules of the text reader: the title, headings and short lines."""

from __future__ import annotations

import pytest

from health_content.importers.document import Section
from health_content.importers.text import read_text

from .describe import bare, outline, read, rebuilt

HEADINGS = [
    ("Warm and Dry", True),
    ("What to look out for in winter", True),
    ("WARM:", True),
    ("Warm Feet:", True),
    ("Is It Cold?", True),
    ("Stay Warm!", True),
    ("A Longer Heading: With a Colon", True),
    (
        "The Many and Various Reasons for Which Warm Feet and Dry Socks Matter So Much to Everyone in Winter",
        True,
    ),
    ("## Any heading, even with a comma,", True),
    ("**Bold Words**", True),
    ("## **Bold Words** ##", True),
    ("__Bold Words:__", True),
    ("1.2 Cold Days", True),
    ("Warm feet keep you well.", False),
    ("Signs include:", False),
    ("signs of cold", False),
    ("“Warm feet, warm heart”", False),
    ("(See the picture)", False),
    ("By Ana Ruiz", False),
    ("Published 4 May 2020", False),
    ("write to ana@example.org", False),
    ("See www.example.org", False),
    ("12/05/2020", False),
    ("* * *", False),
    ("???", False),
    (
        "When you are cold you should know that warm feet are the best thing of all things",
        False,
    ),
    ("**Bold sentence.**", False),
    ("1.2 cold days", False),
    ("# " + "Long " * 50, False),
]


@pytest.mark.parametrize(("line", "is_heading"), HEADINGS)
def test_a_heading_is_told_from_a_short_paragraph(line: str, is_heading: bool) -> None:
    document = read(
        f"{line}\n\nThis is the text below that line, which goes on for a while.\n"
    )

    assert any(isinstance(block, Section) for block in document.blocks) is is_heading


@pytest.mark.parametrize("line", ["Warm and Dry", "Talk to us"])
def test_the_last_line_is_no_heading(line: str) -> None:
    assert not any(isinstance(block, Section) for block in read(line).blocks)


def test_short_lines_without_bodies_are_a_list_without_marks() -> None:
    tail = "These pass within a few days for most people.\n"

    assert outline(f"Common signs are:\n\nFever\n\n{tail}") == ["text"] * 3
    assert outline(f"Fever\n\nCough\n\nRash\n\n{tail}") == [
        "introduction",
        "introduction",
        "section h2 Rash",
        "text",
    ]
    assert outline("FEVER\n\nCOUGH\n\nRASH\n\nThese pass.\n")[0] == "section h2 FEVER"


TITLES = [
    ("Title\n\nText.", "Title"),
    ("# Title #\n\nText.", "Title"),
    ("Title\n=====\n\nText.", "Title"),
    ("=====\nTitle\n=====\n\nText.", "Title"),
    ("**Title**\n\nText.", "Title"),
    ("\n\n\n   Title\n\nText.", "Title"),
    ("Title\nText of the first paragraph.", "Title"),
    ("Title:\n\nText.", "Title"),
    ("A title that ends.\n\nText.", "A title that ends."),
    ("Only a Title", "Only a Title"),
    ("x" * 300 + "\n\nText.", "x" * 300),
    (
        "A first sentence that is much too long to be a title, as everybody can see at once.\n\nText.",
        None,
    ),
    ("Only text.", None),
    ("The signs are,\n\nText.", None),
    ("By Ana Ruiz\n\nText.", None),
    ("• item\n\nText.", None),
    ("Q: Why?\nA: So.", None),
    ("# 1. First Part\n\nText.", None),
    (
        "Wrapped text that goes on and on until the line is full and the rest is\nbelow it.\n\nText.",
        None,
    ),
    ("---\n", None),
]


@pytest.mark.parametrize(("source", "title"), TITLES)
def test_the_title_is_the_first_line_that_can_be_one(
    source: str, title: str | None
) -> None:
    document = read_text(source.encode())

    assert (document.title.text if document.title else None) == title
    assert rebuilt(document) == bare(source)


def test_numbered_lines_with_text_are_headings_below_no_other() -> None:
    assert outline("Treatments for Feet\n\n1. Socks\n\nText.\n\n2. Shoes\n\nText.\n") == [
        "section h2 Treatments for Feet", "section h3 Socks", "text", "section h3 Shoes", "text",
    ]  # fmt: skip


def test_bullets_with_text_are_items_below_a_heading_that_announces_them() -> None:
    assert outline("Benefits of Socks\n\n• Warm Feet\n\nText.\n\n• Dry Feet\n\nText.\n\nMore.\n") == [
        "section h2 Benefits of Socks", "benefits x2", "- Warm Feet", "- Dry Feet", "text",
    ]  # fmt: skip
    assert (
        outline("Socks\n\n• Warm Feet\n\nText.\n\n• Dry Feet\n\nText.\n")[1]
        == "bullet x1"
    )


def test_bold_lines_below_hashes_are_subsections() -> None:
    assert outline("## Socks\n\nText.\n\n**Warm Socks**\n\nText.\n\n2.1. Thin Socks\n\nText.\n") == [
        "section h2 Socks", "text", "section h3 Warm Socks", "text", "section h3 Thin Socks", "text",
    ]  # fmt: skip


def test_rules_and_underlines() -> None:
    assert outline("Socks\n~~~~~\n\nText.\n\n1. Shoes\n---------\n\nText.\n\nA sentence ends.\n---\n\n___\n") == [
        "section h2 Socks", "text", "section h2 Shoes", "text", "text", "rule", "rule",
    ]  # fmt: skip


def test_numbered_lines_below_a_list_are_headings() -> None:
    assert outline("• Socks\n\n1. Warm Socks\n\nText.\n\n2. Thin Socks\n\nText.\n") == [
        "bullet x1", "section h2 Warm Socks", "text", "section h2 Thin Socks", "text",
    ]  # fmt: skip


ANNOUNCED = [
    ("Benefits of tea:\n\n• Warm\n• Cheap", ["section h2 Benefits of tea", "benefits x2"]),
    ("The main benefits for you:\n\n- it is warm", ["section h2 The main benefits for you", "benefits x1"]),
    ("How it works:\n\n1. Warm: a\n2. Cheap: b", ["section h2 How it works", "mechanisms x2", "- Warm", "- Cheap"]),
    ("How it works:\n1. Warm: a", ["section h2 How it works", "mechanisms x1", "- Warm"]),
    ("Cómo funciona:\n\n1. Calor: a", ["section h2 Cómo funciona", "mechanisms x1", "- Calor"]),
    ("Tea has many benefits:\n\n• Warm", ["text", "bullet x1"]),
    ("The benefits of tea are:\n\n• Warm", ["text", "bullet x1"]),
    ("How it works in all the ways one knows:\n\n• Warm", ["text", "bullet x1"]),
    ("How it works:\n\nIt is warm.", ["text", "text"]),
    ("How it works;\n\n• Warm", ["text", "bullet x1"]),
    ("Text.\nHow it works:\n• Warm", ["text", "text", "bullet x1"]),
    ("How it works:\nthat one knows:\n\n• Warm", ["text", "text", "bullet x1"]),
    ("- a\n\n  How it works:\n\n  1. b", ["bullet x1", "text", "number x1"]),
    ("How Tea Works\n\nThe benefits of tea:\n\n1. Warm: a",
     ["section h2 How Tea Works", "mechanisms x1 with lead", "- Warm"]),
    ("How Tea Works\n\nTea can help through various mechanisms:\n\n1. Warm: a",
     ["section h2 How Tea Works", "mechanisms x1 with lead", "- Warm"]),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), ANNOUNCED)
def test_a_line_that_announces_a_list_is_its_heading(
    source: str, expected: list[str]
) -> None:
    assert (
        outline(f"Some text comes first here.\n\n{source}\n")[-len(expected) :]
        == expected
    )
