"""What an editor does about a finding without leaving the page, by keyboard alone: replace, attribute, attach, look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from health_content.models import PermittedClaim
from tests import factories
from tests.content.gate.conftest import body

from .conftest import a_site, open_panel
from .test_accessibility import WAGTAIL_FORM_RULES, violations

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Request

    from .conftest import Visit

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.gated,
    pytest.mark.django_db(transaction=True),
]

CURE = "Acupuncture cures back pain for good."
BALANCE = "Acupuncture restores the balance of energy."
TWICE = "Needling is completely painless."
PERMITTED = "Acupuncture may offer short-term relief of chronic low back pain."
ATTRIBUTED = "In traditional Chinese medicine, it is believed that acupuncture restores the balance of energy."
HTML = f"<p>Ask a <b>nurse</b> if it stays. {CURE} Rest helps.</p><p>{BALANCE}</p><p>{TWICE} {TWICE}</p>"
# Wagtail looks at a form for changes only so long after it was opened.
WATCHED_MS = 2500
# What the panel waits for while it is closed, and Wagtail before it says that something was changed.
QUIET_MS = 4000


@pytest.fixture
def page_id(transactional_db: None) -> int:
    """Return the id of a draft about acupuncture, with three claims and a regulator's wording for one of them."""
    a_site()
    treatment = factories.treatment("Acupuncture", medicine_system="TraditionalChinese")
    condition = factories.condition("Chronic low back pain", synonyms="Back pain")
    PermittedClaim.objects.create(
        treatment=treatment,
        condition=condition,
        jurisdiction="uk",
        stance="permitted",
        wording="short-term relief of chronic low back pain",
        qualifier="Say that the relief is short-term.",
        source_title="A ruling",
        source_url="https://example.org/ruling",
        checked_at="2026-11-30",
    )
    draft = factories.article(
        live=False,
        title="Needles",
        body=body(HTML),
        about_treatments=[treatment],
        about_conditions=[condition],
    )
    draft.save_revision()
    return int(draft.pk)


def finding(panel: Locator, text: str) -> Locator:
    return panel.locator(".hp-gate__finding", has_text=text).first


def text_of(visit: Visit) -> Locator:
    return visit.page.locator("[data-contentpath=body] [contenteditable=true]").first


def press(button: Locator) -> None:
    """Press a button as somebody without a mouse does."""
    button.focus()
    button.press("Enter")


def test_a_permitted_wording_replaces_the_claim_and_undo_takes_it_back(
    author: Visit, page_id: int, shots: Callable[..., None]
) -> None:
    page = author.page
    panel = open_panel(author, page_id)
    claim = finding(panel, CURE)
    expect(claim).to_contain_text(f"Permitted wording: “{PERMITTED}”".replace("“", "").replace("”", ""))  # fmt: skip
    expect(claim).to_contain_text("Say that the relief is short-term.")
    page.wait_for_timeout(WATCHED_MS)
    shots("actions")

    press(claim.get_by_role("button", name="Use permitted wording"))

    expect(text_of(author)).to_contain_text(f"stays. {PERMITTED} Rest helps.")
    expect(page.locator("body > [data-hp-gate-aloud]")).to_contain_text("replaced")
    expect(panel).not_to_contain_text(CURE)
    # The button went with its finding; whoever pressed it is still in the panel.
    assert page.evaluate("document.activeElement.closest('[data-hp-gate]') !== null")
    shots("replaced")

    text_of(author).focus()
    page.keyboard.press("Control+z")
    expect(text_of(author)).to_contain_text(CURE)
    expect(panel).to_contain_text(CURE)


def test_a_belief_is_marked_as_one(author: Visit, page_id: int) -> None:
    panel = open_panel(author, page_id)
    author.page.wait_for_timeout(WATCHED_MS)
    expect(
        finding(panel, CURE).get_by_role("button", name="Mark as attributed")
    ).to_be_hidden()

    press(finding(panel, BALANCE).get_by_role("button", name="Mark as attributed"))

    expect(text_of(author)).to_contain_text(ATTRIBUTED)
    expect(panel.locator(".hp-gate__finding", has_text=f"“{BALANCE}”")).to_have_count(0)


def test_a_sentence_that_stands_twice_is_left_alone(
    author: Visit, page_id: int
) -> None:
    author.goto(f"/admin/pages/{page_id}/edit/")
    # Nothing is asked when the panel is opened, and its buttons know their fields all the same.
    author.page.wait_for_timeout(WATCHED_MS)
    author.page.get_by_role("button", name="Toggle health").click()
    panel = author.page.locator("[data-hp-gate]")
    before = text_of(author).inner_text()
    button = finding(panel, TWICE).get_by_role("button", name="Use suggested wording")

    press(button)

    expect(panel).to_contain_text("stands there more than once")
    expect(button).to_be_focused()
    assert text_of(author).inner_text() == before


