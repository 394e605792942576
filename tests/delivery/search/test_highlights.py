"""Where a page says what was looked for."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.delivery.search.highlights import (
    FRAGMENT_LENGTH,
    FRAGMENTS_MAX,
    LEAD_LENGTH,
    Fragment,
    find_fragments,
)
from health_content.delivery.search.passages import Passage
from health_content.delivery.search.terms import parse_terms


def shown(fragment: Fragment) -> str:
    return "".join(f"[{p.text}]" if p.is_match else p.text for p in fragment.parts)


def marked(text: str, query: str, language: str = "en") -> str:
    passages = [Passage(field="body", text=text)]
    fragments = find_fragments(passages, parse_terms(query, [language]), language)
    return shown(fragments[0])


@pytest.mark.parametrize(
    ("text", "query", "language", "expected"),
    [
        ("Backs hurt; the back too.", "back", "en", "[Backs] hurt; the [back] too."),
        ("Dolor CRÓNICO aquí", "cronico", "es", "Dolor [CRÓNICO] aquí"),
        ("Straßen", "strasse", "de", "[Straßen]"),
        ("cafe\u0301 noir", "café", "fr", "[cafe\u0301] noir"),
        ("low back pain, back", '"low back"', "en", "[low back] pain, back"),
        ("low back pain", 'back "low back pain"', "en", "[low back pain]"),
        ("The low", '"low back"', "en", "The low"),
        ("古代針灸治療法", "針灸治療", "en", "古代[針灸治療]法"),
        ("<b>&amp; bold", "bold", "en", "<b>&amp; [bold]"),
        ("nothing here", "pain", "en", "nothing here"),
        ("ألم الظهر", "ظهر", "ar", "ألم [الظهر]"),
    ],
)
def test_matches_are_marked(
    text: str, query: str, language: str, expected: str
) -> None:
    assert marked(text, query, language) == expected


def test_a_long_text_is_cut_between_words() -> None:
    found = marked("word " * 50 + "pain " + "word " * 50, "pain")

    assert found.startswith("…word ")
    assert found.endswith(" …")
    assert "word [pain] word" in found
    assert len(found) < FRAGMENT_LENGTH + LEAD_LENGTH


def test_the_title_and_the_best_others_are_chosen_in_order() -> None:
    texts = ["pain a", "none", "pain b", "back pain c", "pain d", "pain e"]
    passages = [Passage(field="title", text="Pain")]
    passages += [Passage(field="body", text=text) for text in texts]

    found = find_fragments(passages, parse_terms("back pain", ["en"]), "en")

    assert [shown(fragment) for fragment in found] == [
        "[Pain]", "[pain] a", "[pain] b", "[back] [pain] c",
    ]  # fmt: skip


def test_nothing_is_read_after_nothing_can_be_better() -> None:
    passages = [Passage(field="body", text="pain")] * FRAGMENTS_MAX

    found = find_fragments(
        [*passages, Passage(field="body", text="pain " * 9)],
        parse_terms("pain", ["en"]),
        "en",
    )

    assert [shown(fragment) for fragment in found] == ["[pain]"] * 3


def test_a_title_alone_needs_no_fragment() -> None:
    passages = [Passage(field="title", text="Knee")]

    assert find_fragments(passages, parse_terms("pain", ["en"]), "en") == []


@given(st.text(max_size=300), st.text(max_size=20))
def test_a_fragment_is_a_piece_of_its_text(text: str, query: str) -> None:
    passages = [Passage(field="body", text=text)]

    for fragment in find_fragments(passages, parse_terms(query, ["en"]), "en"):
        said = "".join(part.text for part in fragment.parts)
        assert said.removeprefix("…").removesuffix("…") in text
        assert all(part.text for part in fragment.parts)


@pytest.mark.parametrize("word", ["a", "針", "a-", "a'", "\u0301", '"a '])
def test_hostile_texts_cost_what_others_do(word: str) -> None:
    text = word * (100_000 // len(word))
    start = process_time()

    marked(text, f'{word} "{word} {word} {word}"')

    assert process_time() - start < 5
