"""The main job in a browser: write, have reviewed, read, reply, approve, and see it live."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from .conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TITLE = "Walking with a sore knee"
PATH = "/articles/walking-with-a-sore-knee/"
MECHANISMS = {
    "Stronger muscles": "Muscles around the knee carry part of the load.",
    "Less stiffness": "Movement spreads the fluid inside the joint.",
}
REPLY = "Hello <script>alert(1)</script> [x](javascript:alert(1)) **bold**"


def test_an_article_is_written_published_answered_and_the_answer_approved(
    admin: Visit, reviewer: Visit, visitor: Any
) -> None:
    _write_article(admin)
    _try_to_publish(admin.page)
    _submit(admin.page)
    _approve_article(reviewer)
    _read_article(visitor())

    _reply(visitor(java_script_enabled=False), name="Robin", text=REPLY)
    _expect_no_reply(visitor())
    _approve(admin, name="Robin")

    reader = visitor()
    reader.goto(PATH)
    reply = reader.page.locator(".hp-reply").filter(has_text="Robin")
    expect(reply.locator("strong")).to_have_text("bold")
    expect(reply.locator("script, a[href^='javascript']")).to_have_count(0)
    expect(reply).to_contain_text("Hello <script>alert(1)</script>")


def test_a_form_sent_back_keeps_the_text_and_says_what_is_missing(visitor: Any) -> None:
    # The form comes back with 422, which Chromium notes as a failed load.
    visit = visitor(java_script_enabled=False, tolerated=("status of 422",))
    visit.goto("/articles/sleeping-better/")
    page = visit.page
    page.get_by_label("Your reply").fill("A long text that nobody wants to type twice.")

    page.get_by_role("button", name="Send reply").click()

    expect(page.get_by_role("alert")).to_contain_text("your text is still here")
    expect(page.get_by_label("Your reply")).to_have_value(
        "A long text that nobody wants to type twice."
    )
    name = page.get_by_label("Name", exact=True)
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(name).to_have_accessible_description(re.compile("Please tell us"))


def _write_article(admin: Visit) -> None:
    answer = admin.page.request.get(
        f"{admin.url}/api/content/v1/resolve/?path=/articles/"
    )
    admin.goto(
        f"/admin/pages/add/health_pages/articlepage/{answer.json()['page']['id']}/"
    )
    page = admin.page
    page.get_by_role("textbox", name="Title*").fill(TITLE)
    body = page.locator("[data-contentpath=body]").first
    section = _insert(body, "Section")
    section.locator("[data-contentpath=heading] input").first.fill("Why walking helps")
    mechanisms = _insert(section, "Mechanisms")
    items = mechanisms.locator("[data-contentpath=items]")
    for number, (title, text) in enumerate(MECHANISMS.items()):
        if number:
            items.get_by_role("button", name="Add", exact=True).last.click()
        item = items.locator("[data-streamfield-child]").nth(number)
        _unfold(item)
        item.locator("[data-contentpath=title] input").fill(title)
        _type(item.locator("[data-contentpath=body]"), text)


def _insert(parent: Locator, kind: str) -> Locator:
    """Insert a block of that *kind* at the start of the stream in *parent*, and return it."""
    parent.get_by_role("button", name="Insert a block").first.click()
    options = parent.page.locator(".w-combobox__option")
    options.filter(has_text=re.compile(f"^{kind}$")).click()
    expect(options).to_have_count(0)
    return parent.locator("[data-streamfield-child]").first


def _type(rich_text: Locator, text: str) -> None:
    """Type *text* into a rich text field, and wait until the form has it."""
    editor = rich_text.locator("[contenteditable=true]")
    editor.click()
    expect(editor).to_be_focused()
    rich_text.page.keyboard.type(text)
    expect(rich_text.locator("input[type=hidden]")).to_have_value(re.compile(text))


def _unfold(block: Locator) -> None:
    toggle = block.get_by_role("button", name="Toggle section").first
    if toggle.get_attribute("aria-expanded") == "false":
        toggle.click()


def _try_to_publish(page: Page) -> None:
    """Press Publish, and be told that nobody reviewed the article."""
    page.get_by_role("button", name="More actions").last.click()
    page.locator("[name=action-publish]").click()
    expect(page.locator(".messages")).to_contain_text("Nobody reviewed it medically.")


def _submit(page: Page) -> None:
    page.get_by_role("button", name="More actions").last.click()
    page.locator("[name=action-submit]").click()
    expect(page.locator(".messages")).to_contain_text("submitted for moderation")


def _approve_article(reviewer: Visit) -> None:
    """Approve the article that waits, which publishes it: the reviewer has no other right to."""
    page = reviewer.page
    reviewer.goto("/admin/")
    page.get_by_role("link", name=TITLE, exact=True).first.click()
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Approve after medical review").first.click()
    modal = page.get_by_role("dialog")
    modal.get_by_label("I checked every statement").check()
    modal.get_by_role("button", name="Approve after medical review").click()
    expect(page.locator(".messages")).to_contain_text("has been updated")


def _read_article(reader: Visit) -> None:
    assert reader.goto(PATH).status == 200
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(reader.page.locator(".hp-mechanism-list .hp-item__title")).to_have_text(
        [*MECHANISMS]
    )
    # The disclaimer that every page carries, without anybody having chosen it here.
    expect(reader.page.locator(".hp-disclaimer")).not_to_have_count(0)


def _reply(reader: Visit, *, name: str, text: str) -> None:
    reader.goto(PATH)
    reader.page.get_by_label("Name", exact=True).fill(name)
    reader.page.get_by_label("Your reply").fill(text)
    reader.page.get_by_role("button", name="Send reply").click()
    expect(reader.page.get_by_role("status")).to_contain_text("waits for a moderator")


def _expect_no_reply(reader: Visit) -> None:
    reader.goto(PATH)
    expect(reader.page.get_by_text("Nobody has replied yet.")).to_be_visible()


def _approve(admin: Visit, *, name: str) -> None:
    admin.goto("/admin/replies/")
    row = admin.page.get_by_role("row").filter(has_text=name)
    row.get_by_role("link").first.click()
    with admin.page.expect_response(lambda answer: answer.request.method == "POST"):
        admin.page.get_by_role("button", name="Approve").click()
    admin.page.wait_for_load_state()
    admin.goto("/admin/replies/")
    expect(admin.page.get_by_role("row").filter(has_text=name)).to_have_count(0)
