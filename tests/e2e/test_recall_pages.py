"""The pages of recalls and webhooks in the admin, looked at in a browser: no violation, and nothing beside the page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Site

from health_content.actors import System
from health_content.delivery.models import (
    AcknowledgedAction,
    Recall,
    RecallNotice,
    WebhookDelivery,
    WebhookEndpoint,
)
from health_content.delivery.recalls.acknowledgements import (
    Statement,
    acknowledgement_record,
)
from health_content.delivery.webhooks.event_types import EVENT_TYPES
from health_content.services.withdrawals import page_withdraw
from tests.factories import article, home_page, language, superuser, user

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser
    from playwright.sync_api import Page as BrowserPage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def _root(live_server: Any) -> None:
    """Make what a migration made, and what an earlier test's end took away."""
    if not Site.objects.exists():
        root = Page.add_root(title="Root", slug="root", locale=language())
        Site.objects.create(hostname="localhost", is_default_site=True, root_page=root)


@pytest.fixture
def paths() -> list[str]:
    """Return the addresses of the pages, with a recall that each kind of consumer is in."""
    home_page()
    account = user("partner")
    endpoints = [
        WebhookEndpoint.objects.create(
            name=name, url=f"https://hooks{number}.example/in", event_types=list(EVENT_TYPES), account=account if number == 1 else None
        )
        for number, name in enumerate(("App of a partner with a long name", "Static site", "Search index", "Kiosk"), 1)
    ]  # fmt: skip
    for endpoint in endpoints:
        endpoint.sites.set([Site.objects.get(is_default_site=True)])
    page = article(title="Doses", slug="doses")
    withdrawal = page_withdraw(page, actor=System("test"), reason="The dose was wrong.", severity="high")  # fmt: skip
    now = timezone.now()
    notices = RecallNotice.objects.order_by("pk")
    notices.filter(endpoint=endpoints[1]).update(told_at=now, attempt_count=2, last_result="204")  # fmt: skip
    notices.filter(endpoint=endpoints[2]).update(failed_at=now + timedelta(days=3), attempt_count=10, last_result="timeout")  # fmt: skip
    acknowledgement_record(
        Statement(page_id=page.pk, action=AcknowledgedAction.REMOVED, number=Recall.objects.get(pk=withdrawal.pk).number, version=1),
        account=account, allows_site=lambda _: True,
    )  # fmt: skip
    delivery = WebhookDelivery.objects.filter(type="article.withdrawn").latest("pk")
    return [
        f"/admin/recalls/{withdrawal.pk}/",
        "/admin/withdrawals/",
        "/admin/webhooks/",
        f"/admin/webhooks/{endpoints[0].pk}/",
        "/admin/webhook-deliveries/",
        f"/admin/webhook-deliveries/{delivery.pk}/",
    ]


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_pages_of_recalls_and_webhooks_have_no_violation(
    live_server: Any, browser: Browser, paths: list[str], width: int, scheme: Any, tmp_path: Path
) -> None:  # fmt: skip
    client = Client()
    client.force_login(superuser())
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # fmt: skip
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": live_server.url}]
    )  # fmt: skip
    page = context.new_page()
    try:
        found: list[str] = []
        for number, path in enumerate(paths):
            response = page.goto(f"{live_server.url}{path}")
            assert response is not None
            assert response.status == 200, path
            page.screenshot(path=tmp_path / f"{number}-{width}-{scheme}.png", full_page=True)  # fmt: skip
            found += violations(page)
        assert found == []
    finally:
        context.close()


def violations(page: BrowserPage) -> list[str]:
    """Return what axe finds on *page*, and whether the page is wider than its window."""
    page.wait_for_load_state("networkidle")
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")  # fmt: skip
    return [
        f"{page.url}: {violation['id']} at {violation['nodes'][0]['target']}"
        for violation in found.response["violations"]
    ] + ([f"{page.url}: wider than its window"] if wide else [])
