"""The routes to publication besides those of the editor: programs, new pages, old revisions, copies, fixtures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core import serializers
from django.core.management import call_command
from django.test import Client
from django.urls import path
from django.utils import timezone
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction
from wagtail.models import Page

from cms import urls as host
from health_content import compat
from health_content.errors import PublishBlocked
from health_content.models import PublicationRecord
from health_content.pages.models import ArticlePage
from health_content.services.audit import pages_audit
from health_content.services.reviews import review_record
from tests import factories
from tests.content.gate.conftest import BAD, BLOCKER, FINE, body
from tests.content.test_pages import add_url, article_form, edit_url, text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = [pytest.mark.gated, pytest.mark.django_db]
LIGHT = {"content_kind": "news", "risk_tier": "low"}
PROBLEM = "application/problem+json"

needs_api_v3 = pytest.mark.skipif(
    not compat.IS_WAGTAIL_8, reason="API v3 came with Wagtail 8"
)


class HostWithApi:
    """The host, with Wagtail's own API for writing."""

    urlpatterns: list[Any] = []


@pytest.fixture
def api(settings: Any, home: Any) -> Callable[..., Any]:
    """Return `api(method, path, data)`: what Wagtail's API v3 answers a superuser's token."""
    from wagtail.api.v3.urls import api as wagtail_api
    from wagtail.models import APIToken

    HostWithApi.urlpatterns = [path("api/v3/", wagtail_api.urls), *host.urlpatterns]
    settings.ROOT_URLCONF = HostWithApi
    _, token = APIToken.create_token(user=factories.superuser(), name="test")
    client = Client(headers={"authorization": f"Bearer {token}"})

    def call(method: str, address: str, data: Any = None) -> Any:
        return client.generic(
            method,
            f"/api/v3/pages/{address}",
            json.dumps(data or {}),
            content_type="application/json",
        )

    return call


@pytest.fixture
def admin(db: None) -> Client:
    client = Client()
    client.force_login(factories.superuser())
    return client


def is_public(page: Any) -> bool:
    found = Page.objects.get(pk=page.pk)
    assert found.live is PublicationRecord.objects.filter(page_id=page.pk).exists()
    return bool(found.live)


def assert_refused(answer: Any, reason: str = BLOCKER) -> None:
    assert (answer.status_code, answer["Content-Type"]) == (403, PROBLEM)
    assert reason in answer.json()["detail"]


@needs_api_v3
@pytest.mark.parametrize(("html", "status"), [(FINE, 200), (BAD, 403)])
def test_the_publish_action_of_api_v3(
    api: Callable[..., Any], draft: Callable[..., Any], html: str, status: int
) -> None:
    page = draft(html)

    answer = api("POST", f"{page.pk}/actions/publish/")

    assert answer.status_code == status
    assert is_public(page) is (status == 200)
    if status == 403:
        assert_refused(answer)


def new_page(home: Any, html: str, **fields: Any) -> dict[str, Any]:
    return {
        "meta": {
            "type": "health_pages.ArticlePage",
            "parent_id": home.pk,
            "action": "publish",
        },
        "title": "News",
        "slug": "news",
        "body": [{"type": "rich_text", "value": html}],
        **LIGHT,
        "audience_group": "public",
        "ai_assistance": "none",
        "replies_mode": "open",
        "topics": [],
        "about_conditions": [],
        "about_treatments": [],
        **fields,
    }


@pytest.mark.usefixtures("unreviewed")
@needs_api_v3
def test_api_v3_creates_and_publishes_what_passes(
    api: Callable[..., Any], home: Any
) -> None:
    answer = api("POST", "", new_page(home, FINE))

    assert answer.status_code == 201, answer.content
    assert is_public(ArticlePage.objects.get(slug="news"))


@needs_api_v3
def test_api_v3_creates_nothing_live_that_fails(
    api: Callable[..., Any], home: Any
) -> None:
    answer = api("POST", "", new_page(home, BAD))

    assert_refused(answer)
    assert not Page.objects.filter(slug="news", live=True).exists()
    assert not PublicationRecord.objects.exclude(page_id=home.pk).exists()


@pytest.mark.usefixtures("unreviewed")
@needs_api_v3
@pytest.mark.parametrize(("html", "status"), [(FINE, 200), (BAD, 403)])
def test_api_v3_changes_and_publishes(
    api: Callable[..., Any], draft: Callable[..., Any], html: str, status: int
) -> None:
    page = draft(FINE, reviewed=False, **LIGHT)
    page.latest_revision.publish()

    answer = api(
        "PATCH",
        f"{page.pk}/",
        {
            "meta": {"type": "health_pages.ArticlePage", "action": "publish"},
            "title": "Another title",
            "body": [{"type": "rich_text", "value": html}],
        },
    )

    assert answer.status_code == status, answer.content
    stored = ArticlePage.objects.get(pk=page.pk)
    assert stored.live
    assert (stored.title == "Another title") is (status == 200)
    if status == 403:
        assert_refused(answer)
        assert "Ask a nurse" in str(stored.body)


