# ruff: noqa: RUF001 - smart quotes are what is tested
"""Bytes that are no plain text are refused, with one reason a person can act on."""

from __future__ import annotations

import codecs

import pytest

from health_content.importers.decode import MAX_BYTES, read_lines
from health_content.importers.document import DocumentError

REFUSED = [
    (b"", "import.empty", "it has no text"),
    (b" \r\n\t\n \xc2\xa0\xe2\x80\x8b\n", "import.empty", "it has no text"),
    (codecs.BOM_UTF8, "import.empty", "it has no text"),
    (codecs.BOM_UTF8 + b"\n\n", "import.empty", "it has no text"),
    (b"a" * (MAX_BYTES + 1), "import.too_large", "it is larger than 2 MB"),
    ("Title".encode("utf-16"), "import.encoding", "UTF-16"),
    ("Title".encode("utf-16-be"), "import.encoding", "looks like UTF-16"),
    ("Title".encode("utf-16-le"), "import.encoding", "looks like UTF-16"),
    (codecs.BOM_UTF16_BE + "Title".encode("utf-16-be"), "import.encoding", "UTF-16"),
    ("Title".encode("utf-32"), "import.encoding", "UTF-32"),
    (codecs.BOM_UTF32_BE + "Title".encode("utf-32-be"), "import.encoding", "UTF-32"),
    ("One\nCafé".encode("latin-1"), "import.encoding", "byte 0xE9 in line 2"),
    ("One\r\n\r\nIt’s".encode("cp1252"), "import.encoding", "byte 0x92 in line 3"),
    ("One\r日本".encode("shift-jis"), "import.encoding", "in line 2"),
    (b"\xed\xa0\x80", "import.encoding", "byte 0xED in line 1"),
    (b"Title\x00\x01\x02\xff", "import.binary", "it is binary"),
    (b"%PDF-1.7\n...", "import.binary", "a PDF file"),
    (b"PK\x03\x04docx", "import.binary", "a ZIP or Office file"),
    (b"{\\rtf1 text}", "import.binary", "an RTF file"),
    (b"\x89PNG\r\n", "import.binary", "an image"),
    (b"Title\n\nBell \x07 here", "import.binary", "U+0007 in line 3"),
    ("Title\n\nIt\x92s".encode(), "import.binary", "U+0092 in line 3"),
]


@pytest.mark.parametrize(("data", "code", "words"), REFUSED)
def test_what_is_no_text_is_refused(data: bytes, code: str, words: str) -> None:
    with pytest.raises(DocumentError) as refusal:
        read_lines(data)

    assert refusal.value.code == code
    assert words in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_the_largest_source_is_read() -> None:
    assert len(read_lines(b"a" * MAX_BYTES)) == 1


def test_lines_are_numbered_as_editors_number_them() -> None:
    lines = read_lines(b"\xef\xbb\xbfone\r\n\r\ntwo\rthree\n\n\n  four")

    assert [(line.number, line.gap, line.text) for line in lines] == [
        (1, 0, "one"), (3, 1, "two"), (4, 0, "three"), (7, 2, "four"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lead", "columns"),
    [("", 0), ("  ", 2), ("\t", 4), (" \t", 4), ("\t ", 5), ("\xa0\xa0", 2)],
)
def test_indents_are_columns(lead: str, columns: int) -> None:
    assert read_lines(f"{lead}text".encode())[0].indent == columns


def test_white_space_inside_is_made_even_but_no_break_spaces_stay() -> None:
    assert read_lines("a \t b\u2003c 10\xa0mg".encode())[0].text == "a b c 10\xa0mg"
