"""Every route that makes a page public, both ways: what fails a check stays as it was, what passes goes live."""

from __future__ import annotations

import html
import itertools
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    GroupApprovalTask,
    Page,
    PageLogEntry,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from health_content.claims.loader import load_rule_base
from health_content.document import timestamp
from health_content.errors import PublishBlocked
from health_content.models import PublicationRecord
from health_content.pages.models import ArticlePage
from tests import factories
from tests.content.gate.conftest import BAD, BLOCKER, FINE, body
from tests.content.test_pages import article_form, edit_url, text

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.gated, pytest.mark.django_db]


def publish_revision(page: Any, _client: Client) -> None:
    page.latest_revision.publish()


def save_live(page: Any, _client: Client) -> None:
    page.live = True
    page.save()


def save_field(page: Any, _client: Client) -> None:
    page.live = True
    page.save(update_fields=["live"])


def save_base(page: Any, _client: Client) -> None:
    base = Page.objects.get(pk=page.pk)
    base.live = True
    base.save()


def add_child(page: Any, _client: Client) -> None:
    copy = ArticlePage(title="Added", slug="added", body=page.body, live=True)
    page.get_parent().add_child(instance=copy)


def form(page: Any, **extra: Any) -> dict[str, Any]:
    html = page.body[0].value.source
    same = {"introduction": text(page.introduction), "summary": ""}
    values = {"title": page.title, "slug": page.slug, **same, **extra}
    data = article_form([("rich_text", text(html))], **values)
    return data | {"body-0-id": page.body[0].id}


def admin_edit(page: Any, client: Client) -> Any:
    return client.post(edit_url(page), form(page) | {"action-publish": "1"})


def bulk(page: Any, client: Client) -> Any:
    url = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
    return client.post(f"{url}?id={page.pk}&next=/admin/pages/", follow=True)


def admin_api(page: Any, client: Client) -> Any:
    return client.post(f"/admin/api/main/pages/{page.pk}/action/publish/")


def schedule_passes(page: Any, _client: Client) -> None:
    revision = page.latest_revision
    revision.approved_go_live_at = timezone.now() - timedelta(hours=1)
    revision.save()
    call_command("publish_scheduled")


def workflow_of(page: Any) -> Any:
    """Put *page* into a stock workflow: one task, a group of its own, no review."""
    task = GroupApprovalTask.objects.create(name="Somebody looks")
    workflow = Workflow.objects.create(name="Stock")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    WorkflowPage.objects.create(workflow=workflow, page=page.page_ptr)
    return workflow.start(page, factories.user("submitter"))


def workflow_approves(page: Any, client: Client) -> Any:
    state = workflow_of(page).current_task_state
    url = reverse(
        "wagtailadmin_pages:workflow_action", args=(page.pk, "approve", state.pk)
    )
    return client.post(url, {"comment": ""}, follow=True)


@override_settings(WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT=False)
def workflow_approves_in_editor(page: Any, client: Client) -> Any:
    """Approve while editing, as Wagtail allows by default: what was typed last goes live, whatever was approved."""
    workflow_of(page)
    data = form(page) | {
        "action-workflow-action": "true",
        "workflow-action-name": "approve",
    }
    return client.post(edit_url(page), data, follow=True)


RAISING = [publish_revision, save_live, save_field, save_base]
ANSWERING = [
    admin_edit,
    bulk,
    admin_api,
    workflow_approves,
    workflow_approves_in_editor,
]


@pytest.fixture
def client(client: Client) -> Client:
    client.force_login(factories.superuser())
    return client


def is_public(page: Any) -> bool:
    page.refresh_from_db()
    records = PublicationRecord.objects.filter(page_id=page.pk)
    assert page.live is records.exists()
    return bool(page.live)


@pytest.mark.parametrize("route", RAISING)
def test_code_is_refused_what_fails(
    draft: Callable[..., Any], client: Client, route: Any
) -> None:
    page = draft(BAD)

    with pytest.raises(PublishBlocked, match=BLOCKER) as refusal:
        route(page, client)

    assert refusal.value.decision is not None
    checks = {str(outcome.check) for outcome in refusal.value.decision.blockers}
    assert checks == {"G08", "G10"}
    assert not is_public(page)


