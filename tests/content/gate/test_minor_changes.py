"""A slip of the pen after a review: whoever may review confirms with one click that no statement changed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState, Workflow, WorkflowPage, WorkflowTask

from health_content.errors import (
    ConfirmationRefused,
    OverrideRefused,
    PublishBlocked,
)
from health_content.models import (
    ConflictDeclaration,
    Credential,
    MedicalReview,
    MedicalReviewTask,
    PersonProfile,
)
from health_content.models.review import OverrideKind, ReviewScope
from health_content.pages.models import ArticlePage
from health_content.selectors.gate import page_decision
from health_content.selectors.gate_reports import reviewed_pages
from health_content.selectors.minor_changes import review_to_confirm
from health_content.selectors.review_summary import review_summary
from health_content.selectors.reviewers import review_fault
from health_content.services.overrides import override_grant
from health_content.services.reviews import review_confirm, review_record
from tests import factories
from tests.content.gate.conftest import BAD, FINE, allow, body, signed_in

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.gated, pytest.mark.django_db]

SLIP = "<p>Ask a nures if the pain stays.</p>"
MENDED = FINE
GRAVE = "<p>Ask a nurse if the pain goes.</p>"


@pytest.fixture
def author(db: None) -> Any:
    return factories.user("author")


@pytest.fixture
def page(draft: Callable[..., Any]) -> Any:
    """Return a live page with a slip in it, reviewed by the doctor."""
    page = draft(SLIP)
    page.latest_revision.publish()
    return ArticlePage.objects.get(pk=page.pk)


@pytest.fixture
def second(doctor: Any) -> Any:
    """Return another qualified reviewer."""
    user = factories.user("second")
    factories.person(
        "Second Sample (fictional)",
        user=user,
        credentials=[Credential(title="RN", verified_at=date(2026, 1, 5))],
    )
    user.groups.add(Group.objects.get(name="Medical reviewers"))
    return user


def edit(page: Any, html: str, user: Any = None, **fields: Any) -> Any:
    """Save *html* as the newest draft and return it."""
    later = page.get_latest_revision_as_object()
    later.body = body(html)
    for name, value in fields.items():
        setattr(later, name, value)
    later.save_revision(user=user)
    return newest(page)


def newest(page: Any) -> Any:
    return ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def codes(page: Any) -> list[str]:
    return [o.reason.code for o in page_decision(page).blockers]


def test_a_slip_is_told_from_another_statement(page: Any, author: Any) -> None:
    assert codes(edit(page, MENDED, author)) == ["changed_slightly"]
    assert codes(edit(page, GRAVE, author)) == ["changed"]
    assert codes(edit(page, MENDED, author, conflict_statement="None.")) == ["changed"]


def test_a_confirmed_page_goes_live_and_is_due_when_it_was(
    page: Any, author: Any, doctor: Any
) -> None:
    full = MedicalReview.objects.get()
    changed = edit(page, MENDED, author)
    with pytest.raises(PublishBlocked, match="changed a little"):
        changed.latest_revision.publish()

    review = review_confirm(changed, reviewer=doctor, comment="A typing error.")

    assert (review.scope, review.rests_on, review.expires_at) == (ReviewScope.MINOR_CHANGE, full, full.expires_at)  # fmt: skip
    assert codes(newest(page)) == []
    newest(page).latest_revision.publish()
    assert "Ask a nurse" in str(ArticlePage.objects.get(pk=page.pk).body)


def test_the_day_of_the_review_does_not_move(
    page: Any, author: Any, second: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = timezone.now() + timedelta(days=40)
    monkeypatch.setattr(timezone, "now", lambda: later)
    full = MedicalReview.objects.get()

    review_confirm(edit(page, MENDED, author), reviewer=second)
    newest(page).latest_revision.publish()

    from health_content.selectors import page_document

    document: Any = page_document(ArticlePage.objects.get(pk=page.pk))
    review = document["safety"]["review"]
    assert review["last_reviewed"] == timezone.localdate(full.reviewed_at).isoformat()
    assert [person["name"] for person in review["reviewed_by"]] == ["Rae Sample (fictional)"]  # fmt: skip
    (row,) = reviewed_pages()
    assert (row.reviewed_at, row.reviewer_name) == (full.reviewed_at, "Rae Sample (fictional)")  # fmt: skip
    summary = review_summary(newest(page))
    assert summary is not None
    assert (summary.is_of_content, summary.review.full) == (True, full)


def test_the_reviewed_content_is_kept_whatever_becomes_of_revisions(
    page: Any, author: Any, doctor: Any
) -> None:
    changed = edit(page, MENDED, author)
    type(page).objects.get(pk=page.pk).revisions.exclude(pk=changed.latest_revision.pk).delete()  # fmt: skip
    call_command("purge_revisions")

    assert codes(newest(page)) == ["changed_slightly"]


def test_who_made_the_change_does_not_confirm_it(
    page: Any, doctor: Any, second: Any
) -> None:
    changed = edit(page, MENDED, doctor)

    with pytest.raises(ConfirmationRefused, match="You wrote it"):
        review_confirm(changed, reviewer=doctor)
    review_confirm(changed, reviewer=second)

    assert codes(newest(page)) == []


def test_small_steps_do_not_add_up(page: Any, author: Any, doctor: Any) -> None:
    """Each change is compared with what was read as a whole."""
    review_confirm(edit(page, MENDED, author), reviewer=doctor)

    assert codes(edit(page, MENDED.replace("nurse", "norse"), author)) == ["changed"]
    assert codes(edit(page, SLIP.replace("a nures", "the nures"), author)) == ["changed_slightly"]  # fmt: skip


@pytest.mark.parametrize("html", [GRAVE, BAD, SLIP])
def test_what_is_not_minor_is_confirmed_by_nobody(
    page: Any, author: Any, doctor: Any, html: str
) -> None:
    with pytest.raises(ConfirmationRefused, match="needs a new review"):
        review_confirm(edit(page, html, author), reviewer=doctor)

    assert MedicalReview.objects.count() == 1


def test_a_review_that_is_over_is_not_confirmed(
    page: Any, author: Any, doctor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = edit(page, MENDED, author)
    later = timezone.now() + timedelta(days=4 * 366)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert review_to_confirm(changed) is None
    assert "changed" in codes(changed)


def test_a_page_without_a_review_has_nothing_to_confirm(
    draft: Callable[..., Any], doctor: Any
) -> None:
    page = draft(SLIP, reviewed=False)

    with pytest.raises(ConfirmationRefused):
        review_confirm(newest(page), reviewer=doctor)


def test_in_a_language_without_rules_nothing_is_minor(
    home: Any, author: Any, doctor: Any
) -> None:
    factories.disclaimer("general-es", applies_to_all=True, locale="es")
    page = factories.article(live=False, body=body("<p>Pregunte a una enfermrea.</p>"))
    page.locale = factories.language("es")
    page.save()
    review_record(page, reviewer=doctor)

    assert codes(edit(page, "<p>Pregunte a una enfermera.</p>", author)) == ["changed"]


def test_a_review_that_does_not_hold_is_not_made_to_hold(
    draft: Callable[..., Any], author: Any, doctor: Any, second: Any
) -> None:
    """Another reviewer's confirmation launders neither an interest nor a credential that was never looked up."""
    page = draft(SLIP, about_treatments=[factories.treatment("Acupuncture")])
    profile = PersonProfile.objects.get(user=doctor)
    ConflictDeclaration.objects.create(person=profile, text="Sells acupuncture courses")  # fmt: skip

    review_confirm(edit(page, MENDED, author), reviewer=second)

    assert codes(newest(page)) == ["reviewer_interest_in"]


