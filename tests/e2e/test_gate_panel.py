"""An author writes a claim that must not stand, reads so beside the text, and is told why it does not go live."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from wagtail.models import Page

from health_content.admin.findings import override_url
from health_content.models import (
    EmergencyPublication,
    GateOverride,
    PageDrift,
    PageFinding,
)
from health_content.models.people import Credential
from health_content.selectors.gate import page_decision
from tests import factories
from tests.content.gate.conftest import FINE, body

from .conftest import a_site, open_panel
from .test_accessibility import WAGTAIL_FORM_RULES, violations

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Visit

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.gated,
    pytest.mark.django_db(transaction=True),
]

# Wagtail looks at a form for changes only so long after it was opened.
WATCHED_MS = 2500
REPORT_PATHS = tuple(
    f"/admin/gate/reports/{name}/"
    for name in (
        "reviews",
        "overrides",
        "emergencies",
        "drift",
        "claims",
        "gaps",
        "translations",
        "disclaimers",
        "references",
        "reviewers",
        "noise",
    )
)
CLAIM = "Acupuncture cures back pain for good."


@pytest.fixture
def page_id(transactional_db: None) -> int:
    """Return the id of a draft that nobody reviewed, on a site with a disclaimer."""
    a_site()
    draft = factories.article(live=False, title="Needles", body=body(FINE))
    draft.save_revision()
    now = timezone.now()
    about = {"page_id": draft.pk, "user_name": "ann", "reason": CLAIM}
    GateOverride.objects.bulk_create(
        [
            GateOverride(
                **about,
                check_id="G08",
                fingerprint="CUR-001:x",
                sentence=CLAIM,
                kind="false_positive",
                rule_base="1",
                standing="two_people",
                created_at=now,
                expires_at=now + timedelta(days=9),
            )
        ]
    )
    EmergencyPublication.objects.bulk_create(
        [EmergencyPublication(**about, published_at=now, review_due_at=now)]
    )
    reason = {"code": "disclaimer_missing", "text": "", "message": "", "suggestion": ""}
    PageDrift.objects.create(
        page_id=draft.pk, outcomes=[reason], found_at=now, checked_at=now
    )
    PageFinding.objects.create(
        page_id=draft.pk,
        check_id="G08",
        level="block",
        code="claim",
        rule="CUR-001",
        fingerprint="CUR-001:x",
        text=CLAIM,
        found_at=now,
        checked_at=now,
    )
    factories.reference("A trial", retracted_at=now.date())
    factories.person(
        "Rae Sample (fictional)",
        user=factories.user("rae"),
        credentials=[Credential(title="MBBS")],
    )
    public = factories.article(
        title="Public", body=body(FINE), risk_tier="low", content_kind="news"
    )
    assert public.live
    return int(draft.pk)


def test_a_bad_claim_is_seen_while_it_is_typed_and_does_not_go_live(
    author: Visit, page_id: int, shots: Callable[..., None]
) -> None:
    page = author.page
    panel = open_panel(author, page_id)
    expect(panel).to_contain_text("Nobody reviewed it yet.")
    expect(panel).not_to_contain_text(CLAIM)

    page.wait_for_timeout(WATCHED_MS)
    text = page.locator("[data-contentpath=body] [contenteditable=true]").first
    text.click()
    page.keyboard.press("End")
    page.keyboard.type(f" {CLAIM}")

    expect(panel).to_contain_text(CLAIM)
    counter = page.locator(
        "[data-side-panel-toggle=health] [data-side-panel-toggle-counter]"
    )
    expect(counter).to_have_text("3")
    expect(page.locator("[name=action-publish]")).to_contain_text("(3 blocking)")
    shots("panel")

    page.locator("[data-contentpath=title] textarea, [data-contentpath=title] input").first.click()  # fmt: skip
    finding = panel.locator(".hp-gate__finding", has_text=CLAIM).first
    finding.get_by_role("button", name="Go there").click()
    assert page.evaluate(
        "document.activeElement.closest('[data-contentpath=body]') !== null"
    )

    page.locator("[data-contentpath=title]").scroll_into_view_if_needed()
    button = page.locator("[name=action-publish]")
    if not button.is_visible():
        page.get_by_role("button", name="More actions").click()
    button.click()
    page.wait_for_load_state()
    message = page.locator(".messages")
    expect(message).to_contain_text(CLAIM)
    expect(message).to_contain_text("Nobody reviewed it medically.")
    shots("refused")
    assert not Page.objects.get(pk=page_id).live


def test_the_panel_and_the_forms_have_no_violation(
    author: Visit, page_id: int, shots: Callable[..., None]
) -> None:
    page = author.page
    draft = Page.objects.get(pk=page_id).get_latest_revision_as_object()
    finding = page_decision(draft).blockers[0].reason.fingerprint

    open_panel(author, page_id)
    assert violations(page, without=WAGTAIL_FORM_RULES) == []
    shots("panel")
    for path in (
        override_url(page_id, finding),
        override_url(page_id, "nothing"),
        f"/admin/gate/page/{page_id}/emergency/",
        f"/admin/gate/page/{page_id}/evidence/",
        *REPORT_PATHS,
    ):
        author.goto(path)
        assert violations(page, is_cut_off=True) == [], path
        shots(f"form-{path.strip('/').rpartition('/')[2][:9]}")
