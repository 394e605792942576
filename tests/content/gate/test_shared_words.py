"""Texts that are no health pages, and public all the same: a section's, and a disclaimer's. None claims what must not stand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Site
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from health_content.errors import PublishBlocked, WordingRefused
from health_content.models import DisclaimerSnippet, OrganizationSettings, ReviewPolicy
from health_content.pages.models import IndexPage
from health_content.services import words
from tests import factories
from tests.content.gate.conftest import BAD, BLOCKER, FINE, signed_in

if TYPE_CHECKING:
    from django.test import Client

pytestmark = [pytest.mark.gated, pytest.mark.django_db]

PLAIN = "No article here replaces your doctor. Do not stop a medicine because of what you read."


@pytest.fixture
def section(home: Any) -> Any:
    """Return a section that is public and claims nothing."""
    return factories.index(home, title="Needles", introduction=FINE)


@pytest.fixture
def boss(db: None) -> Client:
    return signed_in(factories.superuser())[0]


def fresh(thing: Any) -> Any:
    return type(thing).objects.get(pk=thing.pk)


@pytest.mark.parametrize(
    "field", ["title", "introduction", "summary", "seo_title", "search_description"]
)
def test_a_section_does_not_go_live_with_a_claim(section: Any, field: str) -> None:
    before = getattr(section, field)
    setattr(section, field, BAD if field == "introduction" else BLOCKER)
    revision = section.save_revision()

    with pytest.raises(PublishBlocked, match=BLOCKER):
        revision.publish()

    assert getattr(fresh(section), field) == before


def test_a_section_goes_live_once_the_claim_is_gone(section: Any) -> None:
    section.introduction = "<p>Acupuncture is not a cure for back pain.</p>"

    section.save_revision().publish()

    assert "not a cure" in fresh(section).introduction


def test_a_new_section_is_not_live_with_a_claim(home: Any) -> None:
    with pytest.raises(PublishBlocked):
        home.add_child(instance=IndexPage(title=BLOCKER, slug="new"))

    assert not IndexPage.objects.filter(slug="new").exists()


def test_what_was_public_before_may_be_saved_as_it_is(section: Any) -> None:
    IndexPage.objects.filter(pk=section.pk).update(introduction=BAD)
    old = fresh(section)
    old.show_in_menus = True

    old.save()

    assert fresh(section).show_in_menus


def test_the_base_row_of_a_section_claims_nothing(section: Any) -> None:
    base = Page.objects.get(pk=section.pk)
    base.search_description = BLOCKER

    with pytest.raises(PublishBlocked):
        base.save()

    assert fresh(section).search_description == ""


def test_a_section_is_judged_by_its_site(section: Any) -> None:
    lenient = ReviewPolicy.objects.create(name="News desk", check_levels={"G08": "warn"})  # fmt: skip
    OrganizationSettings.objects.create(
        site=section.get_site(), default_review_policy=lenient
    )
    section.introduction = BAD

    section.save_revision().publish()

    assert fresh(section).introduction == BAD


def test_a_section_with_a_claim_is_not_planned(section: Any) -> None:
    section.introduction = BAD
    section.go_live_at = timezone.now() + timedelta(days=1)

    with pytest.raises(PublishBlocked, match=BLOCKER):
        section.save_revision().publish()


def test_a_planned_section_that_may_not_stand_stops_nobody(
    section: Any, django_capture_on_commit_callbacks: Any, mailoutbox: list[Any]
) -> None:
    fine = factories.index(section, title="Pins", introduction=FINE)
    author = factories.user("author", email="author@example.org")
    for page, html in ((section, BAD), (fine, "<p>Rest helps.</p>")):
        page.introduction = html
        revision = page.save_revision(user=author)
        type(revision).objects.filter(pk=revision.pk).update(
            approved_go_live_at=timezone.now() - timedelta(hours=1)
        )

    with django_capture_on_commit_callbacks(execute=True):
        call_command("publish_scheduled")

    assert fresh(section).introduction == FINE
    assert fresh(fine).introduction == "<p>Rest helps.</p>"
    entry = PageLogEntry.objects.get(action="health_content.unscheduled")
    assert (entry.page_id, BLOCKER in entry.data["reasons"][0]) == (section.pk, True)
    assert [mail.subject for mail in mailoutbox if "Needles" in mail.subject] != []


def test_an_editor_reads_why_a_section_is_not_published(
    section: Any, boss: Client
) -> None:
    data = nested_form_data(
        {
            "title": "Needles",
            "slug": section.slug,
            "introduction": rich_text(BAD),
            "section_disclaimers": streamfield([]),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        }
    )
    url = reverse("wagtailadmin_pages:edit", args=[section.pk])

    refused = boss.post(url, data | {"action-publish": "1"})
    saved = boss.post(url, data)

    assert refused.status_code == 200
    assert BLOCKER in refused.content.decode()
    assert saved.status_code == 302
    assert fresh(section).introduction == FINE
    newest = fresh(section).get_latest_revision_as_object()
    assert BLOCKER in newest.introduction


def test_a_disclaimer_claims_nothing_and_denies_what_it_likes(home: Any) -> None:
    disclaimer = factories.disclaimer("plain", body=f"<p>{PLAIN}</p>")
    disclaimer.body = BAD

    with pytest.raises(WordingRefused, match=BLOCKER) as refusal:
        disclaimer.save_revision().publish()

    assert refusal.value.code == "content.wording_refused"
    assert fresh(disclaimer).body == f"<p>{PLAIN}</p>"
    assert disclaimer.versions.count() == 1


def test_a_disclaimer_is_judged_by_every_site(home: Any) -> None:
    body = "<p>Raspberry leaf capsules are ideal at every stage of pregnancy.</p>"
    factories.disclaimer("first", body=body)
    OrganizationSettings.objects.create(
        site=Site.objects.get(is_default_site=True),
        jurisdiction_profiles=["uk-clinic"],
    )

    with pytest.raises(WordingRefused):
        factories.disclaimer("second", body=body)

    assert fresh(DisclaimerSnippet.objects.get(key="first")).live


def test_a_wording_that_was_published_before_the_rules_stays(
    home: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before_the_rules:
        before_the_rules.setattr(words, "words_claims", lambda *_a, **_k: ())
        disclaimer = factories.disclaimer("old", body=BAD)
    disclaimer.placement = "start"

    disclaimer.save()

    assert (fresh(disclaimer).body, fresh(disclaimer).placement) == (BAD, "start")


def test_an_editor_reads_why_a_disclaimer_is_not_published(
    home: Any, boss: Client
) -> None:
    viewset = DisclaimerSnippet.snippet_viewset
    disclaimer = factories.disclaimer("plain", body=FINE)
    url = reverse(viewset.get_url_name("edit"), args=[disclaimer.pk])
    data = nested_form_data(
        {
            "title": "General",
            "body": rich_text(BAD, features=["bold"]),
            "kind": "medical_information",
            "key": "plain",
            "placement": "end",
            "applies_to": streamfield([]),
        }
    )

    refused = boss.post(url, data | {"action-publish": "1"})
    saved = boss.post(url, data)

    assert refused.status_code == 200
    assert BLOCKER in refused.content.decode()
    assert saved.status_code == 302
    assert fresh(disclaimer).body == FINE


def test_a_planned_wording_that_may_not_stand_stops_nobody(home: Any) -> None:
    bad, fine = (factories.disclaimer(key, body=FINE) for key in ("bad", "fine"))
    for disclaimer, html in ((bad, BAD), (fine, "<p>Rest helps.</p>")):
        disclaimer.body = html
        revision = disclaimer.save_revision()
        type(revision).objects.filter(pk=revision.pk).update(
            approved_go_live_at=timezone.now() - timedelta(hours=1)
        )

    call_command("publish_scheduled")

    assert (fresh(bad).body, fresh(fine).body) == (FINE, "<p>Rest helps.</p>")
    entry = ModelLogEntry.objects.get(action="health_content.unscheduled")
    assert entry.object_id == str(bad.pk)