@needs_api_v3
def test_api_v3_does_not_change_a_reviewed_page_in_passing(
    api: Callable[..., Any], draft: Callable[..., Any]
) -> None:
    page = draft(FINE)
    page.latest_revision.publish()

    answer = api(
        "PATCH",
        f"{page.pk}/",
        {
            "meta": {"type": "health_pages.ArticlePage", "action": "publish"},
            "title": "Ten tablets a day",
        },
    )

    assert_refused(answer, "changed after its medical review")
    assert ArticlePage.objects.get(pk=page.pk).title == page.title


@needs_api_v3
def test_a_copy_by_api_v3_is_a_new_page(
    api: Callable[..., Any], draft: Callable[..., Any]
) -> None:
    page = draft(FINE)
    page.latest_revision.publish()

    refused = api("POST", f"{page.pk}/actions/copy/", {"slug": "copy"})
    answer = api("POST", f"{page.pk}/actions/copy/", {"slug": "copy", "keep_live": False})  # fmt: skip

    assert_refused(refused, "Nobody reviewed it")
    assert answer.status_code == 201
    assert not Page.objects.get(slug="copy").live


@needs_api_v3
def test_api_v3_takes_a_page_offline_whatever_it_says(
    api: Callable[..., Any], draft: Callable[..., Any]
) -> None:
    page = draft(FINE)
    page.latest_revision.publish()
    ArticlePage.objects.filter(pk=page.pk).update(body=body(BAD))

    answer = api("POST", f"{page.pk}/actions/unpublish/")

    assert answer.status_code == 200
    assert not Page.objects.get(pk=page.pk).live


@pytest.mark.usefixtures("unreviewed")
def test_a_new_page_of_the_editor_that_passes_goes_live(
    admin: Client, home: Any
) -> None:
    data = article_form([("rich_text", text(FINE))]) | LIGHT

    admin.post(add_url("articlepage", home), data | {"action-publish": "1"})

    assert is_public(ArticlePage.objects.get(slug="back-pain"))


@pytest.mark.parametrize(
    ("html", "fields", "reason"),
    [
        (BAD, LIGHT, BLOCKER),
        (FINE, {"risk_tier": "high"}, "Nobody reviewed it medically"),
    ],
)
def test_a_new_page_of_the_editor_that_fails_is_not_even_made(
    admin: Client, home: Any, html: str, fields: dict[str, str], reason: str
) -> None:
    """Wagtail would make it live first, and ask afterwards."""
    data = article_form([("rich_text", text(html))]) | fields

    answer = admin.post(add_url("articlepage", home), data | {"action-publish": "1"})

    assert answer.status_code == 200
    assert reason in answer.content.decode()
    assert not Page.objects.filter(slug="back-pain").exists()
    assert not PublicationRecord.objects.exclude(page_id=home.pk).exists()


def revert(client: Client, page: Any, revision: Any) -> Any:
    """Publish what the editor shows of an old *revision*."""
    old = revision.as_object()
    same = {"introduction": text(old.introduction), "summary": old.summary}
    values = {"title": old.title, "slug": old.slug, **same}
    data = article_form([("rich_text", text(old.body[0].value.source))], **values)
    extra = {"body-0-id": old.body[0].id, "revision": revision.pk, "action-publish": "1"}  # fmt: skip
    return client.post(edit_url(page), data | extra, follow=True)


def test_what_was_reviewed_once_may_come_back(
    admin: Client, draft: Callable[..., Any], doctor: Any
) -> None:
    page = draft(FINE)
    page.latest_revision.publish()
    old = page.latest_revision
    later = ArticlePage.objects.get(pk=page.pk)
    later.body = body("<p>Ask a doctor if the pain stays.</p>")
    revision = later.save_revision()
    review_record(later, reviewer=doctor)
    revision.publish()

    revert(admin, page, old)

    assert "Ask a nurse" in str(ArticlePage.objects.get(pk=page.pk).body)


def test_what_failed_once_does_not_come_back(
    admin: Client, draft: Callable[..., Any], doctor: Any
) -> None:
    page = draft(BAD, reviewed=False)
    old = page.latest_revision
    later = page.get_latest_revision_as_object()
    later.body = body(FINE)
    revision = later.save_revision()
    review_record(later, reviewer=doctor)
    revision.publish()

    answer = revert(admin, page, old)

    assert BLOCKER in answer.content.decode()
    assert "Ask a nurse" in str(ArticlePage.objects.get(pk=page.pk).body)
    reverted = RevertToPageRevisionAction(
        ArticlePage.objects.get(pk=page.pk), old, user=factories.superuser("root")
    ).execute()
    with pytest.raises(PublishBlocked, match=BLOCKER):
        reverted.publish()
    assert "Ask a nurse" in str(ArticlePage.objects.get(pk=page.pk).body)


def load(page: Any, folder: Path) -> None:
    """Load *page* as a fixture in which it is live."""
    stored = ArticlePage.objects.get(pk=page.pk)
    stored.live = True
    rows = [*Page.objects.filter(pk=page.pk), stored]
    rows[0].live = True
    file = folder / "pages.json"
    file.write_text(serializers.serialize("json", rows))
    call_command("loaddata", str(file), verbosity=0)


