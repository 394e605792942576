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
ADMIN_PATHS = ("/admin/replies/", DISCLAIMERS)
# Wagtail's own form, in every create and edit view: the rich text field has no accessible name, and the heading is not
# an h1 while the title is a field.
WAGTAIL_FORM_RULES = ("aria-input-field-name", "page-has-heading-one")


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    """Return the color scheme that the visitor prefers."""
    return str(request.param)


@pytest.fixture(params=[320, 1280])
def width(request: pytest.FixtureRequest) -> int:
    """Return the width of the visitor's window in CSS pixels."""
    return int(request.param)


def test_pages_for_readers_have_no_violation(
    visitor: Any, width: int, scheme: str
) -> None:
    visit = _visit(visitor, width, scheme, tolerated=("status of 404", "status of 500"))

    for path, status in READER_PATHS.items():
        assert visit.goto(path).status == status, path
        assert _violations(visit.page) == []


def test_a_form_sent_back_has_no_violation(
    visitor: Any, width: int, scheme: str
) -> None:
    visit = _visit(visitor, width, scheme, tolerated=("status of 422",))
    visit.goto("/articles/sleeping-better/")
    visit.page.get_by_role("button", name="Send reply").click()
    expect(visit.page.get_by_role("alert")).to_be_visible()

    assert _violations(visit.page) == []


def test_our_views_in_the_admin_have_no_violation(
    admin: Visit, width: int, scheme: str
) -> None:
    page = admin.page
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)

    for path in ADMIN_PATHS:
        admin.goto(path)
        assert _violations(page) == []
    admin.goto("/admin/replies/")
    page.get_by_role("link", name="My two arms give different numbers").click()
    expect(page.get_by_role("button", name="Approve")).to_be_visible()
    assert _violations(page) == []

    admin.goto(f"{DISCLAIMERS}add/")
    assert _violations(page, without=WAGTAIL_FORM_RULES) == []
    admin.goto(DISCLAIMERS)
    page.get_by_role("link", name="Not for emergencies", exact=True).click()
    expect(page.get_by_role("textbox", name="Title")).to_be_visible()
    assert _violations(page, without=WAGTAIL_FORM_RULES) == []


def _visit(visitor: Any, width: int, scheme: str, *, tolerated: tuple[str, ...]) -> Any:
    viewport = {"width": width, "height": 900}
    return visitor(viewport=viewport, color_scheme=scheme, tolerated=tolerated)


def _violations(page: Page, *, without: tuple[str, ...] = ()) -> list[str]:
    """Return the rules that *page* breaks, each with its address and the first element that breaks it."""
    page.wait_for_load_state("networkidle")
    rules = {rule: {"enabled": False} for rule in without}
    found = Axe().run(page, options={"resultTypes": ["violations"], "rules": rules})
    return [
        f"{page.url}: {violation['id']} at {violation['nodes'][0]['target']}"
        for violation in found.response["violations"]
    ]