def test_a_review_by_its_writer_is_not_made_to_hold(
    draft: Callable[..., Any], author: Any, doctor: Any, second: Any
) -> None:
    page = draft(SLIP, reviewed=False)
    written = edit(page, SLIP.replace("Ask", "Do ask"), doctor)
    review_record(written, reviewer=doctor)

    review_confirm(edit(page, MENDED.replace("Ask", "Do ask"), author), reviewer=second)

    assert codes(newest(page)) == ["reviewer_wrote"]


def test_a_confirmation_is_no_override(page: Any, author: Any, doctor: Any) -> None:
    changed = edit(page, MENDED, author)

    with pytest.raises(OverrideRefused, match="A reviewer confirms"):
        override_grant(
            changed,
            actor=doctor,
            fingerprint="changed_slightly::",
            kind=OverrideKind.OTHER,
            reason="It is only a slip of the pen, I think.",
        )


def test_a_translation_is_not_behind_a_source_that_was_confirmed(
    page: Any, author: Any, doctor: Any, second: Any
) -> None:
    translator = factories.language("es")
    factories.disclaimer("general-es", applies_to_all=True, locale="es")
    page.get_parent().specific.copy_for_translation(translator)
    translation = page.copy_for_translation(translator)
    review_record(newest(translation), reviewer=doctor)

    review_confirm(edit(page, MENDED, author), reviewer=second)

    assert codes(newest(translation)) == []


def confirm_url(page: Any) -> str:
    return reverse("health_content_confirm", args=[page.pk])


