"""What readers type."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.delivery.search.expressions import (
    fts5_expression,
    tsquery_expression,
)
from health_content.delivery.search.terms import CLAUSES_MAX, Terms, parse_terms


def asked(text: str, *languages: str) -> tuple[list[list[str]], list[list[str]]]:
    terms = parse_terms(text, languages or ("en",))
    required = [[" ".join(a) for a in clause.alternatives] for clause in terms.required]
    excluded = [[" ".join(a) for a in clause.alternatives] for clause in terms.excluded]
    return required, excluded


@pytest.mark.parametrize(
    ("text", "required", "excluded"),
    [
        ("back  pains", [["back"], ["pain"]], []),
        ("back BACK backs", [["back"]], []),
        ('"low back" pain', [["low back"], ["pain"]], []),
        ("“low back”", [["low back"]], []),
        ('"never closed', [["never close"]], []),
        ("low-back", [["low"], ["back"]], []),
        ("pain -surgery", [["pain"]], [["surgeri"]]),
        ('pain -"low back"', [["pain"]], [["low back"]]),
        ("pain -low-back", [["pain"]], [["low back"]]),
        ("針灸治療", [["針灸 灸治 治療"]], []),
        ("針灸 治療", [["針灸"], ["治療"]], []),
        ("- -- \"\" ''", [], []),
        ("\N{GRINNING FACE}", [], []),
    ],
)
def test_queries_are_read(
    text: str, required: list[list[str]], excluded: list[list[str]]
) -> None:
    assert asked(text) == (required, excluded)


def test_each_language_has_its_own_terms() -> None:
    assert asked("surgery", "en", "es") == ([["surgeri", "surgery"]], [])
    assert asked("2024", "en", "es") == ([["2024"]], [])
    assert parse_terms('"low back"', ["en"]).required[0].is_phrase is True
    clause = parse_terms("remedies", ["en", "es"]).required[0]
    assert (clause.words, clause.is_phrase) == (("remedies",), False)


def test_what_is_too_much_is_left_out() -> None:
    words = " ".join(f"w{n}" for n in range(200))

    assert len(parse_terms(words, ["en"]).required) == CLAUSES_MAX
    assert len(parse_terms("-".join(["a"] * 200), ["en"]).required) == 1


def test_expressions() -> None:
    terms = parse_terms('surgery "low back" -knee -hip', ["en", "es"])

    assert fts5_expression(terms, "body") == (
        '({body} : (("surgeri" OR "surgery") AND ("low back"))) NOT ("knee" OR "kne") NOT ("hip")'
    )
    assert tsquery_expression(terms.required) == (
        "(('surgeri') | ('surgery')) & (('low' <-> 'back'))"
    )
    assert tsquery_expression(terms.excluded, operator="|") == (
        "(('knee') | ('kne')) | (('hip'))"
    )


@given(st.text(max_size=60))
def test_whatever_is_typed_is_no_syntax_error(text: str) -> None:
    terms = parse_terms(text, ["en", "es"])

    if terms.required:
        with closing(sqlite3.connect(":memory:")) as database:
            database.execute("CREATE VIRTUAL TABLE t USING fts5(body)")
            expression = fts5_expression(terms, "body")
            database.execute("SELECT * FROM t WHERE t MATCH ?", [expression])
    assert terms == Terms(required=terms.required, excluded=terms.excluded)