def test_a_title_is_replaced_too_and_undo_takes_it_back(
    author: Visit, page_id: int
) -> None:
    page = author.page
    panel = open_panel(author, page_id)
    page.wait_for_timeout(WATCHED_MS)
    title = page.locator("[data-contentpath=title]").locator("input, textarea").first
    title.fill("Acupuncture cures migraine for good")
    expect(panel).to_contain_text("cures migraine")
    row = panel.locator(".hp-gate__finding", has_text="migraine").first
    use = row.get_by_role("button", name="Use permitted wording")

    press(use)

    expect(title).to_have_value(PERMITTED)
    title.focus()
    page.keyboard.press("Control+z")
    expect(title).to_have_value("Acupuncture cures migraine for good")


def test_a_reference_is_attached_where_references_stand(
    author: Visit, page_id: int
) -> None:
    page = author.page
    panel = open_panel(author, page_id)
    row = panel.locator(".hp-gate__finding", has_text="names no source").first

    press(row.get_by_role("button", name="Attach a reference"))

    references = page.locator("[data-contentpath=references]")
    expect(references).to_be_visible()
    expect(references.get_by_role("button").filter(visible=True).last).to_be_focused()
    expect(page.locator("body > [data-hp-gate-aloud]")).to_have_text(
        "Add a reference here."
    )


def test_a_finding_is_dismissed_with_a_reason(author: Visit, page_id: int) -> None:
    panel = open_panel(author, page_id)

    press(finding(panel, CURE).get_by_role("link", name="Dismiss with a reason"))

    expect(author.page.get_by_label("The finding is wrong")).to_be_checked()
    expect(author.page.locator("blockquote")).to_contain_text(CURE)


def test_findings_are_marked_in_the_preview_and_nowhere_else(
    author: Visit, page_id: int, shots: Callable[..., None]
) -> None:
    author.tolerated = ("axe.run results",)
    page = author.page
    panel = open_panel(author, page_id)

    press(finding(panel, CURE).get_by_role("button", name="Show in the preview"))

    preview = page.frame_locator("#w-preview-iframe")
    marks = preview.locator("mark[data-health-finding]")
    expect(marks.filter(has_text=CURE)).not_to_have_count(0)
    note = preview.locator(".hp-note").filter(visible=True)
    expect(note).to_have_count(1)
    expect(preview.get_by_role("button", name="Blocking: finding")).not_to_have_count(0)
    expect(preview.locator("button[aria-expanded=true]")).to_be_focused()
    shots("preview")
    frame = page.frames[-1]
    served = page.request.get(frame.url).text()
    assert CURE in served
    assert "health-finding" not in served

    page.keyboard.press("Escape")
    expect(panel).to_be_visible()
    expect(
        finding(panel, CURE).get_by_role("button", name="Show in the preview")
    ).to_be_focused()
    page.get_by_label("Mark the findings in the preview").uncheck()
    expect(marks).to_have_count(0)
    expect(preview.locator("[data-health-note]")).to_have_count(0)
    expect(preview.locator("main")).to_contain_text(CURE)


def test_a_closed_panel_counts_what_is_typed_by_one_request(
    author: Visit, page_id: int
) -> None:
    page = author.page
    asked: list[str] = []

    def note(request: Request) -> None:
        if "/edit/preview/" in request.url:
            asked.append(request.method)

    page.on("request", note)
    author.goto(f"/admin/pages/{page_id}/edit/")
    counter = page.locator(
        "[data-side-panel-toggle=health] [data-side-panel-toggle-counter]"
    )
    before = int(counter.inner_text())
    page.wait_for_timeout(WATCHED_MS)
    assert asked == []

    text_of(author).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" This tea cures diabetes for good.", delay=20)

    expect(counter).not_to_have_text(str(before))
    page.wait_for_timeout(QUIET_MS)
    assert asked == ["POST"]
    assert int(counter.inner_text()) > before


def test_an_open_preview_is_asked_by_wagtail_alone(author: Visit, page_id: int) -> None:
    author.tolerated = ("axe.run results",)
    page = author.page
    author.goto(f"/admin/pages/{page_id}/edit/")
    page.get_by_role("button", name="Toggle preview").click()
    expect(page.frame_locator("#w-preview-iframe").locator("main")).to_be_visible()
    page.wait_for_timeout(WATCHED_MS)
    asked: list[str] = []
    page.on(
        "request",
        lambda r: asked.append(r.method) if "/edit/preview/" in r.url else None,
    )
    counter = page.locator(
        "[data-side-panel-toggle=health] [data-side-panel-toggle-counter]"
    )
    before = counter.inner_text()

    text_of(author).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" This tea cures diabetes for good.", delay=20)

    expect(counter).not_to_have_text(before)
    page.wait_for_timeout(QUIET_MS)
    assert asked.count("POST") == asked.count("GET")
    assert asked.count("POST") <= 2


def test_the_panel_with_its_actions_has_no_violation(
    author: Visit, page_id: int, shots: Callable[..., None]
) -> None:
    author.tolerated = ("axe.run results",)
    page = author.page
    panel = open_panel(author, page_id)

    assert violations(page, without=WAGTAIL_FORM_RULES) == []
    shots("actions")
    finding(panel, CURE).get_by_role("button", name="Show in the preview").click()
    preview = page.frame_locator("#w-preview-iframe")
    expect(preview.locator(".hp-note").filter(visible=True)).to_have_count(1)
    shots("marks")
    assert violations(page, without=WAGTAIL_FORM_RULES) == []
