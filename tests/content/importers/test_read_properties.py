# ruff: noqa: RUF001 - look-alike marks of real documents are what is tested
"""Laws that hold for every source, not only for articles somebody thought of."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from health_content.importers.document import Document, DocumentError, fragments
from health_content.importers.text import read_text

from .describe import bare, marks, rebuilt

if TYPE_CHECKING:
    from collections.abc import Callable

MARK = re.compile(
    r"""(?:
      [•‣⁃∙◦●○■□▪▫◾◽►▶▸➢➤➔→✓✔✅☑☐★☆✦❖·*+–—−o-]\ufe0f?        # bullets
    | [(\[]?(?:\d{1,3}|[a-zA-Z]|[ivx]{2,5})[)\].:]{1,2} | \d{1,2}\s?[-–—:]
    | \d{1,2}(?:\.\d{1,2}){1,3}[.)]?                          # 2.1
    | \#{1,6} | \*{1,3} | _{1,3} | [:：] | [-=~_*•·+–—\#\s]{3,} | [-–—]
    | [(\[)\]*_]{1,3} | \|(?:[\s:|-]*\|)?
    | (?:Q|A|P|R|Ans|Question|Answer|QUESTION|ANSWER|Pregunta|PREGUNTA|Respuesta|RESPUESTA)
      \s?\d{0,3}\s?[:.)–—-]
    | (?:Step|STEP|Paso|PASO)\s\d{1,3}\s?[:.)–—-]
    | \s )+""",
    re.VERBOSE,
)

words = st.sampled_from(
    [
        "water",
        "rest",
        "pain",
        "Sleep",
        "often",
        "joints",
        "helps",
        "because",
        "“smart”",
        "it’s",
        "20",
        "mg",
        "día",
        "café",
    ]
)
sentence = st.lists(words, min_size=2, max_size=14).map(
    lambda w: " ".join(w).capitalize() + "."
)
heading = st.sampled_from(
    [
        "Understanding Rest", "How Does Rest Help?", "The Benefits of Rest", "Other Approaches", "FAQ",
        "Why Sleep Matters", "REST", "Steps to Take", "Disclaimer", "References", "¿Cómo funciona el sueño?",
    ]
)  # fmt: skip
marker = st.sampled_from(
    [
        "1. ",
        "2) ",
        "(3) ",
        "(a) ",
        "b) ",
        "• ",
        "– ",
        "* ",
        "- ",
        "ii. ",
        "[1] ",
        "o ",
        "Step 1: ",
        "**Paso 2.** ",
    ]
)
indent = st.sampled_from(["", "  ", "\t", "      "])
line = st.one_of(
    sentence,
    heading,
    st.tuples(indent, marker, sentence).map("".join),
    st.tuples(indent, marker, words, st.just(": "), sentence).map("".join),
    st.tuples(st.sampled_from(["# ", "## ", "### "]), heading).map("".join),
    heading.map(lambda text: f"**{text}**"),
    st.tuples(st.sampled_from(["Q: ", "**Q:** ", "Q1. ", "Question: "]), words, st.just("?")).map("".join),
    st.tuples(st.sampled_from(["A: ", "Answer: ", "A. "]), sentence).map("".join),
    st.tuples(
        st.sampled_from(["Note: ", "**Disclaimer:** ", "*Nota:* ", "(Note: ", "Tip: ", "Disclaimer:"]), sentence
    ).map("".join),
    st.sampled_from(["---", "=====", "* * *", "Leave a Reply", "Comments are closed.", "Name *", "•", "1.", ""]),
    st.sampled_from(["| a | b |", "|---|---|", "| a | b |\n|---|:-:|\n| Rest. | Why? |", "| a |\n| - |\n||", "|||"]),
    st.text(max_size=12),
)  # fmt: skip
article = st.lists(
    st.tuples(line, st.sampled_from(["\n", "\n\n", "\n\n\n"])).map("".join), max_size=25
).map("".join)


def read_or_refuse(data: bytes) -> Document | DocumentError:
    """Return the document of *data*, or why there is none."""
    try:
        return read_text(data)
    except DocumentError as error:
        return error


def assert_is_source(source: str) -> None:
    """Assert that the document of *source* is the source; what cannot be read is refused."""
    data = source.encode("utf-8", "surrogatepass")
    document = read_or_refuse(data)
    if isinstance(document, DocumentError):
        assert document.code in {"import.empty", "import.binary", "import.encoding"}
        assert "\n" not in str(document)
        return
    assert rebuilt(document) == bare(data.decode("utf-8-sig"))
    lines = source.count("\n") + source.count("\r") + 1
    assert all(1 <= fragment.line <= lines for fragment in fragments(document))


@given(article)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_article_is_its_source(source: str) -> None:
    assert_is_source(source)


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_its_source(source: str) -> None:
    assert_is_source(source)


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    document = read_or_refuse(data)

    if isinstance(document, DocumentError):
        assert "\n" not in str(document)
    else:
        assert rebuilt(document) == bare(data.decode("utf-8-sig"))


@given(article)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_marks_hold_no_words(source: str) -> None:
    """Only bullets, numbers, Q and A, and the lines of the reply form leave the text."""
    document = read_or_refuse(source.encode("utf-8", "surrogatepass"))
    assume(isinstance(document, Document))
    lines = {mark.text for mark in document.marks}

    assert [
        m for m in marks(document) if m not in lines and not MARK.fullmatch(m)
    ] == []


HOSTILE: dict[str, Callable[[int], str]] = {
    "short lines": lambda n: "word\n" * n,
    "headings": lambda n: "HEADING\n\n" * n,
    "items": lambda n: (
        "How it works\n\n" + "".join(f"{i % 999 + 1}. Item\n" for i in range(n))
    ),
    "numbered lines with text": lambda n: "".join(
        f"{i % 999 + 1}. Item\n\ntext\n\n" for i in range(n)
    ),
    "deep indents": lambda n: (
        "T\n\n" + "".join(" " * (i % 400) + "- x\n" for i in range(n))
    ),
    "changing bullets": lambda n: (
        "T\n\n" + "".join(" " * (i % 40) + "-•*"[i % 3] + " x\n" for i in range(n))
    ),
    "questions": lambda n: "Q: a?\nA: b\n" * n,
    "questions under a heading": lambda n: "FAQ\n\n" + "Is it?\n\nYes.\n\n" * n,
    "notes": lambda n: "Note: x\n\n" * n,
    "residue": lambda n: "T\n\nx.\n\nLeave a Reply\n\n" + "Name\n" * n,
    "one long line": lambda n: "x" * (n * 50),
    "one line of spaces": lambda n: " " * (n * 50) + "x",
    "one line of stars": lambda n: "** a " * (n * 10),
    "one line of colons": lambda n: "- " + "a: " * (n * 10),
    "one line of questions": lambda n: "FAQ\n\n" + "a? " * (n * 10),
    "one line of advice": lambda n: "Note: " + "consult ask talk " * (n * 5),
    "one line of brackets": lambda n: "([" * (n * 10),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_work_grows_with_the_source(name: str) -> None:
    """Twice the source is about twice the lines of Python run; quadratic work would be four times."""
    once, twice = (work(HOSTILE[name](n).encode()) for n in (150, 300))

    assert twice < once * 2.6 + 2000


def work(data: bytes) -> int:
    """Return how many lines of Python the reader runs on *data*."""
    count = 0

    def local(_frame: object, event: str, _arg: object) -> Callable[..., object]:
        nonlocal count
        count += event == "line"
        return local

    before = sys.gettrace()
    sys.settrace(local)
    try:
        read_text(data)
    finally:
        sys.settrace(before)
    return count


def test_two_megabytes_on_one_line_are_read() -> None:
    document = read_text(b"Title\n\n" + b"word. " * 340_000)

    assert [p.span.start for p in document.introduction] == [3]


def test_a_hundred_thousand_lines_are_read() -> None:
    document = read_text(b"Title\n\n" + b"- item\n" * 100_000)

    assert document.blocks[0].span.end == 100_002
