"""What is public and would not go live today is found, named and kept for the report."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from health_content.models import DisclaimerSnippet, PageDrift
from health_content.services.audit import health_page_models, pages_audit
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.gated, pytest.mark.django_db]


def audit(*options: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("health_audit", *options, stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def public(draft: Callable[..., Any]) -> Callable[[], Any]:
    """Return `public()`: a reviewed page that went live."""

    def make() -> Any:
        page = draft()
        page.latest_revision.publish()
        page.refresh_from_db()
        assert page.live
        return page

    return make


def withdraw_disclaimer() -> None:
    """Take the disclaimer of every page away behind the code's back."""
    DisclaimerSnippet.objects.update(live=False)


def test_a_site_without_faults_passes(public: Callable[[], Any]) -> None:
    public()

    assert audit() == (0, "1 pages, 0 would fail today\n")
    assert json.loads(audit("--format", "json")[1]) == {"failing": [], "pages": 1}
    assert not PageDrift.objects.exists()


def test_a_page_that_would_fail_is_named_with_its_reasons(
    public: Callable[[], Any],
) -> None:
    pages = [public(), public()]
    withdraw_disclaimer()

    code, text = audit()
    json_code, answer = audit("--format", "json")

    assert (code, json_code) == (3, 3)
    assert (
        f"{pages[0].pk}: {pages[0].title}\n    No medical disclaimer is shown." in text
    )
    assert text.endswith("2 pages, 2 would fail today\n")
    found = json.loads(answer)
    assert [(p["page"], p["checks"]) for p in found["failing"]] == [
        (page.pk, ["G01"]) for page in pages
    ]
    assert found["pages"] == 2


def test_drafts_and_pages_without_a_gate_are_not_asked(
    draft: Callable[..., Any], home: Any
) -> None:
    draft(reviewed=False)

    assert home.live
    assert audit() == (0, "0 pages, 0 would fail today\n")
    assert {m.__name__ for m in health_page_models()} >= {"ArticlePage", "FAQPage"}


def test_the_report_is_brought_up_to_date(
    public: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    page, gone = public(), public()
    withdraw_disclaimer()
    audit()
    first = PageDrift.objects.get(page_id=page.pk)
    assert [each["code"] for each in first.outcomes] == ["disclaimer_missing"]
    gone.unpublish()
    later = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: later)

    audit()
    again = PageDrift.objects.get()
    assert (again.page_id, again.found_at, again.checked_at) == (page.pk, first.found_at, later)  # fmt: skip

    DisclaimerSnippet.objects.update(live=True)
    assert audit()[0] == 0
    assert not PageDrift.objects.exists()


def test_a_page_costs_the_same_among_many(
    public: Callable[[], Any], django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost() -> int:
        list(pages_audit())
        with CaptureQueriesContext(connection) as queries:
            list(pages_audit())
        return len(queries)

    one = (public(), cost())[1]
    two = (public(), cost())[1]
    four = (public(), public(), cost())[2]

    assert four - two == 2 * (two - one)


def test_an_alias_is_asked_too(public: Callable[[], Any]) -> None:
    page = public()
    page.create_alias(update_slug="alias")
    withdraw_disclaimer()

    assert len([a for a in pages_audit() if a.faults]) == 2
    assert factories.Page.objects.filter(alias_of=page).exists()
