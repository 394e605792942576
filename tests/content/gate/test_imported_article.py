"""An imported article full of claims: refused with its findings, mended by a plan, reviewed by somebody else, and live."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import PageLogEntry, Workflow, WorkflowPage, WorkflowTask

from health_content.models import (
    GateOverride,
    MedicalReview,
    MedicalReviewTask,
    PublicationRecord,
    Treatment,
)
from health_content.pages.models import ArticlePage
from health_content.selectors.gate import page_decision
from tests import factories
from tests.content.gate.conftest import body, signed_in

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.gated, pytest.mark.django_db]
DATA = Path(__file__).resolve().parents[2] / "data/mending"
OWN = DATA / "warm-needles.txt"
REVIEW = "Acupuncture for chronic nonspecific low back pain"


def run(name: str, *arguments: Any, **options: Any) -> str:
    output = StringIO()
    call_command(name, *arguments, stdout=output, **options)
    return output.getvalue()


def newest(page: Any) -> Any:
    return ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def blocking(page: Any) -> set[str]:
    return {str(outcome.check) for outcome in page_decision(newest(page)).blockers}


@pytest.fixture
def library(home: Any) -> None:
    """Fill the library with the starter data, and a source that pages may rest on."""
    call_command("load_starter_data", stdout=StringIO())
    factories.reference(REVIEW, kind="systematic_review")


@pytest.fixture
def workflow(home: Any, doctor: Any) -> None:
    """Have what is submitted below the home page reviewed by the doctor."""
    task = MedicalReviewTask.objects.create(name="Medical review")
    task.groups.add(Group.objects.get(name="Medical reviewers"))
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=home.page_ptr)


@pytest.fixture
def editor(home: Any) -> Any:
    """Return who edits and submits, and reviews nothing."""
    return factories.editor("add", "change", "publish", model_permissions=("publish_disclaimersnippet",))  # fmt: skip


@pytest.fixture
def imported(library: None, workflow: None) -> Callable[[Path], Any]:
    """Return `imported(file)`: the draft that stays when its publication was refused."""

    def make(file: Path) -> Any:
        with pytest.raises(CommandError, match="not published") as refusal:
            run("import_article", str(file), publish=True)
        assert refusal.value.returncode == 3
        page = ArticlePage.objects.get()
        assert not page.live
        return page

    return make


def test_our_article_is_refused_mended_by_its_plan_reviewed_and_live(
    imported: Callable[[Path], Any], editor: Any, doctor: Any
) -> None:
    page = imported(OWN)
    assert blocking(page) >= {"G03", "G08", "G10"}

    said = run(
        "mend_page", page.pk, user=editor.username, plan=str(OWN.with_suffix(".json")), disclaimers=True, submit=True
    )  # fmt: skip

    assert "4 mended, 1 blocking" in said
    assert blocking(page) == {"G03"}
    page.refresh_from_db()
    assert page.current_workflow_state is not None
    assert not page.live
    assert newest(page).latest_revision.user == editor
    with pytest.raises(CommandError) as refusal:
        run("review_page", page.pk, reviewer=editor.username, evidence_checked=True)
    assert refusal.value.returncode == 2

    assert run("review_page", page.pk, reviewer=doctor.username, evidence_checked=True, comment="Read.").strip() == "live"  # fmt: skip

    page.refresh_from_db()
    record = PublicationRecord.objects.get(page_id=page.pk)
    assert page.live
    assert record.gate["status"] == "warned"
    assert record.published_by == doctor
    assert MedicalReview.objects.get(page_id=page.pk).reviewer == doctor
    assert not GateOverride.objects.exists()
    words = json.dumps(record.document, ensure_ascii=False)
    assert "short-term relief of chronic low back pain" in words
    assert "for good" not in words
    assert "Our promise" not in words
    entries = PageLogEntry.objects.filter(action="health_content.page.mended")
    assert {entry.user_id for entry in entries} == {editor.pk}
    assert [entry.data["use"] for entry in entries.order_by("pk")] == ["wording", "text", "text", "remove"]  # fmt: skip
    first = entries.order_by("pk").first()
    assert first.data["note"] == "ASA, 2017: short-term relief only"
    assert first.revision_id == newest(page).latest_revision.pk
    assert all(entry.data["findings"] for entry in entries)


def test_the_reference_article_is_mended_by_what_is_offered(
    seed_article: Path, imported: Callable[[Path], Any], editor: Any, doctor: Any, tmp_path: Path
) -> None:  # fmt: skip
    page = imported(seed_article)
    plan = tmp_path / "plan.json"
    names = {"treatments": ["Acupuncture"], "conditions": ["Chronic low back pain"], "references": [REVIEW]}  # fmt: skip
    plan.write_text(json.dumps(names))

    run("mend_page", page.pk, user=editor.username, plan=str(plan), rest=True, disclaimers=True, submit=True)  # fmt: skip
    run("review_page", page.pk, reviewer=doctor.username, evidence_checked=True)

    page.refresh_from_db()
    record = PublicationRecord.objects.get(page_id=page.pk)
    assert page.live
    assert record.gate["status"] == "warned"
    assert not GateOverride.objects.exists()
    text = json.dumps(record.document, ensure_ascii=False)
    assert "Acupuncture may offer short-term relief of chronic low back pain." in text
    assert "safe and effective" not in text


def test_the_offers_are_a_plan_that_mends_every_claim(
    library: None, editor: Any, tmp_path: Path
) -> None:
    page = factories.article(
        live=False,
        body=body("<p>Acupuncture cures back pain for good. It boosts the flow of qi. Rest.</p>"),
        about_treatments=list(Treatment.objects.all()),
    )  # fmt: skip
    page.save_revision()
    revisions = page.revisions.count()

    given = run("mend_page", page.pk, offers=True)

    assert page.revisions.count() == revisions
    assert {mend["use"] for mend in json.loads(given)["mends"]} == {"remove", "attributed"}  # fmt: skip
    plan = tmp_path / "plan.json"
    plan.write_text(given)
    with pytest.raises(CommandError, match="cannot be reviewed"):  # It has no source.
        run("mend_page", page.pk, plan=str(plan), user=editor.username)
    assert newest(page).body[0].value.source == "<p>In traditional Chinese medicine, it is believed that it boosts the flow of qi. Rest.</p>"  # fmt: skip


def test_what_is_not_settled_is_named_and_not_submitted(
    imported: Callable[[Path], Any], editor: Any
) -> None:
    page = imported(OWN)

    with pytest.raises(CommandError, match="cannot be reviewed") as refusal:
        run("mend_page", page.pk, user=editor.username, rest=True, submit=True)

    assert refusal.value.returncode == 3
    assert blocking(page) == {"G02", "G03", "G10"}
    page.refresh_from_db()
    assert page.current_workflow_state is None


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        ({"treatments": ["Moxibustion"]}, "“Moxibustion” is not in the library."),
        ({"references": ["A rumor"]}, "“A rumor” is not in the library."),
        ({"mends": [{"sentence": "Nowhere.", "use": "remove"}]}, "“Nowhere.” does not stand on the page."),
        ({"mends": [{"sentence": "Rest.", "use": "wording"}]}, "Nothing is offered for “Rest.”."),
        ({"mends": [{"sentence": "Needles", "use": "remove"}]}, "This field cannot be blank."),
        ({"mend": []}, "unknown keys"),
    ],
)  # fmt: skip
def test_a_plan_that_does_not_fit_changes_nothing(
    library: None, editor: Any, tmp_path: Path, plan: dict[str, Any], reason: str
) -> None:
    page = factories.article(title="Needles", live=False, body=body("<p>Rest.</p>"))
    page.save_revision()
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(plan))

    with pytest.raises(CommandError, match=reason) as refusal:
        run("mend_page", page.pk, plan=str(file), user=editor.username)

    assert refusal.value.returncode == 2
    assert page.revisions.count() == 1


def test_only_editors_mend_and_only_what_is_open(
    library: None, workflow: None, editor: Any, doctor: Any
) -> None:
    page = factories.article(live=False, body=body("<p>Rest.</p>"))
    page.save_revision()

    for name in (None, "nobody", doctor.username):
        with pytest.raises(CommandError) as refusal:
            run("mend_page", page.pk, user=name)
        assert refusal.value.returncode == 2
    with pytest.raises(CommandError, match="not the id of a health page"):
        run("mend_page", page.get_parent().pk, offers=True)
    with pytest.raises(CommandError, match="waits for no medical review"):
        run("review_page", page.pk, reviewer=doctor.username, evidence_checked=True)
    page.get_workflow().start(page, editor)
    with pytest.raises(CommandError, match="locked or in a workflow"):
        run("mend_page", page.pk, user=editor.username)
    with pytest.raises(CommandError, match="is_evidence_checked"):
        run("review_page", page.pk, reviewer=doctor.username)
    assert not MedicalReview.objects.exists()


def test_a_reviewer_reads_in_the_admin_what_was_mended(
    imported: Callable[[Path], Any], editor: Any
) -> None:
    page = imported(OWN)
    run("mend_page", page.pk, user=editor.username, plan=str(OWN.with_suffix(".json")), disclaimers=True)  # fmt: skip
    client, _ = signed_in(factories.superuser())

    history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk]))

    assert "A claim was taken out: “Acupuncture cures back pain for good.”" in history.content.decode()  # fmt: skip