# The base row alone makes no record, so nothing becomes public by it.
@pytest.mark.parametrize("route", [r for r in RAISING if r is not save_base])
def test_code_publishes_what_passes(
    draft: Callable[..., Any], client: Client, route: Any
) -> None:
    page = draft(FINE)

    route(page, client)

    assert is_public(page)


def test_a_new_page_is_not_live_unreviewed(draft: Callable[..., Any]) -> None:
    page = draft(FINE)

    with pytest.raises(PublishBlocked, match="Nobody reviewed it"):
        add_child(page, Client())

    assert not Page.objects.filter(slug="added").exists()


@pytest.mark.usefixtures("unreviewed")
def test_a_new_page_without_a_language_inherits_by_that_of_its_place(
    home: Any,
) -> None:
    page = ArticlePage(title="New", slug="new", content_kind="news", risk_tier="low", body=body(FINE))  # fmt: skip

    home.add_child(instance=page)

    assert is_public(page)


@pytest.mark.parametrize("route", ANSWERING)
def test_people_are_told_why_what_fails_is_not_published(
    draft: Callable[..., Any], client: Client, route: Any
) -> None:
    page = draft(BAD)

    response = route(page, client)

    assert response.status_code < 500
    assert not is_public(page)
    assert BLOCKER in response.content.decode()


@pytest.mark.parametrize("route", ANSWERING)
def test_people_publish_what_passes(
    draft: Callable[..., Any], client: Client, route: Any
) -> None:
    page = draft(FINE)

    route(page, client)

    assert is_public(page)


@pytest.mark.parametrize("kind", ["article", "index"])
def test_what_fails_below_pages_that_are_published_at_once_is_named(
    draft: Callable[..., Any], client: Client, home: Any, kind: str
) -> None:
    section = factories.index(home, title="Backs", live=False)
    page = draft(FINE, parent=section, title="Sitting well")
    bad = (
        draft(BAD, parent=section, title="Qi and you")
        if kind == "article"
        else factories.index(section, title="Qi and you", summary=BLOCKER, live=False)
    )
    url = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
    address = f"{url}?id={section.pk}&next=/admin/pages/"

    response = client.post(address, {"include_descendants": "on"}, follow=True)

    told = html.unescape(response.content.decode())
    assert f"Qi and you: “{BLOCKER}”" in told
    assert not Page.objects.filter(pk__in=[section.pk, page.pk, bad.pk], live=True)
    client.post(address)
    assert Page.objects.get(pk=section.pk).live
    assert not Page.objects.filter(pk__in=[page.pk, bad.pk], live=True).exists()


def test_what_passes_below_pages_goes_live_with_them(
    draft: Callable[..., Any], client: Client, home: Any
) -> None:
    section = factories.index(home, live=False)
    page = draft(FINE, parent=section)
    url = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))

    client.post(
        f"{url}?id={section.pk}&next=/admin/pages/", {"include_descendants": "on"}
    )

    assert is_public(page)


def test_a_schedule_that_cannot_be_kept_is_dropped_and_the_next_one_goes(
    draft: Callable[..., Any],
    mailoutbox: list[Any],
    django_capture_on_commit_callbacks: Any,
) -> None:
    bad, good = draft(BAD), draft(FINE)
    author = factories.user("author", email="author@example.org")
    for page in (bad, good):
        revision = page.latest_revision
        revision.approved_go_live_at = timezone.now() - timedelta(hours=1)
        revision.user = author
        revision.save()

    with django_capture_on_commit_callbacks(execute=True):
        call_command("publish_scheduled")

    assert (is_public(bad), is_public(good)) == (False, True)
    entry = PageLogEntry.objects.get(action="health_content.unscheduled")
    assert entry.page_id == bad.pk
    assert BLOCKER in entry.data["reasons"][0]
    (mail,) = mailoutbox
    assert mail.to == ["author@example.org"]
    assert BLOCKER in mail.body


