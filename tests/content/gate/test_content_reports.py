"""The reports on content: what stands in them, by what they are narrowed down, who sees them, and that they cost the same."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from health_content.models import GateOverride, PageFinding
from health_content.models.people import Credential
from health_content.services.audit import pages_audit
from health_content.services.reviews import review_record
from tests import factories
from tests.content.gate.conftest import BAD, BLOCKER, allow, body, signed_in

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.gated, pytest.mark.django_db]

REASON = "Quoted from a leaflet that the article criticizes."
SEE = {
    "claims": "view_pagefinding",
    "gaps": "view_pagefinding",
    "translations": "view_medicalreview",
    "disclaimers": "view_disclaimersnippet",
    "references": "view_reference",
    "reviewers": "view_medicalreview",
    "noise": "view_gateoverride",
}
TOGETHER = {
    "view_pagefinding": {"claims", "gaps"},
    "view_medicalreview": {"translations", "reviewers"},
}


def url(name: str, query: str = "") -> str:
    return reverse(f"health_content_report_{name}") + query


def rows(client: Client, name: str, query: str = "") -> list[Any]:
    answer = client.get(url(name, query))
    assert answer.status_code == 200
    return list(answer.context["object_list"])


def audit() -> None:
    list(pages_audit())


def make_live(page: Any) -> Any:
    """Make *page* public behind the gate's back, as a fixture does."""
    type(page).objects.filter(pk=page.pk).update(live=True)
    page.refresh_from_db()
    return page


def claiming(title: str, html: str = BAD, **fields: Any) -> Any:
    return make_live(factories.article(live=False, title=title, body=body(html), **fields))  # fmt: skip


def dismissed(rule: str, page_id: int, *, kind: str = "false_positive") -> GateOverride:
    now = timezone.now()
    row = GateOverride(
        page_id=page_id,
        check_id="G08",
        fingerprint=f"{rule}:sha-{page_id}",
        sentence=f"Sentence {page_id}.",
        rule_base="1.3.0",
        kind=kind,
        reason=REASON,
        standing="lead",
        user_name="ann",
        created_at=now,
        expires_at=now + timedelta(days=30),
    )
    row.save()
    return row


@pytest.fixture
def boss(home: Any) -> Client:
    return signed_in(factories.superuser())[0]


