"""What once went wrong beside the gate, and must not again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from health_content.models import DisclaimerVersion, PublicationRecord
from health_content.pages.models import ArticlePage
from health_content.services.gate import page_publish_emergency
from health_content.services.reviews import review_record
from tests import factories
from tests.content.gate.conftest import BAD, FINE, signed_in
from tests.content.gate.test_routes import form
from tests.content.test_pages import edit_url

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.gated, pytest.mark.django_db]
REASON = "Readers would take the wrong dose of it today."


def schedule(thing: Any, *, minutes: int, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(thing, name, value)
    revision = thing.save_revision(clean=False)
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=minutes)
    revision.save(update_fields=["approved_go_live_at"])


def condition(name: str) -> Any:
    return factories.condition(name, live=False)


def disclaimer(name: str) -> Any:
    return factories.disclaimer(name.lower(), live=False, title=name)


@pytest.mark.parametrize("make", [condition, disclaimer])
def test_a_snippet_whose_key_was_taken_keeps_no_other_from_its_schedule(
    home: Any, make: Callable[[str], Any]
) -> None:
    taken, late, good = make("One"), make("Two"), make("Three")
    schedule(late, minutes=9, key=taken.key)
    schedule(good, minutes=5)

    call_command("publish_scheduled")

    model: Any = type(good)
    assert model.objects.get(pk=good.pk).live
    assert not model.objects.get(pk=late.pk).live
    entry = ModelLogEntry.objects.get(action="health_content.unscheduled")
    assert entry.object_id == str(late.pk)
    assert len(entry.data["reasons"]) == 1
    assert not late.revisions.exclude(approved_go_live_at=None).exists()


def test_an_emergency_with_an_address_that_was_taken_is_explained(
    home: Any, draft: Callable[..., Any]
) -> None:
    page = draft(BAD)
    mine = page.get_latest_revision_as_object()
    mine.slug = "doses"
    mine.save_revision(clean=False)
    factories.article(home, slug="doses", live=False)
    client, _ = signed_in(factories.superuser())

    answer = client.post(reverse("health_content_emergency", args=[page.pk]), {"reason": REASON})  # fmt: skip

    assert answer.status_code == 200
    assert "slug" in answer.content.decode()
    assert not ArticlePage.objects.get(pk=page.pk).live


def test_the_form_is_asked_about_the_subjects_that_were_chosen_in_it(
    home: Any, draft: Callable[..., Any]
) -> None:
    crisis = factories.condition("Self-harm", is_crisis=True)
    page = draft(FINE)
    client, _ = signed_in(factories.superuser())

    typed = form(page) | {"about_conditions": [crisis.pk], "action-publish": "1"}
    answer = client.post(edit_url(page), typed)

    assert answer.status_code == 200
    assert any("shows no helpline" in each for each in answer.context["form"].non_field_errors())  # fmt: skip
    assert list(ArticlePage.objects.get(pk=page.pk).about_conditions.all()) == []


def test_an_emergency_is_settled_by_the_review_that_follows(
    home: Any, doctor: Any, lead: Callable[[str], Any], draft: Callable[..., Any]
) -> None:
    page = draft(FINE, reviewed=False)
    page_publish_emergency(page, page.latest_revision, actor=lead("ann"), reason=REASON)
    newest = ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    newest.latest_revision.publish()
    assert [r.gate["status"] for r in PublicationRecord.objects.filter(page_id=page.pk)] == ["emergency"]  # fmt: skip

    review_record(newest, reviewer=doctor)

    first, last = PublicationRecord.objects.filter(page_id=page.pk).order_by("number")
    assert (first.gate["status"], last.gate["status"]) == ("emergency", "passed")
    assert (last.reason, last.published_by) == ("rebuild", doctor)
    assert last.document["safety"]["gate"] != first.document["safety"]["gate"]
    newest.latest_revision.publish()
    assert PublicationRecord.objects.filter(page_id=page.pk).count() == 2


def test_an_emergency_that_still_fails_stays_one(
    home: Any, doctor: Any, lead: Callable[[str], Any], draft: Callable[..., Any]
) -> None:
    page = draft(BAD, reviewed=False)
    page_publish_emergency(page, page.latest_revision, actor=lead("ann"), reason=REASON)

    review_record(ArticlePage.objects.get(pk=page.pk), reviewer=doctor)

    record = PublicationRecord.objects.get(page_id=page.pk)
    assert record.gate["status"] == "emergency"


def test_a_wording_keeps_the_name_of_who_published_it(home: Any) -> None:
    user = factories.superuser("elena")
    made = factories.disclaimer("new", live=False)

    made.save_revision(user=user).publish(user=user)

    version = DisclaimerVersion.objects.get(key="new")
    assert (version.published_by, version.user_name) == (user, "elena")
    user.delete()
    version.refresh_from_db()
    assert (version.published_by, version.user_name) == (None, "elena")
    call_command("health_verify_chain", verbosity=0)
