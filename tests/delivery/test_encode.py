"""Documents to bytes, cursors and content codings."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from typing import Any

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from health_content.delivery.cursors import (
    MAX_ID,
    MAX_KEY,
    Cursor,
    CursorInvalidError,
    decode_cursor,
    encode_cursor,
)
from health_content.delivery.encode import (
    NOT_ON_CARD,
    SECTION_FIELDS,
    add_hast,
    document_card,
    document_section,
    encode_bytes,
    encode_json,
    encode_markdown,
    join_items,
    resolve_json,
)
from health_content.delivery.negotiation import choose_coding, prefers_markdown
from health_content.delivery.paths import path_key

DOCUMENT: Any = {
    "id": 1,
    "title": "é",
    "safety": {"audience": "public"},
    "body": [1],
    "seo": {},
}


def test_every_coding_holds_the_same_document() -> None:
    encoded = encode_bytes(encode_json(DOCUMENT))

    assert json.loads(encoded.identity.content) == DOCUMENT
    assert gzip.decompress(encoded.gzip.content) == encoded.identity.content
    assert brotli.decompress(encoded.brotli.content) == encoded.identity.content
    assert list(encoded.by_coding()) == ["identity", "gzip", "br"]


def test_validators_are_of_the_bytes_and_differ_by_coding() -> None:
    encoded = encode_bytes(encode_json(DOCUMENT))

    for representation in encoded.by_coding().values():
        digest = base64.b64encode(
            hashlib.sha256(representation.content).digest()
        ).decode()
        assert representation.sha == digest
    assert len({r.sha for r in encoded.by_coding().values()}) == 3
    assert encode_bytes(encode_json(DOCUMENT)) == encoded


def test_a_card_leaves_out_the_body_and_never_the_envelope() -> None:
    card = document_card(DOCUMENT)

    assert card == {"id": 1, "title": "é", "safety": {"audience": "public"}}
    assert "safety" not in NOT_ON_CARD


def test_the_page_is_the_last_member_of_a_resolve_answer() -> None:
    """`include=children` is spliced in before the last two braces."""
    content = resolve_json(encode_json(DOCUMENT))

    assert content == b'{"outcome":"page","page":' + encode_json(DOCUMENT) + b"}"


def test_items_are_joined_without_parsing() -> None:
    assert (
        join_items([b'{"a":1}', b'{"b":2}'], {"next": None})
        == b'{"items":[{"a":1},{"b":2}],"next":null}'
    )
    assert join_items([], {"next": None}) == b'{"items":[],"next":null}'


def test_markdown_is_encoded_like_json() -> None:
    document: Any = {
        "title": "Café \ud800",
        "safety": {"audience": "public"},
        "body": [{"type": "quote", "text": "Rest.", "attribution": None}],
    }

    encoded = encode_markdown(document)

    text = encoded.identity.content.decode()
    assert text == (
        '---\nid: null\ntype: null\nlocale: null\ntitle: "Café \\ud800"\nurl: null\n'
        "first_published_at: null\nlast_published_at: null\nversion: null\n"
        'safety:\n  audience: "public"\n  disclaimers: []\n---\n\n'
        "# Café \ufffd\n\n> Rest.\n"
    )
    assert encoded == encode_bytes(text.encode())


SECTION: Any = {"type": "section", "id": "s", "blocks": [{"type": "section", "id": "in"}]}  # fmt: skip
WHOLE: Any = {name: f"the {name}" for name in SECTION_FIELDS} | {
    "summary": "Stays with the whole.",
    "body": ["?", {"type": "quote", "id": "s"}, {"type": "section", "id": "t"}, SECTION, {"type": "section", "id": "s"}],
}  # fmt: skip


def test_a_section_goes_with_its_envelope_and_its_source() -> None:
    found = document_section(WHOLE, "s")

    assert found == {
        "id": "the id",
        "type": "the type",
        "site": "the site",
        "locale": "the locale",
        "title": "the title",
        "path": "the path",
        "url": "the url",
        "last_published_at": "the last_published_at",
        "version": "the version",
        "safety": "the safety",
        "section": SECTION,
    }
    assert list(found)[-1] == "section"


@pytest.mark.parametrize(
    ("body", "block_id"),
    [
        (WHOLE["body"], "in"),
        (WHOLE["body"], ""),
        ([{"type": "quote", "id": "s"}], "s"),
        ([], "s"),
        (None, "s"),
        ("s", "s"),
    ],
)
def test_what_is_no_section_of_the_body_is_not_found(body: Any, block_id: str) -> None:
    assert document_section(WHOLE | {"body": body}, block_id) is None


def test_trees_stand_beside_rich_texts_and_nowhere_else() -> None:
    content = (
        b'{"html":null,"body":[{"title":"<b>","answer":{"html":"<p>\xc3\xa9</p>"}}]}'
    )

    assert add_hast(content) == (
        b'{"html":null,"body":[{"title":"<b>","answer":{"html":"<p>\xc3\xa9</p>","hast":'
        b'{"type":"root","children":[{"type":"element","tagName":"p","properties":{},'
        b'"children":[{"type":"text","value":"\xc3\xa9"}]}]}}}]}'
    )


@given(
    st.builds(
        Cursor,
        order=st.sampled_from(["title", "-id"]),
        key=st.one_of(
            st.none(),
            st.integers(0, MAX_KEY),
            st.text(
                st.characters(exclude_characters="\x00", exclude_categories=["Cs"]),
                max_size=255,
            ),
        ),
        id=st.integers(0, MAX_ID),
    )
)
def test_a_cursor_comes_back(cursor: Cursor) -> None:
    word = encode_cursor(cursor)

    assert decode_cursor(word, order=cursor.order) == cursor
    with pytest.raises(CursorInvalidError):
        decode_cursor(word, order="other")


def cursor_of(value: Any, *, separators: tuple[str, str] = (",", ":")) -> str:
    text = json.dumps(value, separators=separators)
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def test_a_cursor_that_somebody_else_writes_as_we_do_is_one() -> None:
    assert decode_cursor(cursor_of(["id", 1, 1]), order="id").key == 1


@pytest.mark.parametrize(
    "word",
    [
        "", "!", "é", "abc", "AAAA", "x" * 3_000, cursor_of({}), cursor_of([1, 2, 3]), cursor_of(["id", 1]),
        cursor_of(["id", 1, -1]), cursor_of(["id", 1, 2**63]), cursor_of(["id", -1, 1]), cursor_of(["id", 2**63, 1]),
        cursor_of(["id", True, 1]), cursor_of(["id", 1, True]), cursor_of(["id", 1.5, 1]), cursor_of(["id", "\x00", 1]),
        cursor_of(["id", MAX_KEY + 1, 1]), cursor_of(["id", "\ud800", 1]), cursor_of(["id", "a\udfff", 1]),
        cursor_of(["id", 1, 1], separators=(", ", ": ")),
        base64.urlsafe_b64encode(b'["id",1,1]').decode(), base64.urlsafe_b64encode(b"[" * 900).decode(),
    ],
)  # fmt: skip
def test_garbage_is_no_cursor(word: str) -> None:
    with pytest.raises(CursorInvalidError):
        decode_cursor(word, order="id")


@given(st.text(max_size=40))
def test_no_text_breaks_the_cursor_reader(word: str) -> None:
    try:
        cursor = decode_cursor(word, order="id")
    except CursorInvalidError:
        return
    assert encode_cursor(cursor) == word


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("", "identity"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP ; Q=1", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br;q=0, gzip;q=0", "identity"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("identity;q=0, *;q=0", "identity"),
        ("gzip;q=0.5, identity", "identity"),
        ("br;q=2", "identity"),
        ("br;q=nan", "identity"),
        ("br;q=x", "identity"),
        ("br;level=3", "br"),
        (",,;;,q=", "identity"),
        ("gzip," * 200, "identity"),
    ],
)
def test_coding_follows_the_header(header: str, coding: str) -> None:
    assert choose_coding(header) == coding


def test_codings_that_are_not_stored_are_not_chosen() -> None:
    assert choose_coding("br, gzip;q=0.1", ("gzip", "identity")) == "gzip"


@pytest.mark.parametrize(
    ("header", "is_preferred"),
    [
        ("text/markdown", True),
        ("Text/Markdown; variant=GFM", True),
        ("text/markdown, text/html, */*", True),
        ("text/markdown;q=0.9, */*;q=0.1", True),
        ("text/markdown;q=0.5, application/json;q=0.4", True),
        ("text/markdown, application/json", False),
        ("text/markdown;q=0", False),
        ("text/markdowns", False),
        ("*/*", False),
        ("text/*", False),
        ("", False),
        ("text/markdown," * 99, False),
    ],
)
def test_markdown_is_for_those_who_name_it(header: str, is_preferred: bool) -> None:
    assert prefers_markdown(header) is is_preferred


@pytest.mark.parametrize(
    "path", ["/café/", "/caf%C3%A9/", "/caf%c3%a9", "/cafe\u0301/"]
)
def test_every_way_to_write_a_path_has_one_key(path: str) -> None:
    assert path_key(path) == path_key("/café/")
    assert path_key("/") == path_key("")
    assert path_key("/a/") != path_key("/b/")
