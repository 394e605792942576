"""What was reviewed stays so while an editor looks at it: a form sends more than a program wrote."""

from __future__ import annotations

import json
import urllib.request
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from .conftest import Visit


pytestmark = [pytest.mark.browser, pytest.mark.slow]
KINDS = ("articles", "faqs")
FINDINGS_OF_THE_FORM = """
async () => {
  const body = new FormData(document.querySelector('[data-edit-form]'));
  const answer = await fetch(`${location.pathname}preview/`, {method: 'POST', body});
  return (await answer.json()).health;
}
"""


def _ids_of_public_pages(site_url: str) -> list[int]:
    found: list[int] = []
    for kind in KINDS:
        with urllib.request.urlopen(f"{site_url}/api/content/v1/{kind}/") as answer:
            found += [item["id"] for item in json.load(answer)["items"]]
    return found


def test_opening_a_reviewed_page_does_not_change_it(
    admin: Visit, site_url: str
) -> None:
    page_ids = _ids_of_public_pages(site_url)
    assert len(page_ids) >= 5

    for page_id in page_ids:
        admin.goto(f"/admin/pages/{page_id}/edit/")
        expect(admin.page.locator("[data-contentpath=body]").first).to_be_visible()
        health = admin.page.evaluate(FINDINGS_OF_THE_FORM)
        assert health["review"]["state"] == "current", health
