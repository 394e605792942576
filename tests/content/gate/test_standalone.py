"""A section stands alone when a reviewer cleared exactly what it says, and nobody else can say so."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import Page

from health_content.models import MedicalReview
from health_content.models.review import ReviewScope
from health_content.pages.models import ArticlePage
from health_content.selectors import page_document
from health_content.selectors.page_content import page_digest
from health_content.services.reviews import review_record
from tests import factories
from tests.factories import block, block_id

from .conftest import FINE, allow

pytestmark = [pytest.mark.gated, pytest.mark.django_db]


def section(html: str = FINE, *, name: str = "first", offer: object = True) -> Any:
    value = {"heading": name, "level": "2", "standalone_safe": offer, "blocks": [block("rich_text", html, f"{name}-text")]}  # fmt: skip
    return block("section", value, name)


@pytest.fixture
def page(home: Any) -> Any:
    """Return a page with a section that its author offers, and that nobody reviewed."""
    made = factories.article(live=False, body=json.dumps([section()]))
    made.save_revision(user=factories.user("author"))
    return made


def newest(page: Any) -> Any:
    return ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def stands_alone(page: Any) -> list[bool]:
    return [part["standalone_safe"] for part in page_document(newest(page))["body"]]


def edit(page: Any, *sections: Any, by: Any = None) -> None:
    changed = newest(page)
    changed.body = json.dumps(sections)
    changed.save_revision(user=by)


def test_an_editor_offers_and_a_reviewer_clears(page: Any, doctor: Any) -> None:
    assert stands_alone(page) == [False]
    review_record(newest(page), reviewer=doctor)
    assert stands_alone(page) == [False]

    review = review_record(newest(page), reviewer=doctor, clears_sections=True)

    assert stands_alone(page) == [True]
    assert (review.reviewer, len(review.standalone_sections)) == (doctor, 1)
    assert review.reviewed_at is not None


@pytest.mark.parametrize("kind", ["author", "unqualified", "powerless"])
def test_who_may_not_review_clears_nothing(page: Any, doctor: Any, kind: str) -> None:
    match kind:
        case "author":
            user = doctor
            edit(page, section("<p>Ask a doctor about your back.</p>"), by=doctor)
        case "unqualified":
            user = allow(factories.user("nurse"), "review_medically")
        case _:
            doctor.groups.clear()
            user = type(doctor).objects.get(pk=doctor.pk)
    with pytest.raises(PermissionDenied):
        review_record(newest(page), reviewer=user, clears_sections=True)

    assert stands_alone(page) == [False]
    assert not MedicalReview.objects.exists()


def test_no_save_of_an_editor_turns_it_on(page: Any, doctor: Any) -> None:
    review_record(newest(page), reviewer=doctor)
    editor = factories.superuser()
    edit(page, section(), by=editor)
    revision = newest(page).save_revision(user=editor)
    revision.publish(user=editor)
    live = ArticlePage.objects.get(pk=page.pk)
    live.save(user=editor)

    assert page_document(live)["body"][0]["standalone_safe"] is False


def test_it_ends_when_the_section_changes_and_when_the_offer_does(
    page: Any, doctor: Any
) -> None:
    review_record(newest(page), reviewer=doctor, clears_sections=True)
    digest = page_digest(newest(page))
    edit(page, section(offer=False))
    assert stands_alone(page) == [False]
    assert page_digest(newest(page)) == digest  # To take it back asks for no review.
    edit(page, section(), section(name="second"))
    assert stands_alone(page) == [True, False]
    edit(page, section("<p>Ask a doctor about your back.</p>"))
    assert stands_alone(page) == [False]


def test_the_next_full_review_has_the_word(page: Any, doctor: Any) -> None:
    first = review_record(newest(page), reviewer=doctor, clears_sections=True)
    second = MedicalReview.objects.get(pk=first.pk)
    second.pk, second._state.adding = None, True
    second.scope, second.standalone_sections = ReviewScope.SECTION, []
    second.save()
    assert stands_alone(page) == [True]

    review_record(newest(page), reviewer=doctor)

    assert stands_alone(page) == [False]


def test_a_copy_has_nobody_s_word(page: Any, doctor: Any) -> None:
    review_record(newest(page), reviewer=doctor, clears_sections=True)
    copy = page.copy(update_attrs={"slug": "copy"}, keep_live=False)

    assert stands_alone(copy) == [False]


def test_public_section_follows_the_review(
    page: Any, doctor: Any, client: Any, django_capture_on_commit_callbacks: Any
) -> None:
    where = f"/api/content/v1/articles/{page.pk}/sections/{block_id('first')}/"
    with django_capture_on_commit_callbacks(execute=True):
        review_record(newest(page), reviewer=doctor)
        newest(page).get_latest_revision().publish()
    assert Page.objects.get(pk=page.pk).live
    assert client.get(where).status_code == 403

    with django_capture_on_commit_callbacks(execute=True):
        review_record(newest(page), reviewer=doctor, clears_sections=True)

    assert client.get(where).status_code == 200
