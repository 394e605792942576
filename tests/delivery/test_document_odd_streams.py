"""Streams as they should not be, but may be stored: old, hand-written or broken."""

from __future__ import annotations

from health_content import document
from health_content.document_facts import Resources
from health_content.document_html import expand_html
from health_content.stored_values import list_items


def test_markup_inside_an_opaque_element_goes_with_it() -> None:
    html = "<p><object><b>x</b></object>y</p>"

    assert expand_html(html, Resources()) == "<p>y</p>"


def test_embed_of_an_unknown_kind_is_dropped() -> None:
    html = '<p>a<embed embedtype="other" url="https://example.org/">b</p>'

    assert expand_html(html, Resources()) == "<p>ab</p>"


def test_list_items_of_old_streams_have_no_id() -> None:
    items = list(list_items([{"title": "Rest"}]))

    assert items == [("", {"title": "Rest"})]


def test_what_is_no_block_is_passed_over() -> None:
    blocks = ["x", {"type": "section", "blocks": [{"type": "quote"}, None]}]

    assert [block["type"] for block in document._flat(blocks)] == ["section", "quote"]
