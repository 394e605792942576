"""What browsers and search engines look for at addresses of their own choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


def test_robots_are_led_to_the_map(client: Client) -> None:
    response = client.get("/robots.txt")

    assert response.headers["Content-Type"].startswith("text/plain")
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Sitemap: http://testserver/sitemap.xml",
    ]


def test_the_icon_is_found_by_its_old_address(client: Client) -> None:
    response = client.get("/favicon.ico")

    assert response.headers["Location"] == "/static/cms/favicon.svg"
