"""A bad claim from its first word to the record: seen while typed, refused on every way, mended, reviewed, live, provable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from .conftest import signed_in
from .test_story import _insert

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from .conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "Gentle stretching in the morning"
PATH = "/articles/gentle-stretching-in-the-morning/"
CLAIM = "Stretching cures arthritis for good."
MENDED = "Stretch slowly, and stop when it hurts. Ask a nurse if the stiffness stays."
# Wagtail looks at a form for changes only so long after it was opened.
WATCHED_MS = 2500


def test_a_claim_is_refused_on_every_way_until_it_is_mended_and_reviewed(
    visitor: Any, reviewer: Visit, admin: Visit
) -> None:
    author = signed_in(visitor, "editor")
    edit_path = _write(author)
    _sees_the_claim_while_typing(author)
    _cannot_publish(author)
    _cannot_plan(author, edit_path)
    _cannot_publish_from_the_listing(author, edit_path)
    _cannot_publish_from_the_history(author, edit_path)
    assert _status(author) == 404

    _mend(author, edit_path)
    _ask_for_review(author)
    _cannot_approve(author, edit_path)
    assert _status(author) == 404

    _approve(reviewer, edit_path)
    assert _status(author) == 200
    _is_on_record(admin, edit_path)


def _expect_typed(page: Page, text: str) -> None:
    """Wait until the form has what was typed."""
    field = page.locator("[name=body-0-value]")
    expect(field).to_have_value(re.compile(re.escape(text)))


def _save(page: Page) -> None:
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messages")).to_contain_text("has been updated")


def _status(visit: Visit) -> int:
    answer = visit.page.request.get(
        f"{visit.url}/api/content/v1/resolve/", params={"path": PATH}
    )
    return int(answer.status)


def _write(author: Visit) -> str:
    """Write a draft with a claim that must not stand; return the path of its editor."""
    answer = author.page.request.get(
        f"{author.url}/api/content/v1/resolve/?path=/articles/"
    )
    author.goto(
        f"/admin/pages/add/health_pages/articlepage/{answer.json()['page']['id']}/"
    )
    page = author.page
    page.get_by_role("textbox", name="Title*").fill(TITLE)
    text = _insert(page.locator("[data-contentpath=body]").first, "Paragraphs")
    text.locator("[contenteditable=true]").click()
    page.keyboard.type("Begin slowly.")
    _expect_typed(page, "Begin slowly.")
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    return re.sub(r"^https?://[^/]+", "", page.url).partition("?")[0]


def _sees_the_claim_while_typing(author: Visit) -> None:
    page = author.page
    page.get_by_role("button", name="Toggle health").click()
    panel = page.locator("[data-hp-gate]")
    expect(panel).to_be_visible()
    page.wait_for_timeout(WATCHED_MS)
    text = page.locator("[data-contentpath=body] [contenteditable=true]").first
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(f" {CLAIM}")
    expect(panel).to_contain_text(CLAIM)
    _expect_typed(page, CLAIM)
    # What nobody may publish may be kept, and worked on.
    _save(page)


def _expect_refusal(author: Visit) -> None:
    message = author.page.locator(".messages")
    expect(message).to_contain_text(CLAIM)
    expect(message).to_contain_text("Nobody reviewed it medically.")


def _press(author: Visit, action: str) -> None:
    page = author.page
    page.get_by_role("button", name="More actions").last.click()
    page.locator(f"[name={action}]").click()


def _cannot_publish(author: Visit) -> None:
    _press(author, "action-publish")
    _expect_refusal(author)


def _cannot_plan(author: Visit, edit_path: str) -> None:
    """Set a date in the status panel, and be told at once, not when the day has come; take the date back."""
    _set_date(author, edit_path, "2999-01-01 09:00")
    _press(author, "action-publish")
    _expect_refusal(author)
    _set_date(author, edit_path, "")


def _set_date(author: Visit, edit_path: str, moment: str) -> None:
    author.goto(edit_path)
    page = author.page
    schedule = page.get_by_role("button", name=re.compile("(Set|Edit) schedule"))
    # Wagtail opens the panel again that was open before.
    page.wait_for_load_state("networkidle")
    if not schedule.is_visible():
        page.get_by_role("button", name="Toggle status").click()
    schedule.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Go live date/time").fill(moment)
    # By keyboard: the calendar lies over the button.
    dialog.get_by_role("button", name="Save schedule").press("Enter")
    expect(page.locator(".messages")).to_contain_text("has been updated")


def _press_publish_in_bulk(author: Visit, edit_path: str) -> None:
    page_id = int(re.findall(r"\d+", edit_path)[0])
    author.goto(f"/admin/bulk/wagtailcore/page/publish/?id={page_id}&next=/admin/")
    author.page.get_by_role("button", name="Yes, publish").click()


def _cannot_publish_from_the_listing(author: Visit, edit_path: str) -> None:
    _press_publish_in_bulk(author, edit_path)
    message = author.page.locator(".messages")
    expect(message).to_contain_text(TITLE)
    expect(message).to_contain_text(CLAIM)


def _cannot_publish_from_the_history(author: Visit, edit_path: str) -> None:
    author.goto(edit_path.replace("/edit/", "/history/"))
    page = author.page
    drafts = page.get_by_role("row").filter(has_text="Draft saved")
    drafts.last.get_by_role("button").first.click()
    page.get_by_role("link", name="Review this version").click()
    _press(author, "action-publish")
    expect(page.locator(".messages")).to_contain_text("Nobody reviewed it medically.")


def _mend(author: Visit, edit_path: str) -> None:
    author.goto(edit_path)
    page = author.page
    text = page.locator("[data-contentpath=body] [contenteditable=true]").first
    text.click()
    page.keyboard.press("Control+a")
    page.keyboard.type(MENDED)
    _expect_typed(page, MENDED)
    _save(page)


def _ask_for_review(author: Visit) -> None:
    _press(author, "action-submit")
    expect(author.page.locator(".messages")).to_contain_text("submitted for moderation")


def _cannot_approve(author: Visit, edit_path: str) -> None:
    """What waits for the reviewer is out of the author's hands: not to be approved, nor published around the workflow."""
    author.goto(edit_path)
    page = author.page
    expect(page.locator("main")).to_contain_text("awaiting moderation")
    for action in ("action-publish", "action-workflow-action", "action-submit"):
        expect(page.locator(f"[name={action}]")).to_have_count(0)
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)
    _press_publish_in_bulk(author, edit_path)
    expect(page.locator(".messages")).to_contain_text("Nobody reviewed it medically.")


