"""Disclaimers: every published wording is kept, and live pages never lose theirs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from health_content.errors import DisclaimerInUse, RecordIsFinal
from health_content.models import DisclaimerSnippet, DisclaimerVersion
from tests import factories

pytestmark = pytest.mark.django_db


def page_with(disclaimer: DisclaimerSnippet, **fields: object):
    chosen = factories.block(
        "disclaimer", {"disclaimer": disclaimer.pk, "placement": "end"}
    )
    return factories.article(disclaimers=[chosen], **fields)


def versions(disclaimer: DisclaimerSnippet) -> list[tuple[int, str]]:
    return list(
        disclaimer.versions.order_by("number").values_list("number", "body_html")
    )


# Wordings


def test_a_draft_has_no_version():
    assert versions(factories.disclaimer(live=False)) == []


def test_publishing_records_the_wording():
    disclaimer = factories.disclaimer(body="<p>One</p>")

    assert versions(disclaimer) == [(1, "<p>One</p>")]
    version = disclaimer.versions.get()
    assert (version.key, version.locale, version.title) == (
        disclaimer.key,
        "en",
        disclaimer.title,
    )
    assert version.published_at == disclaimer.last_published_at
    assert version.published_by is None


def test_publishing_the_same_wording_again_records_nothing():
    disclaimer = factories.disclaimer()

    disclaimer.placement = "start"
    disclaimer.save_revision().publish()

    assert len(versions(disclaimer)) == 1


def test_a_new_wording_is_the_next_version_and_going_back_is_a_third():
    disclaimer = factories.disclaimer(body="<p>One</p>")
    for body in ("<p>Two</p>", "<p>One</p>"):
        disclaimer.body = body
        disclaimer.save_revision().publish()

    assert versions(disclaimer) == [
        (1, "<p>One</p>"),
        (2, "<p>Two</p>"),
        (3, "<p>One</p>"),
    ]


def test_a_disclaimer_made_live_without_a_revision_is_recorded_too():
    disclaimer = DisclaimerSnippet.objects.create(
        key="direct", title="Direct", body="<p>One</p>", locale=factories.language()
    )

    assert versions(disclaimer) == [(1, "<p>One</p>")]


def test_a_version_and_its_publication_stand_or_fall_together():
    disclaimer = factories.disclaimer(body="<p>One</p>")
    disclaimer.body = "<p>Two</p>"

    def publish_and_fail() -> None:
        with transaction.atomic():
            disclaimer.save_revision().publish()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        publish_and_fail()

    assert versions(disclaimer) == [(1, "<p>One</p>")]


def test_versions_are_final():
    version = factories.disclaimer().versions.get()

    with pytest.raises(RecordIsFinal):
        version.save()
    with pytest.raises(RecordIsFinal):
        version.delete()
    with pytest.raises(RecordIsFinal):
        DisclaimerVersion.objects.update(number=7)
    with pytest.raises(RecordIsFinal):
        DisclaimerVersion.objects.all().delete()
    with pytest.raises(RecordIsFinal):
        DisclaimerVersion.objects.bulk_update([version], ["number"])


def test_a_version_outlives_its_disclaimer():
    disclaimer = factories.disclaimer("gone")

    disclaimer.delete()

    version = DisclaimerVersion.objects.get(key="gone")
    assert version.disclaimer_id is None
    assert str(version) == "gone (en) 1"


def test_a_key_is_unique_in_its_language():
    factories.disclaimer("same")
    factories.disclaimer("same", locale="es")

    with pytest.raises(IntegrityError), transaction.atomic():
        factories.disclaimer("same")


def test_a_translation_starts_as_a_draft():
    disclaimer = factories.disclaimer("general")

    copy = disclaimer.copy_for_translation(factories.language("es"))
    copy.save()

    assert (copy.live, copy.key, versions(copy)) == (False, "general", [])
    assert copy.translation_key == disclaimer.translation_key


# Use


def test_a_disclaimer_in_use_cannot_be_deleted(home):
    disclaimer = factories.disclaimer("needed")
    page_with(disclaimer, title="Draft that needs it", live=False)

    with (
        pytest.raises(ProtectedError, match="Draft that needs it"),
        transaction.atomic(),
    ):
        disclaimer.delete()
    with pytest.raises(ProtectedError), transaction.atomic():
        DisclaimerSnippet.objects.all().delete()

    assert DisclaimerSnippet.objects.filter(key="needed").exists()


def test_a_disclaimer_in_a_section_is_in_use(home):
    disclaimer = factories.disclaimer("inline")
    inside = factories.block("disclaimer", {"disclaimer": disclaimer.pk})
    section = {"heading": "Risks", "level": "2", "blocks": [inside]}
    factories.article(body=[factories.block("section", section)])

    with pytest.raises(ProtectedError):
        disclaimer.delete()


def test_a_disclaimer_that_live_pages_show_cannot_be_unpublished(home):
    disclaimer = factories.disclaimer("shown")
    page_with(disclaimer, title="Live page")

    with pytest.raises(DisclaimerInUse) as caught:
        disclaimer.unpublish()

    disclaimer.refresh_from_db()
    assert disclaimer.live
    assert caught.value.code == "content.disclaimer_in_use"
    assert caught.value.titles == ("Live page",)
    assert (
        str(caught.value)
        == "“shown” is shown on 1 page (Live page). Remove it there first."
    )


def test_saving_it_as_a_draft_is_no_way_around(home):
    disclaimer = factories.disclaimer()
    page_with(disclaimer)
    disclaimer.live = False

    with pytest.raises(DisclaimerInUse):
        disclaimer.save()


def test_a_disclaimer_that_only_drafts_hold_can_be_unpublished(home):
    disclaimer = factories.disclaimer()
    page_with(disclaimer, live=False)

    disclaimer.unpublish()

    disclaimer.refresh_from_db()
    assert not disclaimer.live


def test_a_new_draft_of_a_shown_disclaimer_is_allowed(home):
    disclaimer = factories.disclaimer(body="<p>One</p>")
    page_with(disclaimer)
    disclaimer.body = "<p>Two</p>"

    disclaimer.save_revision()

    disclaimer.refresh_from_db()
    assert (disclaimer.live, disclaimer.body) == (True, "<p>One</p>")
    assert disclaimer.has_unpublished_changes


def test_an_expired_disclaimer_that_pages_show_is_kept_and_the_next_one_goes(home):
    kept = factories.disclaimer("kept")
    page_with(kept)
    gone = factories.disclaimer("gone")
    yesterday = timezone.now() - timedelta(days=1)
    DisclaimerSnippet.objects.update(expire_at=yesterday)

    call_command("publish_scheduled")

    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.live, kept.expire_at) == (True, None)
    assert (gone.live, gone.expired) == (False, True)
    entry = ModelLogEntry.objects.get(action="health_content.disclaimer.kept")
    assert entry.object_id == str(kept.pk)


# For every page


@pytest.fixture
def everywhere() -> DisclaimerSnippet:
    factories.article(title="Knees")
    return factories.disclaimer("general", applies_to_all=True)


def test_what_every_page_shows_cannot_be_unpublished(everywhere: DisclaimerSnippet):
    with pytest.raises(DisclaimerInUse, match="every health page"):
        everywhere.unpublish()

    assert DisclaimerSnippet.objects.get(pk=everywhere.pk).live


def test_what_every_page_shows_does_not_expire(everywhere: DisclaimerSnippet):
    past = timezone.now() - timedelta(minutes=1)
    DisclaimerSnippet.objects.filter(pk=everywhere.pk).update(expire_at=past)

    call_command("publish_scheduled")

    stored = DisclaimerSnippet.objects.get(pk=everywhere.pk)
    assert (stored.live, stored.expire_at) == (True, None)
    entry = ModelLogEntry.objects.get(action="health_content.disclaimer.kept")
    assert entry.data["pages"] == ["Knees"]


def test_what_every_page_shows_cannot_be_deleted(everywhere: DisclaimerSnippet):
    with pytest.raises(ProtectedError), transaction.atomic():
        everywhere.delete()

    assert DisclaimerSnippet.objects.filter(pk=everywhere.pk).exists()


def test_the_mark_in_memory_does_not_decide(everywhere: DisclaimerSnippet):
    everywhere.applies_to_all = False
    everywhere.live = False

    with pytest.raises(DisclaimerInUse):
        everywhere.save()


def test_without_the_mark_it_may_go(everywhere: DisclaimerSnippet):
    everywhere.applies_to_all = False
    everywhere.save_revision().publish()

    everywhere.unpublish()

    assert not DisclaimerSnippet.objects.get(pk=everywhere.pk).live


def test_pages_of_other_languages_do_not_keep_it(everywhere: DisclaimerSnippet):
    other = factories.disclaimer("general", locale="es", applies_to_all=True)

    other.unpublish()

    assert not DisclaimerSnippet.objects.get(pk=other.pk).live
