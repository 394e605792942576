# ruff: noqa: RUF001 - look-alike marks of real documents are what is tested
"""Rules of the text reader: a list gets its role, its labels and its nesting."""

from __future__ import annotations

import pytest

from health_content.importers.document import ItemList, Section

from .describe import outline, read

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
    ("References", "1. Smith J: Heat. 2001.", "references"),
    ("References", "[1] Smith J. Heat. 2001.", "references"),
    ("Fuentes", "• Smith J. Heat. 2001.", "references"),
    ("References", "1. Smith J. **Heat**. 2001.", "number"),
    ("References", "[4] Smith J. Heat. 2001.", "number"),
    ("References", "1. Smith J. " + "Heat. " * 90, "number"),
    ("References", "- Smith J.\n\n  - Heat.", "bullet"),
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


@pytest.mark.parametrize(
    ("item", "role"),
    [
        ("1. Heat: x.\n2. Rest: y.\n4. Tea: z.", "approaches"),
        ("1. warm the room\n2. rest", "number"),
        ("• Heat: x.", "benefits"),
    ],
)
def test_numbers_below_a_heading_of_their_own_are_no_benefits(
    item: str, role: str
) -> None:
    lines = outline(f"## Key Benefits\n\n• Sleep: x.\n\n### What helps?\n\n{item}\n")

    assert lines[lines.index("section h3 What helps?") + 1].split()[0] == role


def test_benefits_with_mixed_marks_are_one_flat_list() -> None:
    assert outline("Key Benefits\n\n• Warm: x.\n– Dry: y.\n* Soft: z.\n")[1:] == [
        "benefits x3", "- Warm", "- Dry", "- Soft",
    ]  # fmt: skip


@pytest.mark.parametrize("indent", ["", "  "])
def test_a_wrapped_item_goes_on_with_a_space(indent: str) -> None:
    document = read(f"Causes\n\n- a twist\n{indent}that goes wrong\n- a fall\n")

    section = document.blocks[0]
    assert isinstance(section, Section)
    assert isinstance(section.blocks[0], ItemList)
    first, last = (item.blocks[0] for item in section.blocks[0].items)
    assert (first.text, last.text) == ("a twist that goes wrong", "a fall")


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


LISTS = [
    ("1. a\n1. b\n1. c", ["number x3"]),
    ("1. a\n2. b\n\n1. c\n2. d", ["number x2", "number x2"]),
    ("  9. a\n 10. b", ["number x2 from 9"]),
    ("1. a\n   2. b", ["number x2"]),
    ("• a\n- b\n- c\n• d", ["bullet x4"]),
    ("• a:\n- b\n- c\n• d", ["bullet x2", "bullet x2"]),
    ("• a\n– b\n* c", ["bullet x3"]),
    ("• a\n\n- b", ["bullet x2"]),
    ("1. a\n- b\n2. c", ["number x2", "bullet x1"]),
    ("1. a\n\n- b\n\n2. c", ["number x2", "bullet x1"]),
    ("1. a\n\n- b", ["number x1", "bullet x1"]),
    ("1. a:\n\n- b", ["number x1", "bullet x1"]),
    ("  • a\n • b\n  • c", ["bullet x3"]),
    ("• a\n  1. b\n  2. c\n\n  1. d", ["bullet x1", "number x2", "number x1"]),
    ("• a\n  - b\n  + c", ["bullet x1", "bullet x2"]),
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