def _approve(reviewer: Visit, edit_path: str) -> None:
    reviewer.goto(edit_path)
    page = reviewer.page
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Approve after medical review").first.click()
    modal = page.get_by_role("dialog")
    modal.get_by_label("I checked every statement").check()
    modal.get_by_role("button", name="Approve after medical review").click()
    expect(page.locator(".messages")).to_contain_text("has been updated")


def _is_on_record(admin: Visit, edit_path: str) -> None:
    """The record says who let what go live, when, and under which rules."""
    page_id = re.findall(r"\d+", edit_path)[0]
    pack = admin.page.request.get(
        f"{admin.url}/admin/gate/page/{page_id}/evidence.json"
    ).json()
    (review,) = pack["reviews"]
    (publication,) = pack["publications"]
    admin.goto(f"/admin/gate/page/{page_id}/evidence/")
    row = admin.page.get_by_role("row").filter(has_text=publication["hash"])
    for fact in ("published_by", "rule_base", "gate"):
        expect(row).to_contain_text(publication[fact])
    assert review["is_of_this_content"]
    assert review["content_digest"] == publication["content_digest"]
    assert review["reviewer"] == publication["published_by"]
    assert review["reviewed_at"] <= publication["published_at"]
    admin.goto(f"/admin/pages/{page_id}/history/")
    expect(admin.page.locator("main")).to_contain_text(review["reviewer"])