def test_a_schedule_whose_address_was_taken_meanwhile_is_dropped_and_the_next_one_goes(
    draft: Callable[..., Any],
    mailoutbox: list[Any],
    django_capture_on_commit_callbacks: Any,
) -> None:
    late, good = draft(FINE), draft(FINE)
    author = factories.user("author", email="author@example.org")
    revisions = [page.latest_revision for page in (late, good)]
    revisions[0].content["slug"] = "wanted"
    for revision in revisions:
        revision.approved_go_live_at = timezone.now() - timedelta(hours=1)
        revision.user = author
        revision.save()
    factories.index(slug="wanted")

    with django_capture_on_commit_callbacks(execute=True):
        call_command("publish_scheduled")

    assert (is_public(late), is_public(good)) == (False, True)
    revisions[0].refresh_from_db()
    assert revisions[0].approved_go_live_at is None
    entry = PageLogEntry.objects.get(action="health_content.unscheduled")
    assert entry.page_id == late.pk
    assert "in use" in entry.data["reasons"][0]
    (mail,) = mailoutbox
    assert "in use" in mail.body


def test_what_fails_is_not_planned(draft: Callable[..., Any]) -> None:
    moment = timezone.now() + timedelta(days=1)
    bad, good = draft(BAD, go_live_at=moment), draft(FINE, go_live_at=moment)

    with pytest.raises(PublishBlocked, match=BLOCKER):
        bad.latest_revision.publish()
    good.latest_revision.publish()

    planned = [
        page.revisions.filter(approved_go_live_at=moment) for page in (bad, good)
    ]
    assert [found.count() for found in planned] == [0, 1]


def test_a_live_page_with_a_base_row_that_is_saved_stays_live(
    draft: Callable[..., Any],
) -> None:
    page = draft(FINE)
    page.latest_revision.publish()

    base = Page.objects.get(pk=page.pk)
    base.show_in_menus = True
    base.save()

    assert ArticlePage.objects.get(pk=page.pk).show_in_menus


@pytest.mark.parametrize("field", ["title", "seo_title", "search_description"])
@pytest.mark.parametrize("is_whole", [True, False])
def test_the_base_row_of_a_live_page_says_nothing_unreviewed(
    draft: Callable[..., Any], field: str, *, is_whole: bool
) -> None:
    page = draft(FINE)
    page.latest_revision.publish()
    base = Page.objects.get(pk=page.pk)
    before = getattr(base, field)
    setattr(base, field, "Acupuncture cures insomnia for good")

    with pytest.raises(PublishBlocked, match="changed"):
        base.save(update_fields=None if is_whole else [field])

    assert getattr(Page.objects.get(pk=page.pk), field) == before


def test_unpublishing_is_never_asked(draft: Callable[..., Any]) -> None:
    page = draft(FINE)
    page.latest_revision.publish()
    page.refresh_from_db()
    ArticlePage.objects.filter(pk=page.pk).update(body=body(BAD))

    ArticlePage.objects.get(pk=page.pk).unpublish()

    assert not ArticlePage.objects.get(pk=page.pk).live


def test_a_live_page_is_locked_moved_and_saved_without_a_question(
    draft: Callable[..., Any], home: Any
) -> None:
    page = draft(FINE)
    page.latest_revision.publish()
    section = factories.index(home)
    page = ArticlePage.objects.get(pk=page.pk)

    page.locked = True
    page.save()
    page.move(section, pos="last-child")
    page.refresh_from_db()
    page.body = body(BAD)
    page.save_revision()

    page.refresh_from_db()
    assert page.live
    assert page.has_unpublished_changes


def test_what_is_live_does_not_become_worse(draft: Callable[..., Any]) -> None:
    page = draft(FINE)
    page.latest_revision.publish()
    page = ArticlePage.objects.get(pk=page.pk)
    page.body = body(BAD)

    with pytest.raises(PublishBlocked):
        page.save()
    with pytest.raises(PublishBlocked):
        page.save_revision().publish()

    assert "Ask a nurse" in str(ArticlePage.objects.get(pk=page.pk).body)


def test_a_copy_that_stays_live_is_a_new_page(draft: Callable[..., Any]) -> None:
    page = draft(FINE)
    page.latest_revision.publish()
    page = ArticlePage.objects.get(pk=page.pk)

    with pytest.raises(PublishBlocked, match="Nobody reviewed it"):
        page.copy(update_attrs={"slug": "copy"}, keep_live=True)
    copy = page.copy(update_attrs={"slug": "copy"}, keep_live=False)

    assert not copy.live


