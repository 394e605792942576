"""An author types, and sees it in a front end of another origin: in the panel, in a tab, and back to the field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator, Page

    from .conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATH = "/articles/acupuncture-for-back-pain/"
# Two seconds after it loaded, Wagtail's form notes what it holds: what was typed before that is no change to it.
NOTE_WATCHING = """
document.addEventListener('w-unsaved:watch-edits', () => { document.documentElement.dataset.watching = ''; });
"""


def open_editor(admin: Visit) -> int:
    """Open the editor of the article, wait until it is ready, and return the page's id."""
    answer = admin.page.request.get(f"{admin.url}/api/content/v1/resolve/?path={PATH}")
    identifier: int = answer.json()["page"]["id"]
    admin.page.add_init_script(NOTE_WATCHING)
    admin.goto(f"/admin/pages/{identifier}/edit/")
    introduction = admin.page.locator(
        "[data-contentpath=introduction] [contenteditable=true]"
    )
    expect(introduction.first).to_be_visible()
    expect(admin.page.locator("html[data-watching]")).to_be_attached()
    return identifier


def open_panel(page: Page) -> FrameLocator:
    """Open the preview panel and return the front end in it."""
    page.get_by_role("button", name="Toggle preview").click()
    frame = page.frame_locator("#w-preview-iframe")
    expect(frame.get_by_role("status")).to_have_text("Draft: only you see this")
    return frame


def test_what_is_typed_appears_in_the_front_end_without_loading_it_anew(
    admin: Visit,
) -> None:
    page = admin.page
    open_editor(admin)
    frame = open_panel(page)
    title = page.locator("#id_title")
    first = page.locator("#w-preview-iframe").element_handle()
    assert first is not None
    inner = first.content_frame()
    assert inner is not None
    inner.evaluate("window.isTheSame = true")

    title.fill("Needles and backs")
    expect(frame.get_by_role("heading", level=1)).to_have_text("Needles and backs")
    title.fill("Needles, backs and you")
    expect(frame.get_by_role("heading", level=1)).to_have_text("Needles, backs and you")

    assert inner.evaluate("window.isTheSame") is True
    assert inner.url.startswith("http://localhost:")
    assert "code=" not in inner.url
    assert "token=" not in inner.url
    published = page.request.get(f"{admin.url}/api/content/v1/resolve/?path={PATH}")
    assert "Needles" not in published.json()["page"]["title"]


def test_a_part_of_the_front_end_leads_to_its_field(admin: Visit) -> None:
    page = admin.page
    open_editor(admin)
    frame = open_panel(page)

    item = frame.locator(".mechanism_list li").nth(2)
    # The panel shows the frame smaller than it is, where Playwright's mouse misses.
    item.get_by_role("button", name="Edit").press("Enter")

    focused = page.locator(":focus")
    expect(focused).to_have_attribute("name", re.compile(r"^body-\d+-value-.*items-2-"))
    expect(focused).to_be_in_viewport()


def test_a_tab_of_its_own_follows_by_asking(admin: Visit) -> None:
    page = admin.page
    open_editor(admin)
    open_panel(page)

    with admin.context.expect_page() as opened:
        page.get_by_role("link", name="Preview in new tab").click()
    tab = opened.value
    expect(tab.get_by_role("status")).to_have_text("Draft: only you see this")
    page.bring_to_front()
    page.locator("#id_title").fill("Seen in another tab")
    tab.bring_to_front()

    expect(tab.get_by_role("heading", level=1)).to_have_text("Seen in another tab")
    assert tab.url.startswith("http://localhost:")
    assert "code=" not in tab.url


def test_a_page_that_is_being_made_is_shown(admin: Visit) -> None:
    page = admin.page
    answer = page.request.get(f"{admin.url}/api/content/v1/resolve/?path=/articles/")
    parent = answer.json()["page"]["id"]
    admin.goto(f"/admin/pages/add/health_pages/articlepage/{parent}/")
    page.locator("#id_title").fill("Not saved yet")

    frame = open_panel(page)

    expect(frame.get_by_role("heading", level=1)).to_have_text("Not saved yet")


def test_an_ended_preview_says_so(admin: Visit) -> None:
    page = admin.page
    identifier = open_editor(admin)
    open_panel(page)
    with admin.context.expect_page() as opened:
        page.get_by_role("link", name="Preview in new tab").click()
    tab = opened.value
    expect(tab.get_by_role("status")).to_have_text("Draft: only you see this")
    admin.tolerated = ("status of 401",)

    admin.goto(f"/admin/previews/{identifier}/end/")
    page.get_by_role("button", name="End previews").click()
    expect(page.get_by_text("was ended").or_(page.get_by_text("were ended"))).to_be_visible()  # fmt: skip
    tab.bring_to_front()

    expect(tab.get_by_role("status")).to_have_text(
        "This preview is over. Open it again from the editor."
    )


def test_the_front_end_shows_published_pages_and_keeps_to_its_policy(
    visitor: Any,
) -> None:
    visit = visitor()
    front_end = visit.url.replace("127.0.0.1", "localhost")

    visit.page.goto(f"{front_end}/demo-front-end/?path={PATH}")

    expect(visit.page.get_by_role("status")).to_have_text("Published content")
    expect(visit.page.get_by_role("heading", level=1)).to_contain_text("Acupuncture")
    assert visit.page.get_by_role("button", name="Edit").count() == 0
