"""The page that shows the API works under its strict policy, from files of this site only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from health_content.delivery.api.schema.paths import path_items

from .conftest import API

METHODS = {"get", "post", "put", "patch", "delete"}

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_docs_show_the_api_without_a_console_error(
    live_server: Any, browser: Browser
) -> None:
    complaints: list[str] = []
    requested: set[str] = set()
    page = browser.new_page()
    page.on(
        "console",
        lambda m: complaints.append(m.text) if m.type in {"error", "warning"} else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requested.add(request.url))
    page.goto(f"{live_server.url}{API}docs/")
    page.get_by_text("What lives at a path: a page, or a redirect").click()
    page.get_by_role("button", name="Try it out").first.wait_for()
    operations = page.locator(".opblock").count()
    page.close()

    assert complaints == []
    assert operations == sum(
        len(METHODS & item.keys()) for item in path_items().values()
    )
    assert all(url.startswith((live_server.url, "data:")) for url in requested)
