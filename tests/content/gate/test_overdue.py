"""What becomes of a public page whose review is overdue: on the day, in the days of grace, and after them."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime, time, timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import PageLogEntry, Site

from health_content.actors import System
from health_content.models import (
    Credential,
    EmergencyPublication,
    MedicalReview,
    OrganizationSettings,
    PublicationRecord,
    ReviewPolicy,
)
from health_content.models.policies import ReviewRule
from health_content.pages.models import ArticlePage
from health_content.selectors import page_document
from health_content.selectors.page_content import page_digest
from health_content.services.overdue import page_apply_policy, pages_overdue
from health_content.services.reviews import review_record
from health_content.services.withdrawals import page_withdraw
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

pytestmark = [pytest.mark.gated, pytest.mark.django_db]
GRACE = 10


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, int], None]:
    """Return `travel(page, days)`: it is noon, so many days after the next review of *page* was due."""

    def go(page: Any, days: int) -> None:
        review = MedicalReview.objects.filter(page_id=page.pk).latest("reviewed_at")
        day = timezone.localdate(review.expires_at) + timedelta(days=days)
        noon = timezone.make_aware(datetime.combine(day, time(12)))
        monkeypatch.setattr(timezone, "now", lambda: noon)

    return go


@pytest.fixture
def public(draft: Callable[..., Any]) -> Callable[..., Any]:
    """Return `public(action)`: a live, reviewed page, under a policy that does that after ten days of grace."""

    def make(action: str) -> Any:
        policy = ReviewPolicy(name=action, months=12, grace_days=GRACE, overdue_action=action)  # fmt: skip
        policy.save()
        page = draft(review_policy=policy)
        page.latest_revision.publish()
        return ArticlePage.objects.get(pk=page.pk)

    return make


def review_of(page: Any) -> Any:
    document: Any = page_document(ArticlePage.objects.get(pk=page.pk))
    return document["safety"]["review"]


def robots(page: Any) -> str:
    document: Any = page_document(ArticlePage.objects.get(pk=page.pk))
    return str(document["seo"]["robots"])


def audit(*options: str) -> str:
    out = StringIO()
    with suppress(CommandError):
        call_command("health_audit", *options, stdout=out)
    return out.getvalue()


def is_live(page: Any) -> bool:
    return bool(ArticlePage.objects.get(pk=page.pk).live)


@pytest.mark.parametrize(
    ("days", "status", "action"),
    [
        (-1, "current", None),
        (0, "due", None),
        (GRACE, "due", None),
        (GRACE + 1, "overdue", "banner"),
    ],
)
def test_a_page_is_overdue_once_the_days_of_grace_are_over(
    public: Any, travel: Any, days: int, status: str, action: str | None
) -> None:
    page = public("banner")
    travel(page, days)

    review = review_of(page)

    assert (review["status"], review["overdue_action"]) == (status, action)


@pytest.mark.parametrize(
    ("action", "has_banner", "is_indexed"),
    [
        ("report", False, True),
        ("banner", True, True),
        ("noindex", True, False),
        ("unpublish", True, False),
    ],
)
def test_readers_and_search_engines_are_told_what_the_policy_says(
    public: Any, travel: Any, client: Client, action: str, has_banner: bool, is_indexed: bool
) -> None:  # fmt: skip
    page = public(action)
    travel(page, GRACE)
    before = client.get(page.url).content.decode()
    travel(page, GRACE + 1)

    html = client.get(page.url).content.decode()

    assert "is overdue" not in before
    assert ("is overdue" in html) is has_banner
    assert robots(page).startswith("index") is is_indexed
    assert (page.full_url in client.get("/sitemap.xml").content.decode()) is is_indexed
    assert ('content="noindex, follow"' in html) is not is_indexed


def test_machines_are_told_until_when_a_review_holds(public: Any) -> None:
    page = public("report")

    document: Any = page_document(page)

    review = document["safety"]["review"]
    node = document["seo"]["jsonld"]["@graph"][0]
    assert (node["lastReviewed"], node["expires"]) == (review["last_reviewed"], review["next_review"])  # fmt: skip


def test_the_rule_of_the_kind_counts(public: Any, travel: Any) -> None:
    page = public("report")
    ReviewRule.objects.create(
        policy=page.review_policy, risk_tier="standard", months=12, grace_days=0, overdue_action="noindex"
    )  # fmt: skip
    travel(page, 1)

    assert review_of(page)["overdue_action"] == "noindex"


def test_the_policy_of_the_site_counts_for_pages_without_one(
    draft: Callable[..., Any], travel: Any
) -> None:
    policy = ReviewPolicy(name="Site", months=1, grace_days=0, overdue_action="noindex")
    policy.save()
    site = Site.objects.get(is_default_site=True)
    OrganizationSettings.objects.create(site=site, default_review_policy=policy)
    page = draft()
    page.latest_revision.publish()
    travel(page, 1)

    assert review_of(page)["overdue_action"] == "noindex"


def test_documents_ask_for_policies_once_however_many_there_are(
    public: Any, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from health_content.selectors.pages import pages_facts, surroundings_now

    def cost(pages: list[Any]) -> int:
        with CaptureQueriesContext(connection) as queries:
            pages_facts(pages, surroundings_now())
        return len(queries)

    pages = [public("banner") for _ in range(4)]

    assert cost(pages) == cost(pages[:1])


def test_a_dry_run_says_what_would_be_done_and_does_nothing(
    public: Any, travel: Any
) -> None:
    pages = {action: public(action) for action in ("report", "banner", "unpublish")}
    travel(pages["unpublish"], GRACE + 1)
    records = PublicationRecord.objects.count()

    text = audit("--dry-run")
    found = json.loads(audit("--dry-run", "--format", "json"))

    assert "would be taken offline" in text
    assert {each["action"] for each in found["overdue"]} == {"report", "banner", "unpublish"}  # fmt: skip
    assert {each["status"] for each in found["overdue"]} == {"overdue"}
    assert is_live(pages["unpublish"])
    assert PublicationRecord.objects.count() == records
    assert "offline" not in audit()


def test_in_the_days_of_grace_nothing_is_done(public: Any, travel: Any) -> None:
    page = public("unpublish")
    travel(page, GRACE)

    assert "still in its days of grace" in audit("--apply")
    assert is_live(page)


def test_an_overdue_page_is_taken_offline_logged_and_told_once(
    public: Any,
    travel: Any,
    lead: Callable[[str], Any],
    mailoutbox: list[Any],
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = public("unpublish")
    alias = page.create_alias(update_slug="alias")
    user = lead("ann")
    user.email = "ann@example.org"
    user.save()
    travel(page, GRACE + 1)

    with django_capture_on_commit_callbacks(execute=True):
        first = audit("--apply")
        second = audit("--apply")

    assert "taken offline" in first
    assert "offline" not in second
    assert not is_live(page)
    assert not is_live(alias)
    record = PublicationRecord.objects.filter(page_id=page.pk).latest("number")
    assert record.reason == "unpublish"
    (entry,) = PageLogEntry.objects.filter(action="health_content.page.overdue_unpublished")  # fmt: skip
    assert entry.page_id == page.pk
    assert entry.data["due"] in first
    (mail,) = mailoutbox
    assert mail.to == ["ann@example.org"]
    assert mail.subject == f"Taken offline, its review is overdue: {page.title}"


def test_a_banner_comes_on_record_once(public: Any, travel: Any) -> None:
    page = public("banner")
    before = PublicationRecord.objects.filter(page_id=page.pk).count()
    travel(page, GRACE + 1)

    audit("--apply")
    audit("--apply")

    records = PublicationRecord.objects.filter(page_id=page.pk).order_by("number")
    assert records.count() == before + 1
    newest = records.last()
    assert newest is not None
    assert newest.document["safety"]["review"]["overdue_action"] == "banner"
    assert newest.gate["status"] in {"passed", "warned"}


def test_what_readers_of_a_recall_are_sent_to_stays(public: Any, travel: Any) -> None:
    page, wrong = public("unpublish"), public("report")
    page_withdraw(wrong, actor=System("test"), reason="Wrong.", severity="low", replacement=page)  # fmt: skip
    travel(page, GRACE + 1)

    assert "stays online (recall)" in audit("--apply")
    assert is_live(page)


def test_what_is_withdrawn_is_left_alone(public: Any, travel: Any) -> None:
    page = public("unpublish")
    page_withdraw(page, actor=System("test"), reason="Wrong.", severity="low")
    travel(page, GRACE + 1)

    assert list(pages_overdue(is_applied=True)) == []
    assert page_apply_policy(page) is None
    assert not PageLogEntry.objects.filter(action="health_content.page.overdue_unpublished").exists()  # fmt: skip


def test_what_was_published_in_an_emergency_stays(public: Any, travel: Any) -> None:
    page = public("unpublish")
    travel(page, GRACE + 1)
    now = timezone.now()
    EmergencyPublication(
        page_id=page.pk,
        content_digest=page_digest(page),
        reason="The dose was ten times too high.",
        user_name="Ann",
        published_at=now,
        review_due_at=now + timedelta(hours=24),
    ).save()

    assert "stays online (emergency)" in audit("--apply")
    assert is_live(page)


def test_a_review_that_was_recorded_meanwhile_keeps_it_online(
    public: Any, travel: Any, doctor: Any
) -> None:
    page = public("unpublish")
    travel(page, GRACE + 1)
    review_record(ArticlePage.objects.get(pk=page.pk), reviewer=doctor)

    assert page_apply_policy(page) is None
    assert is_live(page)


@pytest.mark.usefixtures("unreviewed")
def test_a_page_that_nobody_reviewed_is_not_overdue(
    draft: Callable[..., Any],
) -> None:
    page = draft(reviewed=False, content_kind="news", risk_tier="low")
    page.latest_revision.publish()

    assert list(pages_overdue(is_applied=True)) == []
    assert is_live(page)


def test_a_row_that_was_never_published_gets_no_record(
    public: Any, travel: Any, draft: Callable[..., Any], doctor: Any
) -> None:
    page = draft(review_policy=public("banner").review_policy)
    ArticlePage.objects.filter(pk=page.pk).update(live=True)
    travel(page, GRACE + 1)

    page_apply_policy(ArticlePage.objects.get(pk=page.pk))

    assert not PublicationRecord.objects.filter(page_id=page.pk).exists()


def test_credentials_are_named_before_they_end(public: Any) -> None:
    public("report")
    today = timezone.localdate()
    Credential.objects.update(valid_until=today + timedelta(days=31))
    assert "MBBS" not in audit()
    soon = today + timedelta(days=30)

    Credential.objects.update(valid_until=soon)

    line = f"Rae Sample (fictional): MBBS, valid until {soon.isoformat()}\n"
    assert line in audit()
    (found,) = json.loads(audit("--dry-run", "--format", "json"))["credentials"]
    assert found == {"person": "Rae Sample (fictional)", "title": "MBBS", "valid_until": soon.isoformat()}  # fmt: skip


def test_credentials_of_people_who_reviewed_nothing_are_nobodys_worry(
    public: Any, doctor: Any
) -> None:
    factories.person("Other Sample", credentials=[Credential(title="RN", valid_until=timezone.localdate())])  # fmt: skip
    public("report")

    assert "RN" not in audit()
