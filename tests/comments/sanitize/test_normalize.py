"""One spelling, nothing invisible, nothing that reverses a line."""

# ruff: noqa: RUF001 - letters that look alike are what is tested.

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.normalize import normalize_line, normalize_text

TRICKY = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "&#x0123456789abcdefX;; \t\n\r\u2028\u0085eaK\u212aﬀ"
            "\u0301\u0323\u0344\u0327\u0338\u200b\u200c\u200d\u202e\ufeff\ufe0f\u1100\u1161\u11a8"
            "\ud800\udfff\ufffe\U0001f469\U0001f4bb\U000e0041<>;\u037e\u1fef`"
        ),
        st.characters(),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\u2028b\u2029c", "a\nb\nc"),
        ("e\u0301", "é"),
        ("a\x00b\x08c\x0bd\x1fe\x7ff\x85g\x9fh", "abcdefgh"),
        ("a\tb", "a\tb"),
        ("\u202egpj.exe\u202c \u2066x\u2069 \u200fy\u200e", "gpj.exe x y"),
        ("a\u200bb\u2060c\ufeffd\xade", "abcde"),
        ("\U000e0041\U000e007fx", "x"),
        ("a\ufffeb\U0001ffffc\ufdd0d", "abcd"),
        ("\ud800a\udfffb", "ab"),
        ("a" + "\u0301" * 9 + "b", "á\u0301\u0301\u0301b"),
        ("x" + "\u0302" * 4 + "\u200d" + "\u0302" * 4, "x" + "\u0302" * 4 + "\u200d"),
        ("\u0344" * 5, "\u0308\u0301\u0308\u0301"),
        ("\n\n  a\n b \n\n", "  a\n b"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d💻 ok", "👩\u200d💻 ok"),
        ("via\u200cgra \u200d\u200cx", "viagra x"),
        ("\u200d\u200cक\u200d\u200dष", "क\u200dष"),
        ("", ""),
    ],
)
def test_text_is_spelled_one_way(raw: str, expected: str) -> None:
    assert normalize_text(raw) == expected.rstrip("\u200d")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a&#0;b&#8;c&#x1F;d&#127;e&#150;f", "abcdef"),
        ("a&#8238;b&#x202E;c&#8203d", "abcd"),
        ("a&#13;b&#10;c&#9;d", "abcd"),
        ("a&#55296;b&#x110000;c&#99999999999999999999;d", "abcd"),
        ("a&#000000000000000000008;b", "ab"),
        (
            "a&#60;b&#x3C;c&#169;d&#;e&#x;f&amp;g",
            "a&#60;b&#x3C;c&#169;d&#;e&#x;f&amp;g",
        ),
        ("&#&#0;0;", ""),
        ("&#&#&#&#0;0;0;0;x", "x"),
        ("&#&#&#&#&#&#0;0;0;0;0;0;", "&&0;0;"),
        ("&#\u200b0;", ""),
    ],
)
def test_references_to_dropped_characters_go(raw: str, expected: str) -> None:
    assert normalize_text(raw) == expected


@given(TRICKY)
def test_normalizing_twice_changes_nothing(raw: str) -> None:
    text = normalize_text(raw)

    assert normalize_text(text) == text


@given(TRICKY)
def test_text_is_nfc_encodable_and_free_of_controls(raw: str) -> None:
    text = normalize_text(raw)

    assert unicodedata.is_normalized("NFC", text)
    assert text.encode("utf-8").decode("utf-8") == text
    assert {unicodedata.category(c) for c in text} & {"Cc", "Cs"} <= (
        {"Cc"} if {"\n", "\t"} & set(text) else set()
    )


@given(TRICKY, st.integers(min_value=1, max_value=40))
def test_a_line_is_one_short_line(raw: str, max_length: int) -> None:
    line = normalize_line(raw, max_length)

    assert len(line) <= max_length
    assert line == line.strip()
    assert not set("\n\t\r") & set(line)
    assert normalize_line(line, max_length) == line


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("  Ana \n\t María\u00a0 ", "Ana María"),
        ("Dr.\u202e nimdA", "Dr. nimdA"),
        ("Ad\u200bmin", "Admin"),
        ("Bcc: x@e.test\r\nSubject: y", "Bcc: x@e.test Subject: y"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("123456789 123", "123456789"),
        ("\u3164\u115f\u200b", ""),
    ],
)
def test_a_name_is_one_visible_line(raw: str, expected: str) -> None:
    assert normalize_line(raw, 10 if raw[0] == "1" else 80) == expected


def test_marks_in_any_order_cost_no_reordering() -> None:
    """Canonical ordering of a long run is quadratic; the run is capped before it."""
    raw = "a" + "".join(chr(0x300 + index % 70) for index in range(20_000))

    assert len(normalize_text(raw)) == 4
