# ruff: noqa: RUF001 - look-alike marks of real documents are what is tested
"""One table a rule: what a few lines give."""

from __future__ import annotations

import re

import pytest

from health_content.importers import vocabulary
from health_content.importers.document import Document, ItemList, Section, Tone
from health_content.importers.text import read_text

from .describe import bare, describe, rebuilt


def read(body: str) -> Document:
    """Return the document of a title and *body*, the law checked."""
    source = "A Title for All\n\nAn introduction.\n\n" + body
    document = read_text(source.encode())
    assert rebuilt(document) == bare(source)
    return document


def outline(body: str) -> list[str]:
    """Return what *body* gives, without the lines every source here has, and without line numbers."""
    lines = describe(read(body)).splitlines()[2:-1]
    return [re.sub(r"(?<!from) \d+(-\d+)?(?= |$)", "", line).strip() for line in lines]


ROLES = [
    ("How Does It Work?", "1. Heat: x.", "mechanisms"),
    ("Why It Helps", "1. Heat: x.", "mechanisms"),
    ("WHY IT HELPS", "1) Heat relaxes.", "mechanisms"),
    ("Understanding How Heat Works", "1. Heat: x.", "mechanisms"),
    ("Mechanisms of Action", "(1) Heat: x.", "mechanisms"),
    ("How It Helps", "• Heat: x.", "bullet"),
    ("¿Por qué ayuda?", "1. Calor: x.", "mechanisms"),
    ("Benefits of Heat", "• Heat: x.", "benefits"),
    ("Five Advantages", "- it is warm", "benefits"),
    ("Five Benefits of Heat", "1. Heat: x.", "benefits"),
    ("Ventajas del calor", "• Calor: x.", "benefits"),
    ("How Heat Benefits You", "1. Heat: x.", "mechanisms"),
    ("How Heat Benefits You", "• Heat: x.", "benefits"),
    ("Other Ways", "1. Heat: x.", "approaches"),
    ("Other Ways", "1. **Heat** x.", "approaches"),
    ("Other Ways", "1. Heat – x.", "approaches"),
    ("Other Ways", "1. warm the room", "number"),
    ("Other Ways", "• Heat: x.", "bullet"),
    ("Other Ways", "1. See https://example.org/a for more", "number"),
    ("Other Ways", "1. Come at 10:30 or later", "number"),
    ("How to Apply Heat", "1. warm the pad", "steps"),
    ("How to Stay Warm", "1. Heat: x.", "approaches"),
    ("How do I stay warm?", "1. put on socks", "steps"),
    ("Cómo aplicar calor", "1. caliente la bolsa", "steps"),
    ("Steps", "1. Heat: x.", "steps"),
    ("References", "1. Smith J: Heat. 2001.", "number"),
]


@pytest.mark.parametrize(("heading", "item", "role"), ROLES)
def test_a_list_gets_its_role_from_heading_and_marks(
    heading: str, item: str, role: str
) -> None:
    assert outline(f"{heading}\n\n{item}\n")[1].split()[0] == role


def test_a_subsection_inherits_the_role_of_its_section() -> None:
    document = read(
        "## How It Works\n\nText.\n\n### In the Skin\n\n1. Heat: x.\n\n## Else\n\n### In Time\n\n1. Heat: x.\n"
    )

    sections = [block for block in document.blocks if isinstance(block, Section)]
    lists = [
        block
        for section in sections
        for block in section.blocks
        if isinstance(block, ItemList)
    ]
    assert [section.heading.level for section in sections] == [2, 3, 2, 3]
    assert [str(item_list.role) for item_list in lists] == ["mechanisms", "approaches"]


LABELS = [
    ("1. Heat: warms.", "Heat"),
    ("1. Heat:\n   warms.", "Heat"),
    ("1. Heat\n   Warms the joint.", "Heat"),
    ("1. Heat\n\n   Warms the joint.", "Heat"),
    ("1. Heat:\n   - warm\n   - dry", "Heat"),
    ("1. **Heat:** warms.", "Heat"),
    ("1. **Heat**: warms.", "Heat"),
    ("1. **Heat.** Warms.", "Heat"),
    ("1. __Heat__ warms.", "Heat"),
    ("1. Heat – warms.", "Heat"),
    ("1. St. John’s wort: lifts.", "St. John’s wort"),
    ("1. Warm the joint. Then: rest.", ""),
    ("1. " + "word " * 11 + ": text", ""),
    ("1. warm the joint", ""),
    ("1. Heat\n   - warm\n   - dry", ""),
]


