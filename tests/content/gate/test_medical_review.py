"""The medical review as a step of a workflow: who may take it, what it is bound to, and what follows."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import PageLogEntry, Workflow, WorkflowPage, WorkflowTask

from health_content.admin.findings import page_findings
from health_content.models import (
    ConflictDeclaration,
    Credential,
    GateOverride,
    MedicalReview,
    MedicalReviewTask,
    PublicationRecord,
    ReviewRejection,
)
from health_content.selectors.gate import page_decision
from health_content.selectors.page_content import page_digest
from health_content.selectors.reviewers import review_fault
from health_content.services.evidence_pack import evidence_pack
from health_content.services.reviews import review_record
from tests import factories
from tests.content.gate.conftest import BAD, FINE, allow, body, signed_in
from tests.content.gate.test_routes import form
from tests.content.test_pages import edit_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

pytestmark = [pytest.mark.gated, pytest.mark.django_db]
APPROVAL = {"comment": "Read and compared.", "is_evidence_checked": True}


@pytest.fixture
def page(draft: Callable[..., Any]) -> Any:
    return draft(FINE, reviewed=False)


@pytest.fixture
def task(doctor: Any) -> MedicalReviewTask:
    task = MedicalReviewTask.objects.create(name="Medical review")
    task.groups.add(Group.objects.get(name="Medical reviewers"))
    return task


@pytest.fixture
def submit(task: MedicalReviewTask) -> Callable[..., Any]:
    """Return `submit(page, user)`: the state of the review that *user* asked for."""

    def start(page: Any, user: Any = None) -> Any:
        workflow = Workflow.objects.create(name="Review")
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
        WorkflowPage.objects.create(workflow=workflow, page=page.page_ptr)
        state = workflow.start(page, user or factories.user("author"))
        return state.current_task_state

    return start


def newest(page: Any) -> Any:
    return page.get_latest_revision_as_object()


def approve(task: MedicalReviewTask, state: Any, user: Any, **changes: Any) -> None:
    task.on_action(state, user, "approve", **(APPROVAL | changes))


def test_an_approval_is_recorded_and_publishes(
    page: Any, task: Any, submit: Any, doctor: Any
) -> None:
    state = submit(page)

    approve(task, state, doctor)

    page.refresh_from_db()
    review = MedicalReview.objects.get()
    assert page.live
    assert review.content_digest == page_digest(newest(page))
    assert (review.reviewer_name, review.comment) == (
        "Rae Sample (fictional)",
        "Read and compared.",
    )
    assert review.credential["title"] == "MBBS"
    assert review.is_verified
    assert review.task_state_id == state.pk
    assert (review.expires_at.date() - review.reviewed_at.date()).days in {1095, 1096}
    assert PageLogEntry.objects.filter(action="health_content.page.reviewed").exists()


def test_readers_read_the_day_of_the_review_in_words(
    page: Any, task: Any, submit: Any, doctor: Any, client: Client
) -> None:
    approve(task, submit(page), doctor)

    html = client.get(page.get_url()).content.decode()

    day = timezone.localdate()
    assert f'<time datetime="{day.isoformat()}">{date_format(day)}</time>' in html


def test_a_reviewer_cannot_publish_without_reviewing(page: Any, doctor: Any) -> None:
    with pytest.raises(PermissionDenied):
        page.latest_revision.publish(user=doctor)


def test_who_wrote_it_does_not_review_it(
    page: Any, task: Any, submit: Any, doctor: Any
) -> None:
    changed = newest(page)
    changed.summary = "About backs."
    changed.save_revision(user=doctor)
    state = submit(page)

    assert review_fault(newest(page), doctor) == "You wrote it. Somebody else has to review it."  # fmt: skip
    assert [name for name, *_rest in task.get_actions(newest(page), doctor)] == ["reject"]  # fmt: skip
    with pytest.raises(PermissionDenied):
        approve(task, state, doctor)

    assert not MedicalReview.objects.exists()


def test_a_reviewer_who_changed_it_on_the_way_reads_why_it_is_not_approved(
    page: Any, task: Any, submit: Any, doctor: Any
) -> None:
    submit(page)
    client, _ = signed_in(doctor)
    typed = form(page, summary="About backs.")

    response = client.post(
        edit_url(page),
        typed
        | {
            "action-workflow-action": "true",
            "workflow-action-name": "approve",
            "workflow-action-extra-data": json.dumps(APPROVAL),
        },
        follow=True,
    )

    assert "You wrote it. Somebody else has to review it." in response.content.decode()
    assert not MedicalReview.objects.exists()
    page.refresh_from_db()
    assert newest(page).summary == "About backs."


def test_who_saves_it_as_it_is_did_not_write_it(page: Any, doctor: Any) -> None:
    newest(page).save_revision(user=factories.user("author"))
    same = newest(page)
    same.introduction = '<p data-block-key="a1b2c"></p>'
    same.save_revision(user=doctor)

    assert review_fault(newest(page), doctor) == ""


def test_who_is_named_as_author_does_not_review_it(
    draft: Callable[..., Any], doctor: Any
) -> None:
    from health_content.models import PersonProfile

    profile = PersonProfile.objects.get(user=doctor)
    named = factories.block("contributor", {"person": profile.pk, "role": "author"}, "c")  # fmt: skip
    page = draft(FINE, reviewed=False, contributors=json.dumps([named]))

    assert review_fault(newest(page), doctor) == "You wrote it. Somebody else has to review it."  # fmt: skip


def test_a_superuser_is_no_doctor(page: Any, task: Any, submit: Any) -> None:
    state = submit(page)
    admin = factories.superuser()

    assert task.get_actions(newest(page), admin) == []
    assert not task.get_task_states_user_can_moderate(admin).exists()
    with pytest.raises(PermissionDenied):
        approve(task, state, admin)


def test_an_approval_states_that_the_evidence_was_checked(
    page: Any, task: Any, submit: Any, doctor: Any
) -> None:
    state = submit(page)

    with pytest.raises(PermissionDenied):
        approve(task, state, doctor, is_evidence_checked=False)

    page.refresh_from_db()
    assert not page.live
    assert not MedicalReview.objects.exists()


@pytest.mark.parametrize(
    ("credential", "fault"),
    [
        ({"verified_at": None}, "Nobody looked your credential up yet."),
        ({"valid_until": date(2020, 1, 1)}, "Your credential has expired."),
        (None, "Your profile names no credential."),
    ],
)
def test_a_reviewer_needs_a_credential_that_holds(
    page: Any, credential: dict[str, Any] | None, fault: str
) -> None:
    user = factories.user("nurse")
    fields = {"title": "RN", "verified_at": date(2026, 1, 5), **(credential or {})}
    rows = [Credential(**fields)] if credential is not None else []
    factories.person("Nurse Sample (fictional)", user=user, credentials=rows)

    assert review_fault(newest(page), user) == fault


def test_a_reviewer_needs_a_profile(page: Any) -> None:
    stranger = factories.user("stranger")

    assert review_fault(newest(page), stranger).startswith("You have no profile")


def test_an_approval_of_what_fails_another_check_is_taken_back(
    draft: Callable[..., Any], task: Any, submit: Any, doctor: Any
) -> None:
    page = draft(BAD, reviewed=False)
    state = submit(page)

    with pytest.raises(PermissionDenied):
        approve(task, state, doctor)

    page.refresh_from_db()
    assert not page.live
    assert not MedicalReview.objects.exists()
    state.refresh_from_db()
    assert state.status == "in_progress"


def test_the_modal_says_why_and_the_good_page_goes_live(
    page: Any, task: Any, submit: Any, doctor: Any, client: Client
) -> None:
    state = submit(page)
    client.force_login(doctor)
    url = reverse(
        "wagtailadmin_pages:workflow_action", args=(page.pk, "approve", state.pk)
    )

    modal = client.get(url)
    assert "checked every statement" in modal.json()["html"]
    client.post(url, {"comment": "", "is_evidence_checked": "on"})

    page.refresh_from_db()
    assert page.live
    assert PublicationRecord.objects.get(page_id=page.pk).published_by == doctor


@pytest.mark.parametrize("answer", [{}, {"clears_sections": "on"}])
def test_the_modal_asks_whether_offered_sections_may_stand_alone(
    home: Any, submit: Any, doctor: Any, client: Client, answer: dict[str, str]
) -> None:
    offered = {"heading": "S", "level": "2", "standalone_safe": True, "blocks": json.loads(body(FINE))}  # fmt: skip
    page = factories.article(live=False, body=json.dumps([factories.block("section", offered)]))  # fmt: skip
    page.save_revision()
    state = submit(page)
    client.force_login(doctor)
    url = reverse(
        "wagtailadmin_pages:workflow_action", args=(page.pk, "approve", state.pk)
    )

    assert "Offer on its own" in client.get(url).json()["html"]
    client.post(url, {"comment": "", "is_evidence_checked": "on", **answer})

    assert len(MedicalReview.objects.get().standalone_sections) == len(answer)
    record = PublicationRecord.objects.get(page_id=page.pk)
    assert record.document["body"][0]["standalone_safe"] is bool(answer)


@pytest.mark.parametrize(
    ("referer", "address"),
    [("http://testserver/admin/reports/", "http://testserver/admin/reports/"), ("https://elsewhere.example/", "/admin/"), ("", "/admin/")],
)  # fmt: skip
def test_the_modal_leads_to_the_reason_of_a_refusal(
    draft: Any, task: Any, submit: Any, doctor: Any, client: Client, referer: str, address: str
) -> None:  # fmt: skip
    page = draft(BAD, reviewed=False)
    state = submit(page)
    client.force_login(doctor)
    url = reverse(
        "wagtailadmin_pages:workflow_action", args=(page.pk, "approve", state.pk)
    )

    answer = client.post(
        url,
        {"comment": "", "is_evidence_checked": "on"},
        headers={"X-Requested-With": "XMLHttpRequest", "Referer": referer},
    )

    assert answer.json() == {"step": "success", "redirect": address}
    assert "This promises a cure" in client.get("/admin/").content.decode()
    page.refresh_from_db()
    assert not page.live


def test_a_review_is_bound_to_the_content(
    page: Any, task: Any, submit: Any, doctor: Any
) -> None:
    approve(task, submit(page), doctor)
    later = newest(page)
    later.body = body("<p>Ask a doctor if the pain stays.</p>")

    assert [str(o.check) for o in page_decision(later).blockers] == ["G07"]


def test_a_review_ends(page: Any, doctor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    review_record(newest(page), reviewer=doctor)
    later = timezone.now() + timedelta(days=4 * 366)
    monkeypatch.setattr(timezone, "now", lambda: later)

    checks = {str(outcome.check) for outcome in page_decision(newest(page)).blockers}
    assert checks == {"G04", "G06"}


def paid(**declaration: Any) -> Any:
    """Return a qualified reviewer who declares an interest."""
    user = factories.user("paid")
    factories.person(
        "Paid Sample (fictional)",
        user=user,
        credentials=[Credential(title="MBBS", verified_at=date(2026, 1, 5))],
        conflicts=[ConflictDeclaration(**declaration)],
    )
    return user


def checks(page: Any) -> list[str]:
    return [str(outcome.check) for outcome in page_decision(page).blockers]


def test_an_interest_in_something_else_is_shown_and_bars_nobody(page: Any) -> None:
    user = paid(text="Paid by a maker of needles", parties="Needle Works")

    review = review_record(newest(page), reviewer=user)

    assert review_fault(newest(page), user) == ""
    assert not review.has_shared_interest
    assert checks(newest(page)) == []


def test_an_interest_in_the_sponsor_spoils_a_review(
    draft: Callable[..., Any],
) -> None:
    page = draft(FINE, reviewed=False, sponsor="Needle Works Ltd", is_commercial=True, conflict_statement="Paid for.")  # fmt: skip
    user = paid(text="Shares", parties="Needle Works")

    review = review_record(newest(page), reviewer=user)

    assert review.has_shared_interest
    assert review_fault(newest(page), user) == (
        "You declared an interest that the page shares: Needle Works."
    )
    (blocker,) = page_decision(newest(page)).blockers
    assert (str(blocker.check), blocker.reason.text) == ("G05", "Needle Works")


def test_an_interest_that_has_ended_bars_nobody(draft: Callable[..., Any]) -> None:
    page = draft(FINE, reviewed=False, about_treatments=[factories.treatment("Acupuncture")])  # fmt: skip
    user = paid(text="Taught acupuncture", ends_on=date(2020, 1, 1))

    assert not review_record(newest(page), reviewer=user).has_shared_interest


def test_an_interest_in_the_treatment_counts_once_it_is_declared(
    draft: Callable[..., Any],
) -> None:
    """What the page is about, and what the reviewer declares, is not part of the content: it is asked anew each time."""
    page = draft(FINE, reviewed=False, about_treatments=[factories.treatment("Acupuncture")])  # fmt: skip
    user = paid(text="Nothing of note")
    review_record(newest(page), reviewer=user)
    assert checks(newest(page)) == []

    ConflictDeclaration.objects.update(text="Sells acupuncture needles")

    assert checks(newest(page)) == ["G05"]


def test_an_interest_that_an_author_declares_too_spoils_a_review(
    draft: Callable[..., Any],
) -> None:
    author = factories.person(
        "Author Sample (fictional)",
        conflicts=[ConflictDeclaration(text="A grant", parties="Needle Works")],
    )
    named = factories.block("contributor", {"person": author.pk, "role": "author"}, "c")  # fmt: skip
    page = draft(FINE, reviewed=False, contributors=json.dumps([named]))
    user = paid(text="Paid for lectures by Needle Works")

    review_record(newest(page), reviewer=user)

    assert checks(newest(page)) == ["G05"]


@pytest.mark.parametrize(
    ("specialties", "warns"),
    [("Dermatology", True), ("", True), ("Pain\nMuscles", False)],
)
def test_a_reviewer_of_another_subject_is_a_warning(
    draft: Callable[..., Any], specialties: str, warns: bool
) -> None:
    wide = factories.topic("Muscles")
    topics = [factories.topic("Sciatica", parent=wide)]
    page = draft(FINE, reviewed=False, topics=topics)
    user = factories.user("nurse")
    factories.person(
        "Nurse Sample (fictional)",
        user=user,
        specialties=specialties,
        credentials=[Credential(title="RN", verified_at=date(2026, 1, 5))],
    )

    review_record(newest(page), reviewer=user)

    decision = page_decision(newest(page))
    codes = {o.reason.code for o in decision.warnings}
    assert decision.is_open
    assert ("credential_specialty" in codes) is warns


def test_a_page_about_nothing_in_particular_asks_for_no_specialty(
    page: Any, doctor: Any
) -> None:
    review_record(newest(page), reviewer=doctor)

    assert "credential_specialty" not in {o.reason.code for o in page_decision(newest(page)).outcomes}  # fmt: skip


def test_a_credential_keeps_what_it_was_on_the_day(page: Any, doctor: Any) -> None:
    review = review_record(newest(page), reviewer=doctor)
    Credential.objects.all().delete()

    assert MedicalReview.objects.get(pk=review.pk).credential["registration_body"] == "GMC"  # fmt: skip


WRONG = "The second paragraph names no source at all."


def test_a_rejection_says_what_has_to_change_and_is_kept(
    page: Any, task: Any, submit: Any, doctor: Any
) -> None:
    state = submit(page)
    with pytest.raises(PermissionDenied):
        task.on_action(state, doctor, "reject", comment="No.")
    assert not ReviewRejection.objects.exists()

    task.on_action(state, doctor, "reject", comment=WRONG)

    row = ReviewRejection.objects.get()
    assert (row.reviewer, row.reviewer_name) == (doctor, "Rae Sample")
    assert row.reason == WRONG
    assert row.content_digest == page_digest(newest(page))
    state.refresh_from_db()
    assert state.status == "rejected"
    admin, user = signed_in(factories.superuser())
    history = admin.get(reverse("wagtailadmin_pages:history", args=[page.pk]))
    assert f"Medical review rejected: {WRONG}" in history.content.decode()
    assert any(WRONG in line for line in page_findings(newest(page), user)["review"]["lines"])  # fmt: skip
    assert evidence_pack(newest(page))["rejections"][0]["reason"] == WRONG
    review_record(newest(page), reviewer=doctor)
    assert not any(WRONG in line for line in page_findings(newest(page), user)["review"]["lines"])  # fmt: skip


def test_the_button_says_how_much_else_blocks(
    draft: Callable[..., Any], task: Any, submit: Any, doctor: Any
) -> None:
    page = draft(BAD, reviewed=False)
    submit(page)

    names = {name: str(label) for name, label, _form in task.get_actions(newest(page), doctor)}  # fmt: skip

    assert names["approve"] == "Approve after medical review (2 other findings block)"
    assert "override" not in names


def test_a_reviewer_who_may_override_does_so_with_the_approval(
    draft: Callable[..., Any], task: Any, submit: Any, doctor: Any
) -> None:
    cited = factories.reference(retracted_at=date(2026, 1, 5))
    value = {"reference": cited.pk, "locator": "", "note": ""}
    page = draft(FINE, reviewed=False, references=json.dumps([factories.block("reference", value)]))  # fmt: skip
    state = submit(page)
    assert "override" not in {name for name, *_rest in task.get_actions(newest(page), doctor)}  # fmt: skip
    both = allow(doctor, "override_gate")
    assert "override" in {name for name, *_rest in task.get_actions(newest(page), both)}
    with pytest.raises(PermissionDenied):
        task.on_action(state, both, "override", **APPROVAL, reason="Because.")

    task.on_action(state, both, "override", **APPROVAL, reason="It is cited as an example of a retraction.")  # fmt: skip

    page.refresh_from_db()
    assert page.live
    override = GateOverride.objects.get()
    assert (override.check_id, override.user) == ("G10", both)
    assert MedicalReview.objects.get().reviewer == both
    assert PublicationRecord.objects.get(page_id=page.pk).gate["status"] == "overridden"


def test_what_needs_two_people_is_not_overridden_with_an_approval(
    draft: Callable[..., Any], task: Any, submit: Any, doctor: Any
) -> None:
    page = draft(BAD, reviewed=False)
    state = submit(page)
    both = allow(doctor, "override_gate")

    with pytest.raises(PermissionDenied):
        task.on_action(state, both, "override", **APPROVAL, reason="I know that it is true.")  # fmt: skip

    assert not GateOverride.objects.exists()
    assert not MedicalReview.objects.exists()