@pytest.mark.usefixtures("unreviewed")
def test_a_copy_of_what_nobody_has_to_review_stays_live(
    draft: Callable[..., Any],
) -> None:
    page = draft(FINE, reviewed=False, content_kind="news", risk_tier="low")
    page.latest_revision.publish()
    page = ArticlePage.objects.get(pk=page.pk)

    copy = page.copy(update_attrs={"slug": "copy"}, keep_live=True)

    assert is_public(copy)
    record = PublicationRecord.objects.filter(page_id=copy.pk).last()
    assert record.gate["status"] in {"passed", "warned"}


@pytest.mark.usefixtures("unreviewed")
def test_a_copy_that_stays_live_is_recorded_once(
    draft: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wagtail dates it twice; the second date is no other publication, though the clock went on."""
    page = draft(FINE, reviewed=False, content_kind="news", risk_tier="low")
    page.latest_revision.publish()
    page = ArticlePage.objects.get(pk=page.pk)
    seconds = itertools.count()
    begin = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: begin + timedelta(seconds=next(seconds)))  # fmt: skip

    copy = page.copy(update_attrs={"slug": "copy"}, keep_live=True)

    record = PublicationRecord.objects.get(page_id=copy.pk)
    stored = ArticlePage.objects.get(pk=copy.pk)
    assert record.document["first_published_at"] == timestamp(stored.first_published_at)


def test_an_alias_follows_its_source(draft: Callable[..., Any], home: Any) -> None:
    page = draft(FINE)
    page.latest_revision.publish()
    page = ArticlePage.objects.get(pk=page.pk)

    alias = page.create_alias(update_slug="alias")

    assert alias.live
    page.body = body("<p>Ask a doctor if the pain stays.</p>")
    revision = page.save_revision()
    with pytest.raises(PublishBlocked):
        revision.publish()
    alias.refresh_from_db()
    assert "Ask a nurse" in str(alias.body)


def test_an_alias_of_what_fails_is_refused(draft: Callable[..., Any]) -> None:
    page = draft(BAD)
    ArticlePage.objects.filter(pk=page.pk).update(live=True)
    page = ArticlePage.objects.get(pk=page.pk)

    with pytest.raises(PublishBlocked):
        page.create_alias(update_slug="alias")

    assert not Page.objects.filter(slug="alias").exists()


def test_a_row_made_live_beside_save_makes_no_record(draft: Callable[..., Any]) -> None:
    page = draft(BAD)

    ArticlePage.objects.filter(pk=page.pk).update(live=True)

    assert not PublicationRecord.objects.filter(page_id=page.pk).exists()


def test_the_record_says_what_the_gate_said(draft: Callable[..., Any]) -> None:
    page = draft(FINE)

    page.latest_revision.publish()

    record = PublicationRecord.objects.get(page_id=page.pk)
    assert record.gate["status"] in {"passed", "warned"}
    assert record.gate["content_digest"] == record.content_digest
    assert len(record.content_digest) == 64
    assert record.gate["rule_base"] == load_rule_base("en").version


def test_a_page_about_a_crisis_goes_live_with_a_helpline(
    draft: Callable[..., Any],
) -> None:
    crisis = factories.condition("Self-harm", is_crisis=True)
    fields = {"replies_mode": "closed", "about_conditions": [crisis]}
    page = draft(FINE, **fields)
    with pytest.raises(PublishBlocked, match="shows no helpline"):
        page.latest_revision.publish()

    factories.disclaimer("help", kind="helpline", applies_to_all=True)
    page.latest_revision.publish()

    assert is_public(page)


def test_a_new_page_is_asked_about_what_it_names_before_it_has_a_row(home: Any) -> None:
    crisis = factories.condition("Self-harm", is_crisis=True)
    page = ArticlePage(title="News", slug="news", content_kind="news", risk_tier="low", body=body(FINE))  # fmt: skip
    page.about_conditions = [crisis]

    with pytest.raises(PublishBlocked, match="shows no helpline"):
        home.add_child(instance=page)
