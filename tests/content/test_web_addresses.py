"""Addresses as browsers read them."""

from __future__ import annotations

import pytest

from health_content.document_facts import Resources
from health_content.web_addresses import (
    may_be_ours,
    public_href,
    public_url,
    read_place,
)


@pytest.mark.parametrize(
    ("href", "place"),
    [
        ("/a/b/?x=/../#y", ("", "/a/b/")),
        ("/", ("", "/")),
        ("..", ("", "/s/")),
        ("../../../b", ("", "/b")),
        ("b/", ("", "/s/p/b/")),
        ("/a/./%2e/b//c/.", ("", "/a/b/c/")),
        ("/a/%2E./b", ("", "/b")),
        ("\\a\\b", ("", "/a/b")),
        ("\\\\h\\b", ("h", "/b")),
        ("//h/b", ("h", "/b")),
        ("https:b/", ("", "/s/p/b/")),
        ("https:/b/", ("", "/b/")),
        ("HTTPS:////u:x@H.:443/b", ("h", "/b")),
        ("https://h./b", ("h", "/b")),
        ("http://%68:8000", ("h:8000", "/")),
    ],
)
def test_it_is_read_as_browsers_do(href: str, place: tuple[str, str]) -> None:
    assert read_place(href, "/s/p/") == place


@pytest.mark.parametrize(
    ("href", "may_be"),
    [
        ("/a/", True),
        ("a/", True),
        ("http://h/", True),
        ("#a", False),
        ("?a", False),
        ("", False),
        ("mailto:a@example.org", False),
        ("javascript:x", False),
        ("http://[", False),
    ],
)
def test_it_may_be_ours(href: str, may_be: bool) -> None:
    assert may_be_ours(href) is may_be


def test_readers_get_what_is_public() -> None:
    resources = Resources(
        pages={1: "/new/"},
        addresses={"/old/?a#b": 1, "/hidden/": 2},
        documents={3: "/documents/3/a.pdf"},
        files={"/./documents/3/a.pdf": 3, "/documents/4/b.pdf": 4},
    )
    hrefs = ["/old/?a#b", "/hidden/", "/./documents/3/a.pdf", "/documents/4/b.pdf", "https://example.org/", "javascript:x"]  # fmt: skip

    assert [public_href(href, resources) for href in hrefs] == [
        "/new/?a#b", None, "/documents/3/a.pdf", None, "https://example.org/", None,
    ]  # fmt: skip
    assert [public_url(href, resources) for href in hrefs] == [
        "/old/?a#b", None, "/./documents/3/a.pdf", None, "https://example.org/", None,
    ]  # fmt: skip
