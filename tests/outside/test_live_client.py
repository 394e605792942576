"""The documented reader, compiled, reads the whole running site with Node's own fetch."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import Node, Site

pytestmark = [pytest.mark.outside, pytest.mark.xdist_group("site")]


def test_the_reader_reads_every_page_of_the_site(node: Node, site: Site) -> None:
    api = f"{site.url}/api/content/v1"
    node.put("openapi.json", site.read("/api/content/v1/openapi.json").decode())
    node.succeed("openapi-typescript", "openapi.json", "-o", "content-api.d.ts")
    node.copy("reader.ts", "live.ts")
    node.succeed("tsc", "--strict")

    met = json.loads(node.succeed("node", "build/live.js", api))

    routes = json.loads(site.read("/api/content/v1/routes/?page_size=1000"))["items"]
    assert met["paths"] == [route["path"] for route in routes]
    assert len(routes) >= 10
    assert met["shown"] > 0
    assert {"section", "faq", "callout"} <= set(met["blocks"])
    assert met["articles"] == sum(route["type"] == "article" for route in routes)
    assert met["refused"] == ["#/page_size"]
    assert met["missing"] == "missing"