@pytest.mark.parametrize(("item", "label"), LABELS)
def test_a_label_is_found(item: str, label: str) -> None:
    document = read(f"How It Works\n\n{item}\n")

    section = document.blocks[0]
    assert isinstance(section, Section)
    assert isinstance(section.blocks[0], ItemList)
    assert section.blocks[0].items[0].label == label


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


NOTES = [
    ("Note: This is no substitute for advice.", "disclaimer x1 Note"),
    ("NOTE: Ask your doctor first.", "disclaimer x1 NOTE"),
    ("Please note: results may vary.", "disclaimer x1 Please note"),
    ("Note: the end of the article.", "disclaimer x1 Note"),
    ("Disclaimer: none of this matters.", "disclaimer x1 Disclaimer"),
    ("Medical Disclaimer – none of this matters.", "disclaimer x1 Medical Disclaimer"),
    ("**Disclaimer:** none of this.", "disclaimer x1 Disclaimer"),
    ("**Disclaimer: none of this.**", "disclaimer x1 Disclaimer"),
    ("**Disclaimer:**\nNone of this.", "disclaimer x1 Disclaimer"),
    ("*Disclaimer: none of this.*", "disclaimer x1 Disclaimer"),
    ("(Disclaimer: none of this.)", "disclaimer x1 Disclaimer"),
    ("_Disclaimer: none of this\nmatters at all._", "disclaimer x1 Disclaimer"),
    (f"*Disclaimer: {'none ' * 12}* *\nof this.", "disclaimer x1 Disclaimer"),
    ("Disclaimer:\nNone of this.", "disclaimer x1 Disclaimer"),
    ("Disclaimer:\n\nNone.\n\n• of\n• this", "disclaimer x2 Disclaimer"),
    ("Disclaimer: One.\n\nNever delay seeing your doctor.", "disclaimer x2 Disclaimer"),
    ("Nota: No sustituye el consejo médico.", "disclaimer x1 Nota"),
    (
        "Descargo de responsabilidad: Solo informa.",
        "disclaimer x1 Descargo de responsabilidad",
    ),
    ("Tip: Wear socks.", "callout x1 Tip"),
    ("Warning: Do not burn yourself.", "callout x1 Warning"),
    ("Tip:\n\nWear socks.", "callout x1 Tip"),
]


@pytest.mark.parametrize(("line", "expected"), NOTES)
def test_a_note_is_a_disclaimer_or_a_callout(line: str, expected: str) -> None:
    assert [
        found
        for found in outline(f"Warm Feet\n\nText.\n\n{line}\n")
        if found.split()[0] in {"disclaimer", "callout"}
    ] == [expected]


def test_a_remark_in_the_middle_stays_where_it_stands() -> None:
    assert outline("Warm Feet\n\nText.\n\nNote: Socks come in pairs.\n\nMore text.\n\nCold Feet\n\nText.\n") == [
        "section h2 Warm Feet", "text", "callout x1 Note", "text", "section h2 Cold Feet", "text",
    ]  # fmt: skip


def test_a_remark_in_an_answer_stays_in_the_answer() -> None:
    assert outline("Q: Why?\nA: So.\n\nTip: Wear socks.\n\nQ: When?\nA: Now.\n") == [
        "questions x2", "? Why?", "text", "text", "? When?", "text",
    ]  # fmt: skip


def test_a_label_in_a_sentence_is_no_note() -> None:
    assert outline("Warm Feet\n\nText.\n\n(Note: an open bracket\n\nnote: in small letters\n") == [
        "section h2 Warm Feet", "text", "text", "text",
    ]  # fmt: skip


def test_text_after_two_blank_lines_is_no_part_of_a_disclaimer() -> None:
    assert outline("Warm Feet\n\nText.\n\nDisclaimer: One.\n\n\nAsk your doctor.\n")[
        1:3
    ] == ["text", "text"]


