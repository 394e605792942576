"""Rules of the text reader: a question and its answer."""

from __future__ import annotations

import pytest

from .describe import outline, read

QUESTIONS = [
    "Q: Why?\nA: So.",
    "Q. Why?\nA. So.",
    "Q) Why?\nA) So.",
    "Q - Why?\nA - So.",
    "Q1: Why?\nA1: So.",
    "Question: Why?\nAnswer: So.",
    "**Q: Why?**\nA: So.",
    "**Q:** Why?\n**A:** So.",
    "1. Q: Why?\n   A: So.",
    "- Q: Why?\n- A: So.",
    "Q: Why? A: So.",
    "### Q: Why?\n\nSo.",
    "P: ¿Por qué?\nR: Así.",
    "Q: Why?\n\nSo.",
    "FAQ\n\nWhy not?\n\nSo.",
    "FAQ\n\ncan I swim?\n\nSo.",
    "FAQ\n\ncan I swim?\nso it is",
    "FAQ\n\nWhy not?\nSo it is.",
    "FAQ\n\n**Why not?**\n\nSo.",
    "FAQ\n\n**Why not?** So.",
    "FAQ\n\n### Why not?\n\nSo.",
    "FAQ\n\n1. Why not?\n   So.",
    "FAQ\n\n1. Why not? So.",
    "FAQ\n\n• Why not?\n\nSo.",
    "FAQ\n\n+ Why not?\n  So.",
    "FAQs About Feet\n\nWhy not?\n\nSo.",
    "People Also Ask\n\nWhy not?\n\nSo.",
    "FAQ\n\nAbout Socks\n\nWhy not?\n\nSo.",
    "Here are answers:\n\nQ: Why?\nA: So.",
]


@pytest.mark.parametrize("source", QUESTIONS)
def test_a_question_and_its_answer_are_found(source: str) -> None:
    lines = outline(source)

    assert [line for line in lines if line.startswith("questions")] == ["questions x1"]
    assert lines[-1] == "text"


def test_a_question_is_never_too_long_for_its_block() -> None:
    long = "word " * 60
    document = read(
        f"Q: {long}? Yes, {long}\nA: So.\n\nQ: {'x' * 500}\nA: So.\n\nQ: Why {long}\n"
    )
    faq = document.blocks[0]

    assert all(len(item.text) <= 200 for item in faq.items)


def test_questions_to_a_doctor_are_a_list_and_no_answers() -> None:
    assert (
        outline(
            "Common Questions to Ask Your Doctor\n\n• Is it safe?\n• Does it hurt?\n"
        )[1]
        == "bullet x2"
    )


def test_a_list_of_other_things_in_questions_is_part_of_the_answer() -> None:
    assert outline("FAQ\n\nWhy not?\n\n• Is it? Yes.\n• no\n\nWorried? Many are. Call us.\n") == [
        "section h2 FAQ", "questions x1", "? Why not?", "bullet x2", "text",
    ]  # fmt: skip


def test_an_answer_without_a_question_is_text() -> None:
    assert outline("Warm Feet\n\nA: So.\n\nR: So.\n") == [
        "section h2 Warm Feet",
        "text",
        "text",
    ]


def test_a_list_in_an_answer_does_not_swallow_the_next_question() -> None:
    answers = "1. What is it?\n\nA cold.\n\n2. Is it treated?\n\nIn these ways:\n\n1. Rest\n2. Tea\n\n3) Is it rest?\n\nBy these means:\n\n1. Bed\n"
    last = "\n4) Is tea enough?\n\nRarely.\n"

    assert outline(f"FAQ\n\n{answers}{last}") == [
        "section h2 FAQ", "questions x4", "? What is it?", "text", "? Is it treated?", "text", "number x2",
        "? Is it rest?", "text", "number x1", "? Is tea enough?", "text",
    ]  # fmt: skip


def test_numbered_questions_that_begin_again_are_others() -> None:
    one = "1. What is it?\n\nA cold.\n\n2. Is it bad?\n\nNo.\n\n1. Rest\n\n"

    assert [line for line in outline(f"FAQ\n\n{one}1. Why?\n\nSo.\n\n2. When?\n\nNow.\n\n1. Tea\n") if line[0] in "q?"] == [
        "questions x4", "? What is it?", "? Is it bad?", "? Why?", "? When?",
    ]  # fmt: skip


THREE = "What is it?\n\nA drink.\n\nWho drinks it?\n\nAll.\n\n"


SECTIONS = ["section h2 What is it?", "section h2 Who drinks it?"]


ASKED = ["questions x3", "? What is it?", "? Who drinks it?", "? Is it warm?"]


NUMBERED = "1. What is it?\nA drink.\n\n2. Who drinks it?\nAll.\n\n3. Is it warm?\nBy these means:\n1. Fire\n2. Sun\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (THREE + "Is it warm?\n\nYes.", ASKED),
        (THREE + "Is it warm?\n\nYes.\n\nLast Words\n\nText.", [*ASKED, "section h2 Last Words"]),
        (NUMBERED, ASKED),
        ("## What is it?\nA: A drink.\n\n## Who drinks it?\nA: All.\n\n## Is it warm?\nA: Yes.", ASKED),
        (THREE + "Last Words\n\nText.", [*SECTIONS, "section h2 Last Words"]),
        (THREE + "Is it warm?\n\nA drink.\n\nAll.\n\nAll of these.", [*SECTIONS, "section h2 Is it warm?"]),
        (THREE + "Is it warm?\n\nIn these ways:\n\n- a", [*SECTIONS, "section h2 Is it warm?"]),
        ("## What is it?\n\nA drink.\n\n## Who drinks it?\n\nAll.\n\n## Is it warm?\n\nYes.\n\n### In Time\n\nText.",
         [*SECTIONS, "section h2 Is it warm?", "section h3 In Time"]),
        ("## What is it?\n\nA drink.\n\n## Who drinks it?\n\nAll.\n\n## Is it warm?\n\nYes.\n\n# Time\n\nText.",
         [line.replace("section h2 ", "? ") for line in ASKED] + ["section h2 Time"]),
        ("## What is it?\n\n## Who drinks it?\n\n## Is it warm?", [*SECTIONS, "section h2 Is it warm?"]),
    ],
)  # fmt: skip
def test_short_answers_to_headings_that_ask_are_questions(
    source: str, expected: list[str]
) -> None:
    found = [line for line in outline(f"{source}\n") if line[0] in "?qs"]

    assert found == expected
