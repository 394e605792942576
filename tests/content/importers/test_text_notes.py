# ruff: noqa: RUF001 - look-alike marks of real documents are what is tested
"""Rules of the text reader: a disclaimer or a callout."""

from __future__ import annotations

import pytest

from health_content.importers import vocabulary
from health_content.importers.document import Tone
from health_content.importers.text import read_text

from .describe import outline, read

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