def test_a_disclaimer_before_the_text_is_leading() -> None:
    document = read_text(
        b"Title\n\nDisclaimer: One.\n\nText.\n\nWarm\n\nText.\n\nDisclaimer: Two.\n"
    )

    assert [found.is_leading for found in document.disclaimers] == [True, False]


def test_a_disclaimer_without_words_is_left_to_a_person() -> None:
    document = read(
        "Warm Feet\n\nText.\n\nDisclaimer:\n\n---\n\n## Legal Notice\n\n## Next\n\nText.\n"
    )

    assert [(line.line, line.text) for line in document.unmapped] == [
        (9, "Disclaimer :"),
        (13, "## Legal Notice"),
    ]


def test_tones() -> None:
    tones = [
        vocabulary.callout_tone(label)
        for label in ("Tip", "Warning", "CAUTION", "Atención", "Important")
    ]

    assert tones == [Tone.INFO, Tone.WARNING, Tone.WARNING, Tone.WARNING, Tone.INFO]


REPLIES = [
    ("Leave a Reply", True),
    ("LEAVE A COMMENT", True),
    ("## Leave a Reply", True),
    ("**Leave a Reply**", True),
    ("Leave a Reply Cancel reply", True),
    ("Leave your comment below!", True),
    ("Post a Comment", True),
    ("3 Comments", True),
    ("Comments (12)", True),
    ("2 thoughts on “Warm Feet”", True),
    ("No comments yet", True),
    ("Join the discussion", True),
    ("Deja un comentario", True),
    ("Leave a Reply\n\nComments are closed.", False),
    ("Comments are closed", False),
    ("Los comentarios están cerrados.", False),
    ("Comments from patients help us", False),
    ("", False),
]


@pytest.mark.parametrize(("line", "is_open"), REPLIES)
def test_replies_are_open_when_the_source_says_so(line: str, is_open: bool) -> None:
    assert read(f"Warm Feet\n\nText.\n\n{line}\n").replies_open is is_open


def test_what_follows_the_replies_is_residue_or_left_to_a_person() -> None:
    document = read(
        "Warm Feet\n\nText.\n\nLeave a Reply\n\nName *\nEmail *\n\n---\n\n• An item\n\nAna says:\nGood.\n\n"
        "Comments\n\n7 + 2 =\n\nDisclaimer: No advice.\n\nMore of it.\n"
    )

    assert [(mark.kind.value, mark.span.start) for mark in document.marks] == [
        ("replies", 9), ("form", 11), ("rule", 14), ("replies", 21), ("form", 23),
    ]  # fmt: skip
    assert [(line.line, line.text) for line in document.unmapped] == [
        (16, "• An item"), (18, "Ana says:"), (19, "Good."), (27, "More of it."),
    ]  # fmt: skip
    assert len(document.disclaimers) == 1


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


LISTS = [
    ("1. a\n1. b\n1. c", ["number x3"]),
    ("1. a\n2. b\n\n1. c\n2. d", ["number x2", "number x2"]),
    ("  9. a\n 10. b", ["number x2 from 9"]),
    ("1. a\n   2. b", ["number x2"]),
    ("• a\n- b\n- c\n• d", ["bullet x2", "bullet x2"]),
    ("• a\n\n- b", ["bullet x2"]),
    ("1. a\n- b\n2. c", ["number x2", "bullet x1"]),
    ("1. a\n\n- b\n\n2. c", ["number x2", "bullet x1"]),
    ("1. a\n\n- b", ["number x1", "bullet x1"]),
    ("1. a:\n\n- b", ["number x1", "bullet x1"]),
    ("  • a\n • b\n  • c", ["bullet x3"]),
    ("• a\n  1. b\n  2. c\n\n  1. d", ["bullet x1", "number x2", "number x1"]),
    ("• a\n  - b\n  + c", ["bullet x1", "bullet x1", "bullet x1"]),
    ("i. a\nii. b", ["letter x2"]),
    ("ii) a\niii) b\niv) c", ["letter x3 from 2"]),
    ("• a\n\n  more\n\n    - b\n\n  again", ["bullet x1", "text", "bullet x1", "text"]),
    ("✔️ a\n✔️ b", ["bullet x2"]),
    ("[1] a\n[2] b", ["number x2"]),
]


