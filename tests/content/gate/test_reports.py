"""The reports of the gate: who sees them, what stands in them, and that many rows cost no more than a few."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from openpyxl import load_workbook

from health_content.models import (
    DisclaimerSnippet,
    EmergencyPublication,
    GateOverride,
    MedicalReview,
    OverrideApproval,
    PageDrift,
)
from health_content.services.reviews import review_record
from tests import factories
from tests.content.gate.conftest import allow, signed_in

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.gated, pytest.mark.django_db]

REASON = "Quoted from a leaflet that the article criticizes."
NAMES = ("reviews", "overrides", "emergencies", "drift")
SEE = {
    "reviews": "view_medicalreview",
    "overrides": "view_gateoverride",
    "emergencies": "view_emergencypublication",
    "drift": "view_pagedrift",
}


def url(name: str, query: str = "") -> str:
    return reverse(f"health_content_report_{name}") + query


def due_in(days: int, page: Any, doctor: Any) -> MedicalReview:
    review = review_record(page, reviewer=doctor)
    moment = timezone.now() + timedelta(days=days, minutes=-5)
    MedicalReview.objects.filter(pk=review.pk)._raw_delete("default")
    review.expires_at = moment
    return MedicalReview.objects.bulk_create([review])[0]


def override(page: Any, *, days: int = 30, standing: str = "lead") -> GateOverride:
    now = timezone.now()
    row = GateOverride(
        page_id=page.pk,
        check_id="G08",
        fingerprint=f"f-{page.pk}",
        sentence="=Acupuncture cures.",
        kind="quotation",
        reason=REASON,
        standing=standing,
        user_name="ann",
        created_at=now - timedelta(days=days + 1 if days < 0 else 1),
        expires_at=now + timedelta(days=days),
    )
    row.save()
    return row


def emergency(page: Any, *, hours: int = 24) -> EmergencyPublication:
    now = timezone.now()
    row = EmergencyPublication(
        page_id=page.pk,
        content_digest="x",
        reason=REASON,
        user_name="ann",
        published_at=now,
        review_due_at=now + timedelta(hours=hours),
    )
    row.save()
    return row


def drift(page: Any) -> PageDrift:
    now = timezone.now()
    reason = {"check": "G01", "code": "disclaimer_missing", "text": "", "message": "", "suggestion": ""}  # fmt: skip
    return PageDrift.objects.create(
        page_id=page.pk, outcomes=[reason], found_at=now, checked_at=now
    )


@pytest.fixture
def live(home: Any, draft: Callable[..., Any]) -> Callable[[str], Any]:
    """Return `live(title)`: a public page, reviewed or not as the test goes on to say."""

    def make(title: str) -> Any:
        page = draft(title=title)
        page.latest_revision.publish()
        MedicalReview.objects.filter(page_id=page.pk)._raw_delete("default")
        page.refresh_from_db()
        return page

    return make


@pytest.fixture
def boss(home: Any) -> Client:
    return signed_in(factories.superuser())[0]


def titles(client: Client, name: str, query: str = "") -> list[str]:
    answer = client.get(url(name, query))
    assert answer.status_code == 200
    return [getattr(row, "page_title", None) or row.title for row in answer.context["object_list"]]  # fmt: skip


def test_reviews_are_listed_by_when_they_are_due(
    live: Callable[[str], Any], doctor: Any, boss: Client
) -> None:
    for days in (-3, 20, 50, 80, 400):
        due_in(days, live(f"In {days}"), doctor)
    live("Never reviewed")

    assert titles(boss, "reviews") == ["In -3", "In 20", "In 50", "In 80", "In 400"]
    assert titles(boss, "reviews", "?due=overdue") == ["In -3"]
    assert titles(boss, "reviews", "?due=30") == ["In -3", "In 20"]
    assert titles(boss, "reviews", "?due=60") == ["In -3", "In 20", "In 50"]
    assert titles(boss, "reviews", "?due=90") == ["In -3", "In 20", "In 50", "In 80"]
    shown = boss.get(url("reviews")).content.decode()
    assert ("Overdue" in shown, "Rae Sample (fictional)" in shown) == (True, True)
    coming = date_format(localtime(timezone.now() + timedelta(days=80, minutes=-5)))
    assert f">{coming}</time>" in shown


def test_overrides_are_listed_until_they_end(
    live: Callable[[str], Any], boss: Client
) -> None:
    waiting = override(live("Waits"), standing="two_people")
    override(live("Ends soon"), days=3)
    done = override(live("Approved"), days=60, standing="two_people")
    OverrideApproval(override=done, user_name="ben", approved_at=timezone.now()).save()
    override(live("Over"), days=-2)

    assert titles(boss, "overrides") == ["Ends soon", "Waits", "Approved"]
    assert titles(boss, "overrides", "?state=waiting") == ["Waits"]
    assert titles(boss, "overrides", "?state=counts") == ["Ends soon", "Approved"]
    assert titles(boss, "overrides", "?state=ending") == ["Ends soon"]
    assert titles(boss, "overrides", "?check_id=G01") == []
    shown = boss.get(url("overrides")).content.decode()
    assert shown.count("/approve/") == 1
    assert f"/admin/gate/overrides/{waiting.pk}/approve/" in shown


def test_emergencies_are_listed_until_somebody_reviews_the_page(
    live: Callable[[str], Any], doctor: Any, boss: Client
) -> None:
    late, fresh = live("Late"), live("Fresh")
    emergency(late, hours=-1)
    emergency(fresh)

    assert titles(boss, "emergencies") == ["Late", "Fresh"]
    assert titles(boss, "emergencies", "?state=late") == ["Late"]
    assert titles(boss, "emergencies", "?state=open") == ["Fresh"]

    review_record(late, reviewer=doctor)
    assert titles(boss, "emergencies") == ["Fresh"]


def test_pages_that_would_fail_are_listed_with_their_reasons(
    draft: Callable[..., Any], boss: Client
) -> None:
    page = draft(title="Adrift")
    page.latest_revision.publish()
    DisclaimerSnippet.objects.update(live=False)
    with pytest.raises(CommandError):
        call_command("health_audit", stdout=io.StringIO())

    assert titles(boss, "drift") == ["Adrift"]
    assert "No medical disclaimer is shown." in boss.get(url("drift")).content.decode()
    assert titles(boss, "drift", "?found_at=2020-01-01") == []


def test_a_page_that_was_deleted_keeps_its_number(
    live: Callable[[str], Any], boss: Client
) -> None:
    page = live("Gone")
    number = page.pk
    override(page)
    page.delete()

    assert f"#{number}" in boss.get(url("overrides")).content.decode()


def test_reports_are_exported(live: Callable[[str], Any], boss: Client) -> None:
    override(live("-Quoted"))

    answer = boss.get(url("overrides", "?export=csv"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    (head, row) = csv.reader(io.StringIO(text))
    assert head[:4] == ["Page", "Check", "What it is about", "Reason"]
    assert row[0] == "'-Quoted"
    assert row[1] == "G08 A claim that must not stand, unresolved"
    assert row[2] == "'=Acupuncture cures."

    answer = boss.get(url("overrides", "?export=xlsx"))
    content = getattr(answer, "streaming_content", None)
    data = b"".join(content) if content else answer.content
    cells = next(load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2, values_only=True))  # fmt: skip
    assert cells[3] == REASON


@pytest.mark.parametrize("name", NAMES)
def test_who_has_the_permission_sees_the_report_and_its_entry(
    name: str, home: Any
) -> None:
    client, _ = signed_in(allow(factories.user("view"), "access_admin", SEE[name]))

    assert client.get(url(name)).status_code == 200
    assert client.get(url(name, "results/")).status_code == 200
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert url(name) in menu
    assert [other for other in NAMES if url(other) in menu] == [name]


@pytest.mark.parametrize("name", NAMES)
def test_who_has_not_is_refused(name: str, home: Any) -> None:
    client, _ = signed_in(allow(factories.user("nobody"), "access_admin"))

    for target in (url(name), url(name, "results/"), url(name, "?export=csv")):
        answer = client.get(target)
        assert (answer.status_code, answer.url) == (302, "/admin/")
    assert Client().get(url(name)).url.startswith("/admin/login/")
    assert url(name) not in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_many_rows_cost_what_two_cost(
    name: str, live: Callable[[str], Any], doctor: Any, boss: Client
) -> None:
    def add(count: int, first: int) -> None:
        for number in range(first, first + count):
            page = factories.article(live=False, title=f"Page {number}")
            type(page).objects.filter(pk=page.pk).update(live=True)
            {
                "reviews": lambda p: due_in(5, p, doctor),
                "overrides": lambda p: override(p, standing="two_people"),
                "emergencies": emergency,
                "drift": drift,
            }[name](page)

    def cost() -> int:
        boss.get(url(name))
        with CaptureQueriesContext(connection) as queries:
            answer = boss.get(url(name))
        assert answer.status_code == 200
        return len(queries)

    add(2, 0)
    two = cost()
    add(18, 2)

    assert len(titles(boss, name)) == 20
    assert cost() == two


def test_the_dashboard_counts_what_waits(
    live: Callable[[str], Any], doctor: Any, boss: Client
) -> None:
    home = reverse("wagtailadmin_home")
    assert "Reviews overdue" not in boss.get(home).content.decode()
    page = live("Page")
    due_in(-1, page, doctor)
    override(page, standing="two_people")
    drift(page)

    shown = boss.get(home).content.decode()

    assert "Reviews overdue: 1" in shown
    assert "Overrides that wait for a second person: 1" in shown
    assert "Pages that would fail today: 1" in shown
    assert "Emergencies to review: " not in shown
    nobody, _ = signed_in(allow(factories.user("nobody"), "access_admin"))
    assert "Reviews overdue" not in nobody.get(home).content.decode()
