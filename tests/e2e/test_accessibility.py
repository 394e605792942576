"""axe-core, which checks what a machine can check of WCAG, finds nothing on any page that we write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from .conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

READER_PATHS = {
    "/": 200,
    "/articles/": 200,
    "/articles/acupuncture-for-back-pain/": 200,
    "/faqs/back-pain-questions/": 200,
    "/es/articulos/acupuntura-dolor-de-espalda/": 200,
    "/404/": 404,
    "/500/": 500,
}
DISCLAIMERS = "/admin/snippets/health_content/disclaimersnippet/"
MENUS = "/admin/snippets/health_content/menu/"
TOPICS = "/admin/snippets/health_content/topic/"
WEBHOOKS = "/admin/webhooks/"
TOKENS = "/admin/api-access/"
LIBRARY = (
    "personprofile", "reference", "condition", "treatment", "permittedclaim", "reviewpolicy",
)  # fmt: skip
ADMIN_PATHS = ("/admin/replies/", DISCLAIMERS)
DELIVERY_PATHS = (
    MENUS, TOPICS, WEBHOOKS, f"{WEBHOOKS}new/", "/admin/webhook-deliveries/", TOKENS, f"{TOKENS}new/",
    "/admin/withdrawals/", "/admin/cache-purges/", "/admin/cache-purges/retry/",
)  # fmt: skip
# Wagtail's own form, in every create and edit view: the rich text field has no accessible name, and the heading is not
# an h1 while the title is a field.
WAGTAIL_FORM_RULES = ("aria-input-field-name", "page-has-heading-one")
# Wagtail's form of a stream within a stream: blocks of the same kind have panels of the same name.
WAGTAIL_STREAM_RULES = (*WAGTAIL_FORM_RULES, "landmark-unique")
# CSS pixels and color scheme: what is laid out by the one has no color of its own by the other, so two looks see all.
LOOKS = ((320, "light"), (1280, "dark"))


def test_pages_for_readers_have_no_violation(visitor: Any) -> None:
    visit = visitor(tolerated=("status of 404", "status of 500"))

    for path, status in READER_PATHS.items():
        assert visit.goto(path).status == status, path
        assert violations(visit.page) == []


def test_a_form_sent_back_has_no_violation(visitor: Any) -> None:
    visit = visitor(tolerated=("status of 422",))
    visit.goto("/articles/sleeping-better/")
    visit.page.get_by_role("button", name="Send reply").click()
    expect(visit.page.get_by_role("alert")).to_be_visible()
    _settle(visit.page)

    assert violations(visit.page) == []


def test_our_views_in_the_admin_have_no_violation(
    admin: Visit,
) -> None:
    page = admin.page

    for path in ADMIN_PATHS:
        admin.goto(path)
        assert violations(page) == []
    admin.goto("/admin/replies/")
    page.get_by_role("link", name="My two arms give different numbers").click()
    expect(page.get_by_role("button", name="Approve")).to_be_visible()
    assert violations(page) == []

    admin.goto(f"{DISCLAIMERS}add/")
    assert violations(page, without=WAGTAIL_FORM_RULES) == []
    admin.goto(DISCLAIMERS)
    page.get_by_role("link", name="Not for emergencies", exact=True).click()
    expect(page.get_by_role("textbox", name="Title")).to_be_visible()
    assert violations(page, without=WAGTAIL_FORM_RULES) == []


def test_what_serves_front_ends_in_the_admin_has_no_violation_and_cuts_nothing_off(
    admin: Visit,
) -> None:
    page = admin.page
    identifier = _article_id(admin)
    _make_webhook(admin)

    # The page of the webhook, then that of its test event, which goes nowhere.
    assert violations(page, is_cut_off=True) == []
    page.get_by_role("button", name="Rotate the secret").click()
    expect(page.get_by_role("textbox", name="The secret")).to_be_visible()
    _settle(page)
    assert violations(page, is_cut_off=True) == []
    page.get_by_role("button", name="Send a test event").click()
    expect(page.get_by_role("button", name="Send again")).to_be_visible()
    _settle(page)
    assert violations(page, is_cut_off=True) == []
    _make_token(admin)
    assert violations(page, is_cut_off=True) == []
    for path in (
        *DELIVERY_PATHS,
        f"/admin/withdrawals/page/{identifier}/",
        f"/admin/previews/{identifier}/end/",
    ):
        admin.goto(path)
        assert violations(page, is_cut_off=True) == [], path
    for path, name in ((TOPICS, "Back pain"), (MENUS, "Main")):
        admin.goto(path)
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("button", name="Save")).to_be_visible()
        assert violations(page, without=WAGTAIL_STREAM_RULES) == []


def test_the_library_in_the_admin_has_no_violation_and_cuts_nothing_off(
    admin: Visit,
) -> None:
    page = admin.page

    for name in LIBRARY:
        admin.goto(f"/admin/snippets/health_content/{name}/")
        assert violations(page, is_cut_off=True) == [], name
        admin.goto(f"/admin/snippets/health_content/{name}/add/")
        expect(page.get_by_role("button", name="Save").first).to_be_visible()
        assert violations(page, without=WAGTAIL_FORM_RULES) == [], name
    admin.goto("/admin/snippets/health_content/personprofile/")
    page.get_by_role("link", name="Noor Nasser (fictional)", exact=True).click()
    page.get_by_role("tab", name="Credentials").click()
    expect(page.get_by_label("Awarded by")).to_be_visible()
    assert violations(page, without=WAGTAIL_FORM_RULES) == []


def _make_webhook(admin: Visit) -> None:
    """Make a webhook through its form, which leads to its page."""
    page = admin.page
    admin.goto(f"{WEBHOOKS}new/")
    page.get_by_label("Name").fill("Front end (fictional)")
    page.get_by_label("Address").fill("https://hooks.invalid/a-rather-long-address")
    page.get_by_label("article.updated").check()
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("button", name="Send a test event")).to_be_visible()
    _settle(page)


def _make_token(admin: Visit) -> None:
    """Make a token through its form, which leads to the page that shows it, once."""
    page = admin.page
    admin.goto(f"{TOKENS}new/")
    page.get_by_label("Name").fill("Nightly build (fictional)")
    page.get_by_label("User").select_option(label="admin")
    page.get_by_label("Acknowledge withdrawals").check()
    page.get_by_role("checkbox", name="All sites").check()
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("textbox", name="The token")).to_be_visible()
    _settle(page)


def _settle(page: Page) -> None:
    """Wait until what the last button led to has loaded, and its message has faded in: half of a color is none."""
    page.wait_for_load_state("networkidle")


def _article_id(admin: Visit) -> int:
    path = "/api/content/v1/resolve/?path=/articles/sleeping-better/"
    answer = admin.page.request.get(f"{admin.url}{path}")
    identifier: int = answer.json()["page"]["id"]
    return identifier


def _cut_off(page: Page) -> list[str]:
    """Return what reaches beyond the right edge of the page's main part: Wagtail cuts it off.

    What is in a frame that scrolls is all right; the bar of bulk actions is Wagtail's.
    """
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('main *')]
            .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1)
            .filter((element) => !element.closest('.hp-wide > *, .footer, .w-breadcrumbs'))
            .map((element) => `${location.pathname}: ${element.outerHTML.slice(0, 100)}`)"""
    )
    return found[:1]


def violations(
    page: Page, *, without: tuple[str, ...] = (), is_cut_off: bool = False
) -> list[str]:
    """Return the rules that *page* breaks by any look, each with its address and the first element that breaks it.

    With *is_cut_off* also what reaches beyond the right edge.
    """
    rules = {rule: {"enabled": False} for rule in without}
    options = {"resultTypes": ["violations"], "rules": rules}
    faults: list[str] = []
    for width, scheme in LOOKS:
        _look_at(page, width, scheme)
        found = Axe().run(page, options=options)
        faults += [
            f"{page.url} ({width}): {violation['id']} at {violation['nodes'][0]['target']}"
            for violation in found.response["violations"]
        ]
        faults += _cut_off(page) if is_cut_off else []
    return faults


def _look_at(page: Page, width: int, scheme: str) -> None:
    """Give *page* another width and color scheme, and wait until every color is there: half of one is none."""
    page.set_viewport_size({"width": width, "height": 900})
    page.mouse.move(width - 1, 899)  # Over nothing that has a tooltip.
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # a word of two
    page.evaluate(
        """() => Promise.allSettled(
            document.getAnimations()
                .filter((each) => Number.isFinite(each.effect.getComputedTiming().endTime))
                .map((each) => each.finished))"""
    )