@pytest.mark.parametrize(("source", "expected"), LISTS)
def test_lists_nest_by_indent_and_by_marks(source: str, expected: list[str]) -> None:
    assert outline(f"Other Things\n\n{source}\n")[1:] == expected


def test_lists_stop_nesting_where_no_reader_follows() -> None:
    source = "\n".join("  " * depth + f"- item {depth}" for depth in range(200))

    assert [line.split()[0] for line in outline(f"Other Things\n\n{source}\n")[1:]] == [
        "bullet"
    ] * 5


WRAPS = [
    (
        "Feet stay warm in dry socks, and people who walk a lot in winter since the\n1990. year know.",
        ["text"],
    ),
    (
        "Feet stay warm in dry socks, and people who walk a lot in winter know it\n- and so do we - quite well.",
        ["text"],
    ),
    (
        "Feet stay warm in dry socks, and people who walk a lot in winter say that:\n- socks\n- shoes",
        ["text", "bullet x2"],
    ),
    (
        "Feet stay warm in dry socks, and people who walk a lot in winter use them\n1. daily",
        ["text", "number x1"],
    ),
    (
        "1. Feet stay warm in dry socks, and people who walk a lot in winter know\n20. of this.\n2. b",
        ["number x2"],
    ),
    (
        "1. Feet stay warm in dry socks, and people who walk a lot in winter knows\nb) of this.\n2. b",
        ["number x2"],
    ),
    (
        "• Feet stay warm in dry socks, and people who walk a lot in winter knowss\nb) of this.",
        ["bullet x1", "letter x1 from 2"],
    ),
    (
        "Feet stay warm in dry socks, and people who walk a lot in winter take\nnote: this is so.",
        ["text"],
    ),
    (
        "Feet stay warm in dry socks and people who walk a lot in winter take a\nNote: this is so.",
        ["text"],
    ),
    ("First Clinic\n12 Street\nTown", ["text"]),
    ("• item\nThe end of it all.", ["bullet x1", "text"]),
    ("• item\n  and more of it", ["bullet x1"]),
    (
        "Feet stay warm in dry socks, and people who walk a lot in winter\n\nknow it quite well.",
        ["text"],
    ),
    ("Feet are warm.\n\nand dry.", ["text", "text"]),
    ("One paragraph ends.\nAnother begins.", ["text", "text"]),
]


@pytest.mark.parametrize(("source", "expected"), WRAPS)
def test_a_line_feed_is_a_wrap_or_meant(source: str, expected: list[str]) -> None:
    filler = "Warm feet need warm socks, which is why we always keep a pair of them by\nthe door in winter.\n\n"

    assert outline(f"Other Things\n\n{filler}{source}\n")[2:] == expected


def test_a_source_that_does_not_wrap_has_one_paragraph_a_line() -> None:
    long = (
        "Feet stay warm in dry socks, and people who walk a lot in winter know it. " * 3
    )

    assert outline(f"Other Things\n{long}\n{long}\nCold Feet\n{long}\n") == [
        "section h2 Other Things", "text", "text", "section h2 Cold Feet", "text",
    ]  # fmt: skip


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


def test_a_paragraph_that_leads_into_a_list_is_no_introduction() -> None:
    assert describe(read_text(b"Title\n\nThese help:\n\n- socks\n\nWarm Feet\n\nText.\n")).splitlines() == [
        "title: Title", "text 3", "bullet 5 x1", "section 7-9 h2 Warm Feet", "  text 9", "replies: closed",
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


STEPS = [
    ("Do this:\n\nStep 1: Boil water\nStep 2: Add tea", ["steps x2 with lead"]),
    ("STEP 1 – Boil it.\n\n**Paso 2.** Wait.", ["steps x2"]),
    ("Step 1: Boil\n\nPut it on.\n\nStep 2: Add\n\nPut it in.", ["steps x2", "- Boil", "- Add"]),
    ("**Step 1: Boil", ["text"]),
    ("Step 1:", ["text"]),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), STEPS)
def test_numbered_steps_are_a_list_of_steps(source: str, expected: list[str]) -> None:
    assert outline(f"## Tea\n\n{source}\n")[1:] == expected


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
