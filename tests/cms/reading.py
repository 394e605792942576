"""Read a page as a browser would: its tree, its texts, what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from django.test import Client


def read(client: Client, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200
    return parse(response.content.decode())


def parse(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html5lib")


def texts(tree: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(node.get_text().split()) for node in tree.select(selector)]


def queries_of(client: Client, assert_max: Any, path: str = "/moving/") -> int:
    client.get(path)  # Warm: content types, site paths.
    with assert_max(60) as queries:
        client.get(path)
    return len(queries)