def test_an_audit_keeps_each_finding_until_it_is_gone(
    home: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = claiming("Cures")
    audit()
    first = PageFinding.objects.get(page_id=page.pk, rule="CUR-001")
    assert (first.check_id, first.level, first.text) == ("G08", "block", BLOCKER)
    later = timezone.now() + timedelta(days=3)
    monkeypatch.setattr(timezone, "now", lambda: later)

    audit()
    again = PageFinding.objects.get(page_id=page.pk, rule="CUR-001")
    assert (again.pk, again.found_at, again.checked_at) == (first.pk, first.found_at, later)  # fmt: skip

    type(page).objects.filter(pk=page.pk).update(body=body("<p>Ask a nurse.</p>"))
    audit()
    assert not PageFinding.objects.filter(page_id=page.pk, code="claim").exists()
    type(page).objects.filter(pk=page.pk).update(live=False)
    audit()
    assert not PageFinding.objects.exists()


def test_claims_are_listed_with_sentence_rule_page_and_age(
    home: Any, boss: Client
) -> None:
    page = claiming("Cures")
    audit()
    found_at = timezone.now() - timedelta(days=12)
    PageFinding.objects.update(found_at=found_at)

    found = rows(boss, "claims")
    assert {(row.page_title, row.text, row.rule) for row in found} >= {
        ("Cures", BLOCKER, "CUR-001")
    }
    answer = boss.get(url("claims", "?export=csv&level=block"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    head, *exported = csv.reader(io.StringIO(text))
    assert head == ["Sentence", "Page", "Rule", "Kind", "Level", "Found", "Days"]
    assert [each[:5] for each in exported] == [
        [BLOCKER, "Cures", "CUR-001", "Promise of a cure", "Blocking"]
    ]
    assert exported[0][6] == "12"
    assert f"/admin/pages/{page.pk}/edit/" in boss.get(url("claims")).content.decode()


def test_findings_are_narrowed_down_by_their_page(home: Any, boss: Client) -> None:
    ann, topic = factories.user("ann"), factories.topic("Backs")
    claiming("Hers", owner=ann)
    claiming("Of a topic", topics=[topic])
    claiming("Risky", risk_tier="high")
    spanish = factories.language("es")
    audit()

    def titles(query: str) -> set[str]:
        return {row.page_title for row in rows(boss, "claims", query)}

    assert titles("") == {"Hers", "Of a topic", "Risky"}
    assert titles(f"?owner={ann.pk}") == {"Hers"}
    assert titles(f"?topic={topic.pk}") == {"Of a topic"}
    assert titles("?tier=high") == {"Risky"}
    assert titles(f"?locale={spanish.pk}") == set()
    assert titles(f"?locale={home.locale_id}&level=block") == {"Hers", "Of a topic", "Risky"}  # fmt: skip
    assert titles("?found_at=2020-01-01") == set()
    assert titles("?rule=dzc&check_id=G08") == set()


def test_claims_are_counted_by_kind(home: Any, boss: Client) -> None:
    claiming("One")
    claiming("Two")
    audit()

    answer = boss.get(url("claims"))

    bars = {bar.label: (bar.count, bar.width) for bar in answer.context["bars"]}
    assert bars["Promise of a cure"] == (2, 100)
    shown = answer.content.decode()
    assert "<caption>Claims by kind</caption>" in shown
    assert shown.count("<rect") == len(bars)
    assert not boss.get(url("gaps")).context["bars"]


def test_missing_parts_are_named(home: Any, boss: Client) -> None:
    claiming("Lacks", "<p>Ask a nurse.</p>", content_kind="condition")
    audit()

    shown = boss.get(url("gaps")).content.decode()

    assert "Readers expect sections on: Overview, Symptoms" in shown
    assert {row.code for row in rows(boss, "gaps")} == {"aspects_missing", "urgent_care_missing"}  # fmt: skip


@pytest.mark.usefixtures("home")
def test_translations_are_behind_when_their_source_went_on(
    home: Any, doctor: Any, boss: Client
) -> None:
    spanish = factories.language("es")

    def pair(title: str) -> tuple[Any, Any]:
        source = make_live(factories.article(live=False, title=title))
        copy = make_live(factories.article(live=False, title=f"{title} es"))
        then = timezone.now() - timedelta(days=9)
        type(copy).objects.filter(pk=copy.pk).update(translation_key=source.translation_key, locale=spanish, last_published_at=then)  # fmt: skip
        type(source).objects.filter(pk=source.pk).update(last_published_at=then)
        return source, copy

    newer, _ = pair("Newer")
    type(newer).objects.filter(pk=newer.pk).update(last_published_at=timezone.now())
    reviewed, _ = pair("Reviewed")
    review_record(reviewed, reviewer=doctor)
    again, own = pair("Again")
    review_record(own, reviewer=doctor)
    review_record(again, reviewer=doctor)
    both, own = pair("Both")
    review_record(both, reviewer=doctor)
    review_record(own, reviewer=doctor)

    found = {row.draft_title: row for row in rows(boss, "translations")}

    assert set(found) == {"Newer es", "Reviewed es", "Again es"}
    assert found["Reviewed es"].source_title == "Reviewed"
    shown = boss.get(url("translations")).content.decode()
    assert "Its source was published anew." in shown
    assert "Its source was reviewed, the translation was not." in shown
    assert "Its source was reviewed anew." in shown
    assert rows(boss, "translations", f"?locale={home.locale_id}") == []


def test_pages_are_found_by_the_wording_that_they_show(
    draft: Callable[..., Any], boss: Client
) -> None:
    page = draft(title="Shows it")
    page.latest_revision.publish()
    gone = draft(title="Gone")
    gone.latest_revision.publish()
    gone.refresh_from_db()
    gone.unpublish()

    (row,) = rows(boss, "disclaimers")
    assert (row.page_title, [(d["key"], d["version"]) for d in row.shown]) == ("Shows it", [("general", 1)])  # fmt: skip
    assert "About general (wording 1)" in boss.get(url("disclaimers")).content.decode()
    assert len(rows(boss, "disclaimers", "?disclaimer=general")) == 1
    assert len(rows(boss, "disclaimers", "?disclaimer=general&version=1")) == 1
    assert rows(boss, "disclaimers", "?disclaimer=general&version=2") == []
    assert len(rows(boss, "disclaimers", "?version=7")) == 1


def test_sources_are_listed_with_what_became_of_them(home: Any, boss: Client) -> None:
    year = timezone.localdate().year
    fresh = factories.reference("Fresh", csl={"issued": {"date-parts": [[year]]}}, checked_at=date(2026, 1, 2))  # fmt: skip
    factories.reference("Old", csl={"issued": {"date-parts": [[year - 12]]}})
    factories.reference("Replaced", superseded_by=fresh)
    factories.reference("Withdrawn", retracted_at=date(2026, 5, 1))
    factories.reference("Draft", live=False)

    def titles(query: str = "") -> list[str]:
        return [row.title for row in rows(boss, "references", query)]

    assert titles()[:2] == ["Withdrawn", "Replaced"]
    assert set(titles()) == {"Withdrawn", "Replaced", "Old", "Fresh"}
    assert titles("?state=retracted") == ["Withdrawn"]
    assert titles("?state=superseded") == ["Replaced"]
    assert titles("?years=10") == ["Old"]
    assert titles("?years=20") == []
    assert "Fresh" not in titles("?state=unchecked")
    shown = boss.get(url("references")).content.decode()
    assert f"Superseded by: Fresh ({year})" in shown
    assert shown.count("/usage/") == 4


def test_reviewers_are_listed_with_work_and_credential(
    draft: Callable[..., Any], doctor: Any, boss: Client
) -> None:
    today = timezone.localdate()
    for name, until, seen in (
        ("Late", today - timedelta(days=1), date(2026, 1, 1)),
        ("Soon", today + timedelta(days=20), date(2026, 1, 1)),
        ("Unseen", None, None),
    ):
        factories.person(
            f"{name} (fictional)",
            user=factories.user(name.lower()),
            credentials=[Credential(title="RN", valid_until=until, verified_at=seen)],
        )
    factories.person("Nobody (fictional)")
    draft()

    found = {row.name: row for row in rows(boss, "reviewers")}

    assert set(found) == {"Late (fictional)", "Soon (fictional)", "Unseen (fictional)", "Rae Sample (fictional)"}  # fmt: skip
    rae = found["Rae Sample (fictional)"]
    assert (rae.reviews_count, rae.due_count, rae.waiting_count) == (1, 0, 0)
    assert rae.credential_title == "MBBS"

    def names(query: str) -> list[str]:
        return [row.name.partition(" ")[0] for row in rows(boss, "reviewers", query)]

    assert names("?credential=expired") == ["Late"]
    assert names("?credential=30") == ["Soon"]
    assert names("?credential=unverified") == ["Unseen"]


def test_rules_are_listed_by_how_often_they_were_dismissed(boss: Client) -> None:
    dismissed("CUR-001", 1)
    dismissed("CUR-001", 2)
    dismissed("MEC-001", 3, kind="quotation")
    dismissed("OLD-999", 4)

    found = rows(boss, "noise")

    assert [(r["rule"], r["false_positives"], r["dismissed"], r["pages"]) for r in found] == [
        ("CUR-001", 2, 2, 2), ("OLD-999", 1, 1, 1), ("MEC-001", 0, 1, 1),
    ]  # fmt: skip
    assert [bar.label for bar in boss.get(url("noise")).context["bars"]] == ["CUR-001", "OLD-999"]  # fmt: skip


@pytest.mark.parametrize("name", SEE)
def test_who_has_the_permission_sees_the_report_and_its_entry(
    name: str, home: Any
) -> None:
    client, _ = signed_in(allow(factories.user("view"), "access_admin", SEE[name]))

    assert client.get(url(name)).status_code == 200
    assert client.get(url(name, "results/")).status_code == 200
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    seen = {other for other in SEE if url(other) in menu}
    assert seen == TOGETHER.get(SEE[name], {name})


@pytest.mark.parametrize("name", SEE)
def test_who_has_not_is_refused(name: str, home: Any) -> None:
    client, _ = signed_in(allow(factories.user("nobody"), "access_admin"))

    for target in (url(name), url(name, "results/"), url(name, "?export=csv")):
        answer = client.get(target)
        assert (answer.status_code, answer.url) == (302, "/admin/")
    assert Client().get(url(name)).url.startswith("/admin/login/")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", SEE)
def test_every_report_is_exported(
    name: str, kind: str, draft: Callable[..., Any], boss: Client
) -> None:
    _fill(name, draft, 1)

    answer = boss.get(url(name, f"?export={kind}"))

    content = getattr(answer, "streaming_content", None)
    data = b"".join(content) if content else answer.content
    assert answer.status_code == 200
    assert len(data) > 100
    if kind == "csv":
        assert len(data.decode("utf-8-sig").strip().splitlines()) >= 2


@pytest.mark.parametrize("name", SEE)
def test_many_rows_cost_what_two_cost(
    name: str, draft: Callable[..., Any], boss: Client
) -> None:
    def cost() -> int:
        boss.get(url(name))
        with CaptureQueriesContext(connection) as queries:
            assert boss.get(url(name)).status_code == 200
        return len(queries)

    _fill(name, draft, 2)
    few = cost()
    _fill(name, draft, 6)

    assert cost() == few


def _fill(name: str, draft: Callable[..., Any], count: int) -> None:
    """Make rows for the report."""
    for _ in range(count):
        number = GateOverride.objects.count() + PageFinding.objects.count()
        match name:
            case "claims":
                claiming(f"Page {number}")
            case "gaps":
                claiming(f"Page {number}", "<p>Rest.</p>", content_kind="condition")
            case "translations":
                source = make_live(factories.article(live=False))
                copy = make_live(factories.article(live=False))
                type(copy).objects.filter(pk=copy.pk).update(
                    translation_key=source.translation_key,
                    locale=factories.language("es"),
                    last_published_at=timezone.now() - timedelta(days=2),
                )
                type(source).objects.filter(pk=source.pk).update(
                    last_published_at=timezone.now()
                )
            case "disclaimers":
                draft().latest_revision.publish()
            case "references":
                old = factories.reference("Old")
                factories.reference("Replaced", superseded_by=old)
            case "reviewers":
                user = factories.user()
                factories.person(
                    f"{user} (fictional)",
                    user=user,
                    credentials=[Credential(title="RN")],
                )
            case _:
                dismissed(f"CUR-{number:03}", number)
    if name in {"claims", "gaps"}:
        audit()


def test_an_audit_that_fails_still_fills_the_reports(home: Any) -> None:
    claiming("Cures")

    with pytest.raises(CommandError):
        call_command("health_audit", stdout=io.StringIO())

    assert PageFinding.objects.filter(rule="CUR-001").count() == 1


def test_the_dashboard_counts_claims_and_translations(boss: Client) -> None:
    claiming("Cures")
    audit()
    _fill("translations", factories.article, 1)

    shown = boss.get(reverse("wagtailadmin_home")).content.decode()

    assert f"Claims without evidence: {PageFinding.objects.filter(code='claim').count()}" in shown  # fmt: skip
    assert "Translations behind their source: 1" in shown