def test_the_form_shows_what_differs_and_asks_for_one_click(
    page: Any, author: Any, doctor: Any
) -> None:
    edit(page, MENDED, author)
    client, _ = signed_in(doctor)

    shown = client.get(confirm_url(page)).content.decode()
    answer = client.post(confirm_url(page))

    assert "<del>Ask a nures if the pain stays.</del>" in shown
    assert "<ins>Ask a nurse if the pain stays.</ins>" in shown
    assert answer.status_code == 302
    assert MedicalReview.objects.get(scope="minor_change").reviewer == doctor


def test_the_form_says_why_not(page: Any, doctor: Any, second: Any) -> None:
    edit(page, MENDED, doctor)
    client, _ = signed_in(doctor)

    shown = client.get(confirm_url(page)).content.decode()
    refused = client.post(confirm_url(page)).content.decode()
    edit(page, GRAVE, second)
    graver = client.post(confirm_url(page)).content.decode()

    assert "You wrote it" in shown
    assert "You wrote it" in refused
    assert "This change needs a new review." in graver
    assert MedicalReview.objects.count() == 1


def test_the_form_is_for_reviewers(page: Any, author: Any, doctor: Any) -> None:
    edit(page, MENDED, author)
    stranger, _ = signed_in(allow(factories.user("stranger"), "access_admin"))
    admin, _ = signed_in(factories.superuser())

    assert stranger.post(confirm_url(page)).status_code in {302, 403}
    assert "no profile under People" in admin.post(confirm_url(page)).content.decode()
    assert MedicalReview.objects.count() == 1


def test_the_panel_leads_reviewers_to_the_form(
    page: Any, author: Any, doctor: Any
) -> None:
    from health_content.admin.findings import page_findings

    changed = edit(page, MENDED, author)

    def finding(user: Any) -> Any:
        groups: Any = page_findings(changed, user)["groups"]
        return next(g for g in groups if g["check"] == "G07")["findings"][0]

    fresh = type(doctor).objects.get(pk=doctor.pk)
    assert finding(fresh)["action"] == confirm_url(page)
    assert finding(author)["action"] == ""
    assert "may confirm it" in finding(author)["note"]


def test_the_panel_says_who_confirmed(page: Any, author: Any, doctor: Any) -> None:
    from health_content.admin.findings import page_findings

    review_confirm(edit(page, MENDED, author), reviewer=doctor)

    review: Any = page_findings(newest(page), author)["review"]
    assert review["state"] == "current"
    assert "confirmed on" in review["lines"][1]


@pytest.fixture
def state(page: Any, author: Any, doctor: Any) -> Any:
    """Return the state of a review that waits for the page, whose slip was mended."""
    edit(page, MENDED, author)
    task = MedicalReviewTask.objects.create(name="Medical review")
    task.groups.add(Group.objects.get(name="Medical reviewers"))
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    WorkflowPage.objects.create(workflow=workflow, page=page.page_ptr)
    return workflow.start(ArticlePage.objects.get(pk=page.pk), author).current_task_state  # fmt: skip


def test_a_workflow_offers_to_confirm_and_publishes(
    page: Any, state: Any, doctor: Any
) -> None:
    task = state.task.specific
    names = [name for name, *_ in task.get_actions(newest(page), doctor)]

    task.on_action(state, doctor, "confirm", comment="A typing error.")

    assert names == ["reject", "approve", "confirm"]
    review = MedicalReview.objects.get(scope="minor_change")
    assert (review.task_state_id, review.comment) == (state.pk, "A typing error.")
    assert "Ask a nurse" in str(ArticlePage.objects.get(pk=page.pk).body)
    state.refresh_from_db()
    assert state.status == "approved"


def test_a_workflow_does_not_confirm_what_changed_meanwhile(
    page: Any, state: Any, author: Any, doctor: Any
) -> None:
    edit(page, GRAVE, author)
    state = TaskState.objects.get(pk=state.pk)

    with pytest.raises(PermissionDenied):
        state.task.specific.on_action(state, doctor, "confirm")

    assert MedicalReview.objects.count() == 1
    assert review_fault(newest(page), doctor) == ""


def test_a_workflow_confirms_over_http(page: Any, state: Any, doctor: Any) -> None:
    client, _ = signed_in(doctor)
    url = reverse("wagtailadmin_pages:workflow_action", args=(page.pk, "confirm", state.pk))  # fmt: skip

    assert "Confirm" in client.get(url).json()["html"]
    client.post(url, {"comment": ""})

    assert "Ask a nurse" in str(ArticlePage.objects.get(pk=page.pk).body)
