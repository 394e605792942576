"""Texts to words and terms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.delivery.search.words import (
    WORD_MAX_LENGTH,
    find_words,
    fold,
    make_term,
    text_terms,
    word_spans,
    word_texts,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't stop: low-back!", ["Don't", "stop", "low", "back"]),
        ("_a_ b12 'quoted'", ["a", "b12", "quoted"]),
        ("cafe\u0301 नमस्ते", ["cafe\u0301", "नमस्ते"]),
        ("針灸治療", ["針灸", "灸治", "治療"]),
        ("針", ["針"]),
        ("vitamin針灸B", ["vitamin", "針灸", "B"]),
        ("\N{GRINNING FACE} ?!", []),
    ],
)
def test_words_are_found(text: str, words: list[str]) -> None:
    assert [word.text for word in find_words(text)] == words


def test_pairs_of_a_run_are_joined() -> None:
    words = list(find_words("ab 針灸治 漢字"))

    assert [(w.text, w.is_joined) for w in words] == [
        ("ab", False), ("針灸", False), ("灸治", True), ("漢字", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "language", "term"),
    [
        ("Treatments", "en", "treatment"),
        ("treated", "en-GB", "treat"),
        ("Medicación", "es", "medic"),
        ("medicaciones", "es", "medic"),
        ("medicacion", "es", "medic"),
        ("Straße", "de", "strass"),
        ("STRASSE", "de", "strass"),
        ("ﬁne", "xx", "fine"),
        ("½", "en", "12"),
        ("patient\N{RIGHT SINGLE QUOTATION MARK}s", "en", "patient"),
        ("l'eau", "fr", "eau"),
        ("針灸", "ja", "針灸"),
    ],
)
def test_words_become_terms(word: str, language: str, term: str) -> None:
    assert make_term(word, language) == term


def test_long_words_are_cut() -> None:
    assert len(make_term("a" * 1_000, "xx")) == WORD_MAX_LENGTH


def test_characters_without_spaces_are_terms_too() -> None:
    assert list(text_terms("針灸 is old", "en")) == ["針灸", "is", "old", "針", "灸"]
    assert list(text_terms("\ufe70 2", "en")) == ["2"]


@given(st.text())
def test_words_lie_in_their_text_in_order(text: str) -> None:
    words = list(find_words(text))

    assert all(text[word.start : word.end] == word.text for word in words)
    assert word_spans(text) == [(word.start, word.end) for word in words]
    assert word_texts(text) == [word.text for word in words]
    starts = [word.start for word in words]
    assert starts == sorted(set(starts))


@given(st.text(min_size=1, max_size=20))
def test_folding_is_stable_and_leaves_no_syntax(word: str) -> None:
    folded = fold(word)

    assert fold(folded) == folded
    assert not set(folded) & set("\"'*()&|!<>:^-\0 ")