def update(page: Any, _folder: Path) -> None:
    Page.objects.filter(pk=page.pk).update(live=True)


@pytest.mark.parametrize("route", [load, update])
def test_what_goes_round_every_save_is_public_nowhere_and_found_by_the_audit(
    draft: Callable[..., Any], client: Client, tmp_path: Path, route: Any
) -> None:
    bad, good = draft(BAD), draft(FINE)

    for page in (bad, good):
        route(page, tmp_path)

    found = {audit.page_id: audit.reasons for audit in pages_audit()}
    assert BLOCKER in found[bad.pk][0]
    assert found[good.pk] == []
    for page in (bad, good):
        assert Page.objects.get(pk=page.pk).live
        assert not PublicationRecord.objects.filter(page_id=page.pk).exists()
        assert client.get(page.url).status_code == 404
        assert client.get(f"/api/content/v1/articles/{page.pk}/").status_code == 404


@pytest.mark.parametrize("route", [load, update])
def test_what_went_round_every_save_goes_live_by_the_next_one_if_it_passes(
    draft: Callable[..., Any], tmp_path: Path, route: Any
) -> None:
    bad, good = draft(BAD), draft(FINE)
    for page in (bad, good):
        route(page, tmp_path)

    ArticlePage.objects.get(pk=good.pk).save()
    with pytest.raises(PublishBlocked):
        ArticlePage.objects.get(pk=bad.pk).save()

    assert PublicationRecord.objects.filter(page_id=good.pk).exists()
    assert not PublicationRecord.objects.filter(page_id=bad.pk).exists()


@pytest.fixture
def spanish(home: Any) -> Any:
    """Return Spanish, with a home page and a disclaimer of its own."""
    locale = factories.language("es")
    factories.disclaimer("general-es", applies_to_all=True, locale="es")
    home.copy_for_translation(locale)
    return locale


def test_a_translation_starts_as_a_draft_and_needs_a_review_of_its_own(
    draft: Callable[..., Any], spanish: Any, doctor: Any
) -> None:
    page = draft(FINE)
    page.latest_revision.publish()

    copy = ArticlePage.objects.get(pk=page.pk).copy_for_translation(spanish)

    assert not is_public(copy)
    with pytest.raises(PublishBlocked, match="Nobody reviewed it"):
        copy.latest_revision.publish()
    review_record(copy.get_latest_revision_as_object(), reviewer=doctor)
    copy.latest_revision.publish()
    assert is_public(copy)


def test_an_alias_for_a_language_shows_what_its_source_passed(
    draft: Callable[..., Any], spanish: Any
) -> None:
    good, bad = draft(FINE), draft(BAD)
    good.latest_revision.publish()
    Page.objects.filter(pk=bad.pk).update(live=True)

    alias = ArticlePage.objects.get(pk=good.pk).copy_for_translation(spanish, alias=True)  # fmt: skip
    with pytest.raises(PublishBlocked, match=BLOCKER):
        ArticlePage.objects.get(pk=bad.pk).copy_for_translation(spanish, alias=True)

    assert is_public(alias)
    assert not Page.objects.filter(alias_of=bad).exists()


@pytest.mark.parametrize(("html", "goes"), [(FINE, True), (BAD, False)])
def test_a_moved_page_is_as_public_as_it_was(
    draft: Callable[..., Any], home: Any, admin: Client, html: str, goes: bool
) -> None:
    page, section = draft(html), factories.index(home)
    if goes:
        page.latest_revision.publish()

    url = f"/admin/pages/{page.pk}/move/{section.pk}/confirm/"
    admin.post(url)

    moved = ArticlePage.objects.get(pk=page.pk)
    assert moved.get_parent().pk == section.pk
    assert is_public(moved) is goes


@pytest.mark.usefixtures("unreviewed")
def test_a_page_that_was_moved_to_where_other_rules_hold_is_found_by_the_audit(
    draft: Callable[..., Any], home: Any
) -> None:
    """Moving asks nobody: the page says what it said. What its new site says of it is for the audit."""
    from wagtail.models import Site

    from health_content.models import OrganizationSettings, ReviewPolicy

    page = draft(FINE, reviewed=False, content_kind="news", risk_tier="low")
    page.latest_revision.publish()
    clinic = factories.index(home, title="Clinic")
    site = Site.objects.create(hostname="clinic.example", root_page=clinic)
    policy = ReviewPolicy(
        name="Strict", months=12, check_levels={"G03": "off", "G12": "block"}
    )
    policy.save()
    OrganizationSettings.objects.create(site=site, default_review_policy=policy)
    Page.objects.filter(pk=page.pk).update(last_published_at=timezone.now())
    ArticlePage.objects.filter(pk=page.pk).update(content_kind="condition", risk_tier="standard")  # fmt: skip
    before = {str(f.check) for a in pages_audit() if a.page_id == page.pk for f in a.faults}  # fmt: skip

    ArticlePage.objects.get(pk=page.pk).move(clinic, pos="last-child")

    after = {str(f.check) for a in pages_audit() if a.page_id == page.pk for f in a.faults}  # fmt: skip
    assert after - before == {"G12"}
